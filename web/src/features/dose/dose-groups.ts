import { facetsOf, facetTitle } from '../rates/facets.ts';
import { byGraderThenRate, chainOf, comparableRuns, type Pair, type Verdicts } from '../rates/neighbours.ts';
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

const sorted = (drawn: readonly DosedPoint[]) =>
  facetsOf(drawn.map(({ point }) => point)).map((facet) => ({
    facet,
    points: byGraderThenRate(facet.points),
  }));

export const pairsOf = (drawn: readonly DosedPoint[]): Pair[] =>
  sorted(drawn).flatMap(({ points }) => chainOf(points));

/** What is drawn, a group for each lot of which one is comparable with the next. */
export function doseGroups(drawn: readonly DosedPoint[], verdicts: Verdicts): DoseGroup[] {
  const byId = new Map(drawn.map((one) => [one.point.id, one]));
  return sorted(drawn).flatMap(({ facet, points }) =>
    comparableRuns(points, verdicts).map((run, index) => ({
      key: `${facet.key} ${index}`,
      title: facetTitle(facet),
      differences: run.differences,
      points: run.points.flatMap(({ id }) => byId.get(id) ?? []),
    })),
  );
}
