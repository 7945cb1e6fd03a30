import type { RatePoint } from './rate-point.ts';

/** What shares one pair of axes: one behaviour, one evaluation version, one condition. */
export interface Facet<Point extends RatePoint = RatePoint> {
  key: string;
  behavior: { name: string; title: string };
  evaluation: string;
  evaluationName: string;
  condition: string | null;
  description: string | null;
  points: Point[];
}

/**
 * Measurements by behaviour, evaluation version and condition, in the order of their first. That they stand on one
 * pair of axes does not say that they are comparable: graders may still differ, and only the API says so.
 */
export function facetsOf<Point extends RatePoint>(points: readonly Point[]): Facet<Point>[] {
  const facets = new Map<string, Facet<Point>>();
  for (const point of points) {
    const version = point.evalRun.evaluationVersion;
    const key = JSON.stringify([point.behavior.name, version.id, point.condition?.id ?? null]);
    const facet = facets.get(key) ?? {
      key,
      behavior: point.behavior,
      evaluation: version.label,
      evaluationName: version.evaluation.name,
      condition: point.condition?.name ?? null,
      description: point.condition?.description ?? null,
      points: [],
    };
    facet.points.push(point);
    facets.set(key, facet);
  }
  return [...facets.values()].sort((a, b) => b.points.length - a.points.length);
}

export const facetTitle = (facet: Pick<Facet, 'evaluation' | 'condition'>): string =>
  `${facet.evaluation} · ${facet.condition ?? 'condition not stated'}`;
