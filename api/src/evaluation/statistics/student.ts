// Student's t distribution with a whole number of degrees of freedom.
import { normalCdf, normalQuantile } from './normal.ts';

/** From here on the expansion around the normal quantile is right to more digits than a double holds. */
const MANY = 200;

/**
 * The probability of a value at least as far from 0 as `t`, on either side, with `df` degrees of freedom, a whole
 * number from 1. Within 1 by the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4; beyond by the series of the
 * incomplete beta function (26.5.4).
 */
export function twoSidedStudent(t: number, df: number): number {
  const size = Math.abs(t);
  if (size === Number.POSITIVE_INFINITY) return 0;
  if (df > MANY) return twoSidedMany(size, df);
  return size < 1 ? 1 - centre(size, df) : tails(df / (df + size * size), df);
}

/** The value that leaves `p / 2` above it, 0 < p < 1, with `df` degrees of freedom, a whole number from 1. */
export function studentQuantile(p: number, df: number): number {
  if (df > MANY) return expanded(normalQuantile(1 - p / 2), df);
  // The tails shrink as t grows: from a bound on either side, halving in the logarithm.
  let low = 0;
  let high = 1;
  while (twoSidedStudent(high, df) > p) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step += 1) {
    const middle = (low + high) / 2;
    if (twoSidedStudent(middle, df) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(|T| < t): a trigonometric polynomial. */
function centre(t: number, df: number): number {
  const theta = Math.atan(t / Math.sqrt(df));
  const cos2 = Math.cos(theta) ** 2;
  if (df === 1) return (2 * theta) / Math.PI;
  const odd = df % 2 === 1;
  let term = odd ? Math.cos(theta) : 1;
  let sum = term;
  for (let k = odd ? 3 : 2; k <= df - 2; k += 2) {
    term *= (cos2 * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}

/** P(|T| > t) = I_x(df/2, 1/2) with x = df / (df + t²): terms that are all positive, so that small tails keep their digits. */
function tails(x: number, df: number): number {
  const a = df / 2;
  let term = 1;
  let sum = 1;
  for (let k = 0; term > 1e-18 * sum; k += 1) {
    term *= (x * (a + 0.5 + k)) / (a + 1 + k);
    sum += term;
  }
  return (Math.exp(a * Math.log(x) + 0.5 * Math.log1p(-x) - logBetaWithHalf(df)) / a) * sum;
}

/** log B(df/2, 1/2), from B(1/2, 1/2) = π and B(1, 1/2) = 2 by B(a + 1, 1/2) = B(a, 1/2) · a / (a + 1/2). */
function logBetaWithHalf(df: number): number {
  let log = df % 2 === 1 ? Math.log(Math.PI) : Math.log(2);
  for (let k = df % 2 === 1 ? 1 : 2; k < df; k += 2) log += Math.log(k / (k + 1));
  return log;
}

/** t from the normal quantile (Abramowitz and Stegun 26.7.5). */
function expanded(z: number, df: number): number {
  const z2 = z * z;
  const g1 = (z * (z2 + 1)) / 4;
  const g2 = (z * (5 * z2 * z2 + 16 * z2 + 3)) / 96;
  const g3 = (z * (3 * z2 ** 3 + 19 * z2 * z2 + 17 * z2 - 15)) / 384;
  const g4 = (z * (79 * z2 ** 4 + 776 * z2 ** 3 + 1482 * z2 * z2 - 1920 * z2 - 945)) / 92_160;
  return z + g1 / df + g2 / df ** 2 + g3 / df ** 3 + g4 / df ** 4;
}

/** The normal quantile from t (Hill, Communications of the ACM 13 (1970), algorithm 395), and its tails. */
function twoSidedMany(t: number, df: number): number {
  const a = df - 0.5;
  const b = 48 * a * a;
  const y = a * Math.log1p((t * t) / df);
  const root = Math.sqrt(y);
  const z =
    root * (1 + (y + 3) / b - (0.4 * y ** 3 + 3.3 * y * y + 24 * y + 85.5) / (b * (0.8 * y * y + 100 + b)));
  return Math.min(1, 2 * normalCdf(-z));
}
