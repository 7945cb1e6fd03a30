import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';
import { holm } from './statistics/holm.ts';

export type PValueCorrection = 'HOLM' | 'BENJAMINI_HOCHBERG';

export interface CorrectedP {
  p: number;
  /** The correction in words, and over how many comparisons. */
  over: string;
}

/** Each p corrected over all that are tested together; null where there is none to correct. */
export function correctPValues(
  pValues: readonly (number | null)[],
  correction: PValueCorrection,
): (CorrectedP | null)[] {
  const tested = pValues.filter((p) => p !== null);
  const adjusted = correction === 'HOLM' ? holm(tested) : benjaminiHochberg(tested);
  const name = correction === 'HOLM' ? 'Holm' : 'Benjamini and Hochberg';
  const over = `${name}, over ${tested.length} ${tested.length === 1 ? 'comparison' : 'comparisons'}`;
  let next = 0;
  return pValues.map((p) => {
    if (p === null) return null;
    const found = { p: adjusted[next]!, over };
    next += 1;
    return found;
  });
}
