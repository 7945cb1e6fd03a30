// Two measurements are comparable only where everything but the model is the same and known.

/** What must agree, in words for people; null where it is not recorded, or not visible. */
export interface Comparable {
  behavior: { id: bigint; label: string };
  evaluationVersion: { id: bigint; label: string } | null;
  condition: { id: bigint; label: string } | null;
  grader: { id: bigint; label: string } | null;
  /** The version of a rule that made the measurement of scores; null where it was counted otherwise. */
  scoringRule?: { id: bigint; label: string } | null;
}

export interface Comparability {
  comparable: boolean;
  differences: string[];
}

export function compare(one: Comparable, two: Comparable): Comparability {
  const differences: string[] = [];
  const differ = (
    what: string,
    a: { id: bigint; label: string } | null,
    b: { id: bigint; label: string } | null,
  ) => {
    if (a?.id === b?.id) return;
    differences.push(`${what}: ${a?.label ?? 'not stated'} against ${b?.label ?? 'not stated'}`);
  };
  differ('behaviour', one.behavior, two.behavior);
  differ('evaluation version', one.evaluationVersion, two.evaluationVersion);
  differ('condition', one.condition, two.condition);
  differ('grader version', one.grader, two.grader);
  // What was counted elsewhere states no rule: only two that are known, and are not the same, tell of a difference.
  if (one.scoringRule && two.scoringRule) differ('scoring rule', one.scoringRule, two.scoringRule);
  if (one.evaluationVersion === null && two.evaluationVersion === null)
    differences.push('evaluation version: not known for either');
  if (one.grader === null && two.grader === null) differences.push('grader version: not stated for either');
  return { comparable: differences.length === 0, differences };
}
