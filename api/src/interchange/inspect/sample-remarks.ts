// What a reader has to say of values as it reads them: of each sample by itself, so that one read again counts once.

/** Of one sample: each scorer as often as it applies. */
export interface SampleRemarks {
  /** Values that were NaN or infinite, and so no verdict. */
  notFinite: string[];
  /** Scores that were edited after the run. */
  edited: string[];
  /** Values with more parts than are kept. */
  partsCut: number;
}

/** Of all samples of a log. */
export interface LogRemarks {
  /** Scorer → values. */
  notFinite: Map<string, number>;
  /** Scorer → samples. */
  edited: Map<string, number>;
  partsCut: number;
}

export const noRemarks = (): SampleRemarks => ({ notFinite: [], edited: [], partsCut: 0 });

export const saysNothing = ({ notFinite, edited, partsCut }: SampleRemarks) =>
  notFinite.length === 0 && edited.length === 0 && partsCut === 0;

export function sumOfRemarks(all: Iterable<SampleRemarks>): LogRemarks {
  const sum: LogRemarks = { notFinite: new Map(), edited: new Map(), partsCut: 0 };
  for (const { notFinite, edited, partsCut } of all) {
    for (const scorer of notFinite) sum.notFinite.set(scorer, (sum.notFinite.get(scorer) ?? 0) + 1);
    for (const scorer of edited) sum.edited.set(scorer, (sum.edited.get(scorer) ?? 0) + 1);
    sum.partsCut += partsCut;
  }
  return sum;
}
