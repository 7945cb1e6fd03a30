// Which measurements, or scores, of two runs are of the same thing.

/** Who gave a value: the grader version, and the grader, which may have another version in the other run. */
export interface Given {
  grader: string | null;
  graderName: string | null;
}

/** What a measurement is of, as names: two versions of an evaluation have conditions of their own. */
export interface Matchable extends Given {
  behavior: string;
  condition: string | null;
}

/** What a score is of, likewise. */
export interface MatchableScore extends Given {
  metric: string;
  condition: string | null;
  /** How epochs were reduced; null where that is not recorded. */
  reducer: string | null;
}

export interface Matched<T> {
  rows: [T, T][];
  onlyInOne: T[];
  onlyInTwo: T[];
}

type Alike<T> = (a: T, b: T) => boolean;

const sameVersion: Alike<Given> = (a, b) => a.grader !== null && a.grader === b.grader;
const sameGrader: Alike<Given> = (a, b) => a.graderName === b.graderName;

/**
 * By behaviour and condition; among several of one run, by grader version first, by grader then, and last in the order
 * recorded.
 */
export function matchMeasurements<T extends Matchable>(one: readonly T[], two: readonly T[]): Matched<T> {
  const same: Alike<Matchable> = (a, b) => a.behavior === b.behavior && a.condition === b.condition;
  return matched(one, two, same, [sameVersion, sameGrader, () => true]);
}

/** By metric and condition; among several of one run as measurements are, and of those of one grader by reducer. */
export function matchScores<T extends MatchableScore>(one: readonly T[], two: readonly T[]): Matched<T> {
  const same: Alike<MatchableScore> = (a, b) => a.metric === b.metric && a.condition === b.condition;
  const reduced: Alike<MatchableScore> = (a, b) => a.reducer === b.reducer;
  const both = (alike: Alike<Given>) => (a: T, b: T) => alike(a, b) && reduced(a, b);
  return matched(one, two, same, [
    both(sameVersion),
    both(sameGrader),
    sameVersion,
    sameGrader,
    reduced,
    () => true,
  ]);
}

/** Each once, with what is most alike of what is left. */
function matched<T>(
  one: readonly T[],
  two: readonly T[],
  same: Alike<T>,
  ways: readonly Alike<T>[],
): Matched<T> {
  const left = new Set(two);
  const partner = new Map<T, T>();
  for (const alike of ways)
    for (const a of one) {
      if (partner.has(a)) continue;
      const found = [...left].find((b) => same(a, b) && alike(a, b));
      if (found === undefined) continue;
      partner.set(a, found);
      left.delete(found);
    }
  return {
    rows: one.flatMap((a) => {
      const b = partner.get(a);
      return b === undefined ? [] : [[a, b] as [T, T]];
    }),
    onlyInOne: one.filter((a) => !partner.has(a)),
    onlyInTwo: [...left],
  };
}
