/**
 * Benjamini and Hochberg's correction of p values: of those at or below a level, the expected fraction that is there by
 * chance stays below that level, where the tests are independent or depend on each other positively. In the order given.
 * Source: Journal of the Royal Statistical Society B 57 (1995).
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((p, i) => ({ p, i })).sort((a, b) => b.p - a.p);
  const corrected = new Array<number>(pValues.length);
  let least = 1;
  order.forEach(({ p, i }, place) => {
    least = Math.min(least, (p * pValues.length) / (pValues.length - place));
    corrected[i] = least;
  });
  return corrected;
}
