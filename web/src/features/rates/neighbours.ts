import type { Facet } from './facets.ts';
import type { RatePoint } from './rate-point.ts';

/** What the API says of two measurements. */
export interface Verdict {
  comparable: boolean;
  differences: readonly string[];
}

/** Two measurements that a line could join, the earlier first. */
export interface Pair {
  from: string;
  to: string;
}

/** The API's word on pairs; null where it was not asked or did not answer. */
export type Verdicts = (from: string, to: string) => Verdict | null;

export interface Break extends Pair {
  differences: readonly string[];
}

const drawable = (point: RatePoint): boolean =>
  point.rate !== null && point.rate !== undefined && Boolean(point.evalRun.modelVersion.releasedAt);

/** A day in UTC: releases of one day are side by side, and none is before another. */
const dayOf = (point: RatePoint): string => (point.evalRun.modelVersion.releasedAt ?? '').slice(0, 10);

/** Those that have a place in time, of one facet, by the day of their release. */
export function releaseDays<Point extends RatePoint>(points: readonly Point[]): Point[][] {
  const days = new Map<string, Point[]>();
  for (const point of points.filter(drawable)) {
    const day = dayOf(point);
    days.set(day, [...(days.get(day) ?? []), point]);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}

/**
 * Whose versions a line follows: a developer's, or a model's where nobody says who made it. Lines between rivals'
 * models would only zigzag.
 */
const familyOf = ({ evalRun: { modelVersion } }: RatePoint): string =>
  modelVersion.model.developer ? `by ${modelVersion.model.developer}` : `of ${modelVersion.model.name}`;

/** The points of a facet apart by family, each in days. */
export function families<Point extends RatePoint>(facet: Pick<Facet<Point>, 'points'>): Point[][][] {
  const groups = new Map<string, Point[]>();
  for (const point of facet.points) {
    const family = familyOf(point);
    groups.set(family, [...(groups.get(family) ?? []), point]);
  }
  return [...groups.values()].map(releaseDays).filter((days) => days.length > 0);
}

/** All pairs that a line could join: each of one day with each of the next, within a family. */
export function neighbourPairs(facet: Pick<Facet, 'points'>): Pair[] {
  return families(facet).flatMap((days) =>
    days
      .slice(1)
      .flatMap((day, index) =>
        (days[index] ?? []).flatMap((from) => day.map((to) => ({ from: from.id, to: to.id }))),
      ),
  );
}

export interface Lines {
  joins: Pair[];
  breaks: Break[];
}

/** Why two stand apart of which nothing is known. */
export const UNASKED = ['whether they are comparable was not answered'];

/**
 * Where lines run, and where they break. A line goes from a point to every one of the next day that is comparable with
 * it; where none is, it breaks there, visibly. What was not answered counts as not comparable.
 */
export function linesOf(facet: Pick<Facet, 'points'>, verdicts: Verdicts): Lines {
  const joins: Pair[] = [];
  const breaks: Break[] = [];
  for (const days of families(facet)) {
    for (const [index, day] of days.slice(1).entries()) {
      for (const from of days[index] ?? []) {
        const said = day.map((to) => ({ to: to.id, verdict: verdicts(from.id, to.id) }));
        const joined = said.filter(({ verdict }) => verdict?.comparable);
        joins.push(...joined.map(({ to }) => ({ from: from.id, to })));
        const [first] = said;
        if (joined.length === 0 && first)
          breaks.push({ from: from.id, to: first.to, differences: first.verdict?.differences ?? UNASKED });
      }
    }
  }
  return { joins, breaks };
}

/** Those judged alike beside one another, else the highest rate first: fewest breaks, and none of them hidden. */
export function byGraderThenRate<Point extends RatePoint>(points: readonly Point[]): Point[] {
  const judged = new Map<string, number>();
  for (const point of points) {
    const grader = point.grader?.id ?? '';
    if (!judged.has(grader)) judged.set(grader, judged.size);
  }
  return [...points].sort(
    (a, b) =>
      (judged.get(a.grader?.id ?? '') ?? 0) - (judged.get(b.grader?.id ?? '') ?? 0) ||
      (b.rate ?? -1) - (a.rate ?? -1) ||
      a.evalRun.modelVersion.label.localeCompare(b.evalRun.modelVersion.label),
  );
}
