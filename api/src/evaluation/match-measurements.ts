// Which measurements of two runs are of the same thing.

/** What a measurement is of, as names: two versions of an evaluation have conditions of their own. */
export interface Matchable {
  behavior: string;
  condition: string | null;
  grader: string | null;
}

export interface Matched<T> {
  rows: [T, T][];
  onlyInOne: T[];
  onlyInTwo: T[];
}

/** By behaviour and condition; among several of one run, by grader first, and then in the order recorded. */
export function matchMeasurements<T extends Matchable>(one: readonly T[], two: readonly T[]): Matched<T> {
  const left = new Set(two);
  const partner = new Map<T, T>();
  const take = (alike: (a: T, b: T) => boolean) => {
    for (const a of one) {
      if (partner.has(a)) continue;
      const found = [...left].find((b) => sameThing(a, b) && alike(a, b));
      if (found === undefined) continue;
      partner.set(a, found);
      left.delete(found);
    }
  };
  take((a, b) => a.grader !== null && a.grader === b.grader);
  take(() => true);
  return {
    rows: one.flatMap((a) => {
      const b = partner.get(a);
      return b === undefined ? [] : [[a, b] as [T, T]];
    }),
    onlyInOne: one.filter((a) => !partner.has(a)),
    onlyInTwo: [...left],
  };
}

const sameThing = (a: Matchable, b: Matchable) => a.behavior === b.behavior && a.condition === b.condition;
