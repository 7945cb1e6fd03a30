import type { ClusteredRate } from './clustered.ts';
import { type Interval, LEVEL, wilsonBounds, Z } from './interval.ts';
import { studentQuantile } from './student.ts';

/**
 * How many independent samples clustered ones are worth, for an interval of a rate. Their number over the design effect
 * (Kish, Survey Sampling, 1965), less what an estimate from few clusters is unsure of: (z / t)² with G − 1 degrees of
 * freedom (Korn and Graubard, Survey Methodology 24, 1998).
 *
 * It lies between two bounds. At most n: that repeats tell more than new samples would is taken for chance. At least
 * n² / Σ nᵍ², what they are worth if each cluster repeats one outcome; that is taken at rates of 0 and 1, where every
 * cluster agrees and the standard error is 0, which is no certainty.
 *
 * A single cluster shows no spread between clusters: its samples count for themselves, and speak of it alone.
 */
export function effectiveSamples(rate: Omit<ClusteredRate, 'mean'> & { mean: number }): number {
  const { n, clusters, mean, standardError, leastEffective } = rate;
  if (clusters === 1) return n;
  if (mean <= 0 || mean >= 1) return leastEffective;
  const designEffect = Math.max(1, (standardError ** 2 * n) / (mean * (1 - mean)));
  const unsure = (Z / studentQuantile(1 - LEVEL, clusters - 1)) ** 2;
  return Math.min(n, Math.max(leastEffective, (n / designEffect) * unsure));
}

/**
 * Wilson's interval with as many samples as the clustered ones are worth. Source: Franco, Little, Louis and Slud,
 * Journal of Survey Statistics and Methodology 7 (2019), who compare it with others. Never narrower than Wilson's of
 * as many independent samples, and the same where every cluster is one sample.
 */
export function clusteredInterval(rate: ClusteredRate): Interval {
  const effective = effectiveSamples(rate);
  return { ...wilsonBounds(rate.mean, effective), level: LEVEL, method: methodOf(rate, effective) };
}

function methodOf({ n, clusters, standardError }: ClusteredRate, effective: number): string {
  if (clusters === 1)
    return `Wilson score, from counts: ${n} samples of one cluster, so that it speaks of that cluster alone`;
  const worth = effective.toFixed(1).replace(/\.0$/, '');
  return `Wilson score for clustered samples: ${n} in ${clusters} clusters, worth ${worth} independent ones; clustered standard error ${standardError.toPrecision(3)}`;
}
