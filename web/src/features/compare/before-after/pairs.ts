// Pairs of model versions, before and after something was done, and the runs by which each is told.

export interface Pair {
  before: string;
  after: string;
  /** What keeps it apart from pairs of another series, such as "v0"; null where nothing does. */
  series: string | null;
}

/** As many pairs as the API compares at once. */
export const MOST_PAIRS = 20;

/** The pairs of an address, each as `paths.beforeAfter` writes it; what is no pair of model versions is left out. */
export function readPairs(stated: readonly string[]): Pair[] {
  return stated
    .flatMap((text) => {
      const found = /^(?:([^|]*)\|)?(model:.+?)\.\.(model:.+)$/.exec(text);
      if (!found?.[2] || !found[3]) return [];
      return [{ before: found[2], after: found[3], series: found[1]?.trim() || null }];
    })
    .slice(0, MOST_PAIRS);
}

export interface RunOfEvaluation {
  ref: string;
  label: string;
  evaluationVersion: { id: string; label: string; evaluation: { name: string } };
}

/** The evaluations that have examined both sides of some pair, by name. */
export function sharedEvaluations(
  sides: readonly (readonly [readonly RunOfEvaluation[], readonly RunOfEvaluation[]])[],
): string[] {
  const names = (runs: readonly RunOfEvaluation[]) =>
    new Set(runs.map((run) => run.evaluationVersion.evaluation.name));
  const shared = sides.flatMap(([one, two]) => {
    const after = names(two);
    return [...names(one)].filter((name) => after.has(name));
  });
  return [...new Set(shared)].sort();
}

/**
 * The newest runs of an evaluation on both sides, of one version where there is one that examined both; null where a
 * side has none. Runs come newest first. `others`: how many further runs of it the sides have.
 */
export function newestRuns(
  evaluation: string,
  [ones, twos]: readonly [readonly RunOfEvaluation[], readonly RunOfEvaluation[]],
): { one: RunOfEvaluation; two: RunOfEvaluation; others: number } | null {
  const of = (runs: readonly RunOfEvaluation[]) =>
    runs.filter((run) => run.evaluationVersion.evaluation.name === evaluation);
  const [before, after] = [of(ones), of(twos)];
  const [first] = before;
  const [second] = after;
  if (first === undefined || second === undefined) return null;
  const others = before.length + after.length - 2;
  for (const one of before) {
    const two = after.find((run) => run.evaluationVersion.id === one.evaluationVersion.id);
    if (two !== undefined) return { one, two, others };
  }
  return { one: first, two: second, others };
}
