/**
 * McNemar's exact test of matched pairs, two-sided, from the pairs of which only one side exhibits: `onlyOne` and
 * `onlyTwo`. If either is as likely as the other, they split as a fair coin does. `midP` counts the split that was seen
 * by half: less conservative, and not certain to keep the level. Sources: McNemar, Psychometrika 12 (1947); Fagerland,
 * Lydersen and Laake, BMC Medical Research Methodology 13:91 (2013).
 */
export function mcnemarExact(onlyOne: number, onlyTwo: number): { pValue: number; midP: number } {
  const n = onlyOne + onlyTwo;
  if (n === 0) return { pValue: 1, midP: 1 };
  const fewer = Math.min(onlyOne, onlyTwo);
  const seen = Math.exp(logFairCoin(n, fewer));
  let term = seen;
  let sum = seen;
  for (let k = fewer; k > 0 && term > sum * 1e-18; k -= 1) {
    term *= k / (n - k + 1);
    sum += term;
  }
  return { pValue: Math.min(1, 2 * sum), midP: Math.min(1, 2 * sum - seen) };
}

/** The logarithm of the probability of `k` heads among `n` throws. */
function logFairCoin(n: number, k: number): number {
  let log = -n * Math.LN2;
  for (let i = 1; i <= k; i += 1) log += Math.log((n - k + i) / i);
  return log;
}
