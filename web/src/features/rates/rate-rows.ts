import type { Facet } from './facets.ts';
import { MEASURED_TITLES, measuredCells } from './measured-cells.ts';
import type { RatePoint } from './rate-point.ts';

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

/** What a plot of rates shows, as a file: a measurement a row, what is not stated empty. */
export const rateRows = (facets: readonly Facet[]): (string | number | null)[][] => [
  TITLES,
  ...facets.flatMap(({ points }) => points.map(rowOf)),
];
