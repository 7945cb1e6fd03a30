import { twoSidedNormal } from './normal.ts';

/**
 * The score test of two independent rates, two-sided, from as many samples as each is worth. With effective numbers it is
 * Rao and Scott's for clustered samples (Biometrics 48, 1992); with counts, Pearson's without correction. 1 where both
 * rates are 0, or both 1. `n` > 0.
 */
export function scoreTest(one: { rate: number; n: number }, two: { rate: number; n: number }): number {
  const pooled = (one.rate * one.n + two.rate * two.n) / (one.n + two.n);
  const variance = pooled * (1 - pooled) * (1 / one.n + 1 / two.n);
  if (!(variance > 0) || one.rate === two.rate) return 1;
  return twoSidedNormal((two.rate - one.rate) / Math.sqrt(variance));
}
