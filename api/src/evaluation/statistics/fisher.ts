/**
 * Fisher's exact test, two-sided: the probability of a table as unlikely as this one or more, margins fixed.
 * Arguments are counts: exhibited and not, in the first and in the second sample.
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
  const rowOne = a + b;
  const columnOne = a + c;
  const total = a + b + c + d;
  if (total === 0) return 1;
  const logs = logFactorials(total);
  const log = (n: number): number => logs[n] ?? 0;
  const logProbability = (x: number): number =>
    log(rowOne) +
    log(total - rowOne) +
    log(columnOne) +
    log(total - columnOne) -
    log(total) -
    log(x) -
    log(rowOne - x) -
    log(columnOne - x) -
    log(total - rowOne - columnOne + x);
  // Tables of equal probability differ by rounding alone: count them in.
  const limit = logProbability(a) + 1e-7;
  let sum = 0;
  for (let x = Math.max(0, rowOne + columnOne - total); x <= Math.min(rowOne, columnOne); x += 1) {
    const probability = logProbability(x);
    if (probability <= limit) sum += Math.exp(probability);
  }
  return Math.min(1, sum);
}

function logFactorials(largest: number): Float64Array {
  const logs = new Float64Array(largest + 1);
  for (let n = 2; n <= largest; n += 1) logs[n] = (logs[n - 1] ?? 0) + Math.log(n);
  return logs;
}
