import type { FacetAxes } from '../rates/axes.ts';
import { type Facet, facetsOf, facetTitle } from '../rates/facets.ts';
import { byGraderThenRate } from '../rates/neighbours.ts';
import type { RatePoint } from '../rates/rate-point.ts';
import type { Dose } from './dose.ts';
import type { DosedPoint, DoseGroup } from './dose-layout.ts';

export interface LeftOut {
  point: RatePoint;
  reason: string;
}

/** Points with their dose, and those that can't be drawn, each with the reason. */
export function dosed(
  points: readonly RatePoint[],
  doseOf: (modelVersionId: string) => Dose | null,
): { drawn: DosedPoint[]; leftOut: LeftOut[] } {
  const drawn: DosedPoint[] = [];
  const leftOut: LeftOut[] = [];
  for (const point of points) {
    const dose = doseOf(point.evalRun.modelVersion.id);
    if (point.rate === null || point.rate === undefined)
      leftOut.push({ point, reason: 'nothing was scored' });
    else if (!dose) leftOut.push({ point, reason: 'its exposure was not read' });
    else if (!dose.known) leftOut.push({ point, reason: dose.reason });
    else drawn.push({ point, dose });
  }
  return { drawn, leftOut };
}

/** What is drawn, in facets, and in each in the order in which it is put on axes. */
export const sortedFacets = (drawn: readonly DosedPoint[]): Facet[] =>
  facetsOf(drawn.map(({ point }) => point)).map((facet) => ({
    ...facet,
    points: byGraderThenRate(facet.points),
  }));

/** What is drawn, a group for each axis: for each lot of which every one is comparable with every other. */
export function doseGroups(drawn: readonly DosedPoint[], facets: readonly FacetAxes[]): DoseGroup[] {
  const byId = new Map(drawn.map((one) => [one.point.id, one]));
  return facets.flatMap((facet) =>
    facet.axes.map(({ number, differences, points }) => ({
      key: `${facet.key} ${number}`,
      number,
      title: facetTitle(facet),
      differences,
      points: points.flatMap(({ id }) => byId.get(id) ?? []),
    })),
  );
}
