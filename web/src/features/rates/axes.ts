// What shares an axis: points of which every one may be compared with every other, as far as it was asked.
import type { Facet } from './facets.ts';
import { type Pair, UNASKED, type Verdicts } from './neighbours.ts';
import type { RatePoint } from './rate-point.ts';

/** Points that share an axis. */
export interface Axis<Point extends RatePoint = RatePoint> {
  points: Point[];
  /** What tells it from the axis above it; empty for the first of a facet. */
  differences: readonly string[];
  /** Whether each was asked about each, and not only about those near it. */
  whole: boolean;
}

/** A facet with its points on axes, which are numbered through all facets of a picture, from 1. */
export interface FacetAxes extends Facet {
  axes: (Axis & { number: number })[];
}

/** So many points of a facet are asked about each with each. */
export const MOST_ON_ONE = 30;

/** Each point with as many before it as `reach` says. */
export const pairsWithin = (points: readonly RatePoint[], reach: number): Pair[] =>
  points.flatMap((to, i) =>
    points.slice(Math.max(0, i - reach), i).map((from) => ({ from: from.id, to: to.id })),
  );

/**
 * With how many before it each point is asked about: with all of them where no facet has more than MOST_ON_ONE and the
 * questions are not too many; else with fewer, and at least with the one before it.
 */
export function reachOf(
  facets: readonly (readonly RatePoint[])[],
  isTooMuch: (pairs: readonly Pair[]) => boolean,
): number {
  for (let reach = MOST_ON_ONE - 1; reach > 1; reach -= 1)
    if (!isTooMuch(facets.flatMap((points) => pairsWithin(points, reach)))) return reach;
  return 1;
}

/**
 * Points apart into axes: each joins the first axis all of whose points, of those that it was asked about, it may be
 * compared with. Comparable is not passed on: a run whose temperature is not recorded may be compared with one at 0 and with
 * one at 1, which may not be compared with each other. What was not answered joins nothing.
 */
export function axesOf<Point extends RatePoint>(
  points: readonly Point[],
  verdicts: Verdicts,
  reach: number,
): Axis<Point>[] {
  const axes: (Axis<Point> & { first: number })[] = [];
  for (const [i, point] of points.entries()) {
    const asked = new Set(points.slice(Math.max(0, i - reach), i));
    const found = axes.find((axis) => {
      const members = axis.points.filter((one) => asked.has(one));
      return members.length > 0 && members.every((one) => verdicts(one.id, point.id)?.comparable);
    });
    if (found) {
      found.points.push(point);
      found.whole &&= i - found.first <= reach;
    } else {
      const differences = axes.length === 0 ? [] : reasons(axes, point, verdicts);
      axes.push({ points: [point], differences, whole: true, first: i });
    }
  }
  return axes.map(({ first: _, ...axis }) => axis);
}

/** What tells a point from the axis above it, or where that was not answered, from one further up. */
function reasons(axes: readonly Axis[], point: RatePoint, verdicts: Verdicts): readonly string[] {
  for (const axis of [...axes].reverse())
    for (const one of [...axis.points].reverse()) {
      const verdict = verdicts(one.id, point.id);
      if (verdict && !verdict.comparable) return verdict.differences;
    }
  return UNASKED;
}

/** Numbered through all facets, so that a file tells one axis from another. */
export function facetAxes(facets: readonly Facet[], verdicts: Verdicts, reach: number): FacetAxes[] {
  let number = 0;
  return facets.map((facet) => ({
    ...facet,
    axes: axesOf(facet.points, verdicts, reach).map((axis) => {
      number += 1;
      return { ...axis, number };
    }),
  }));
}

/** That not every two points on an axis were asked about, in a sentence; none where they were. */
export function reachRemarks(axes: readonly Pick<Axis, 'whole'>[], reach: number): string[] {
  if (axes.every(({ whole }) => whole)) return [];
  const before = reach === 1 ? 'the one' : `the ${reach}`;
  return [
    `On some axes there are more measurements than each could be compared with: each is comparable with ${before} before it, and of those further apart it was not asked.`,
  ];
}
