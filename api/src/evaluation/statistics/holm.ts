/**
 * Holm's correction of p values for how many were tested: the chance that any of those at or below a level is there
 * by chance stays below that level, however the tests depend on each other. In the order given. Source: Holm,
 * Scandinavian Journal of Statistics 6 (1979).
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
  const corrected = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach(({ p, i }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    corrected[i] = largest;
  });
  return corrected;
}
