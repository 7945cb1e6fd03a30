import type { FacetAxes } from './axes.ts';
import type { Facet } from './facets.ts';
import { MEASURED_TITLES, measuredCells } from './measured-cells.ts';
import type { RatePoint } from './rate-point.ts';

/** Those of one number are comparable with each other; why they are apart from those of the number before. */
export const AXIS_TITLES = ['axis', 'apart because'] as const;

const TITLES = [
  'behaviour',
  'evaluation version',
  'condition',
  'model version',
  'released',
  ...MEASURED_TITLES,
  'grader',
  'eval run',
];

const cell = (value: string | number | null | undefined): string | number | null => value ?? null;

const rowOf = (point: RatePoint): (string | number | null)[] => {
  const { evalRun } = point;
  return [
    point.behavior.name,
    evalRun.evaluationVersion.label,
    cell(point.condition?.name),
    evalRun.modelVersion.label,
    cell(evalRun.modelVersion.releasedAt),
    ...measuredCells(point),
    point.grader ? `${point.grader.name} ${point.grader.version}` : null,
    evalRun.ref,
  ];
};

/** A column of a file beside a measurement's own figures: what the picture says of it by where it stands. */
export interface PlaceColumn {
  title: string;
  of: (point: RatePoint) => string | number | null;
}

/** What a plot of rates shows, as a file: a measurement a row, what is not stated empty. */
export const rateRows = (
  facets: readonly Pick<Facet, 'points'>[],
  places: readonly PlaceColumn[] = [],
): (string | number | null)[][] => [
  [...places.map(({ title }) => title), ...TITLES],
  ...facets.flatMap(({ points }) =>
    points.map((point) => [...places.map(({ of }) => of(point)), ...rowOf(point)]),
  ),
];

/** The same of a picture in which only comparable ones share an axis: on which each stands, and why apart. */
export function axisRows(facets: readonly FacetAxes[]): (string | number | null)[][] {
  const on = new Map(
    facets.flatMap(({ axes }) => axes.flatMap((axis) => axis.points.map(({ id }) => [id, axis]))),
  );
  return rateRows(
    facets.flatMap(({ axes }) => axes),
    [
      { title: AXIS_TITLES[0], of: ({ id }) => on.get(id)?.number ?? null },
      { title: AXIS_TITLES[1], of: ({ id }) => on.get(id)?.differences.join('; ') || null },
    ],
  );
}
