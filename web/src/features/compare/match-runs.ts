/** Eval runs of two model versions that examined them in the same way, so far as the evaluation version goes. */

export interface RunOfVersion {
  id: string;
  ref: string;
  label: string;
  evaluationVersion: { id: string; label: string };
}

export interface MatchedRuns {
  pairs: { one: RunOfVersion; two: RunOfVersion }[];
  /** Evaluation versions that only one of the two was examined by. */
  onlyOne: string[];
  onlyTwo: string[];
  /** Pairs that are not compared, because there are more than a page shows. */
  left: number;
}

const labelsWithout = (runs: readonly RunOfVersion[], others: readonly RunOfVersion[]): string[] => {
  const known = new Set(others.map(({ evaluationVersion }) => evaluationVersion.id));
  return [
    ...new Set(
      runs
        .filter(({ evaluationVersion }) => !known.has(evaluationVersion.id))
        .map(({ evaluationVersion }) => evaluationVersion.label),
    ),
  ];
};

/** Every run of the one with every run of the other that is of the same evaluation version. */
export function matchRuns(
  ones: readonly RunOfVersion[],
  twos: readonly RunOfVersion[],
  most: number,
): MatchedRuns {
  const pairs = ones.flatMap((one) =>
    twos
      .filter((two) => two.id !== one.id && two.evaluationVersion.id === one.evaluationVersion.id)
      .map((two) => ({ one, two })),
  );
  return {
    pairs: pairs.slice(0, most),
    onlyOne: labelsWithout(ones, twos),
    onlyTwo: labelsWithout(twos, ones),
    left: Math.max(0, pairs.length - most),
  };
}
