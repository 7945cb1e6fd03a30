// The standard normal distribution, as exactly as a double can hold it.

/**
 * The probability below `x`. Near 0 by the series of Marsaglia, Journal of Statistical Software 11(4) (2004); beyond 3
 * by Laplace's continued fraction for the tail (Abramowitz and Stegun 26.2.14), so that small tails keep their digits.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x < -3) return tail(-x);
  if (x > 3) return 1 - tail(x);
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > 1e-18; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * density(x);
}

/** The probability of a value at least so far from 0, on either side. */
export function twoSidedNormal(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}

/** The value below which lies the probability `p`, 0 < p < 1: Newton's steps from the logistic approximation. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  // By the smaller tail, which holds its digits.
  if (p > 0.5) return -lowerQuantile(1 - p);
  return lowerQuantile(p);
}

/** For p up to a half. Steps are taken in the logarithm of the probability, in which Newton's cannot overshoot. */
function lowerQuantile(p: number): number {
  let x = -Math.sqrt(Math.max(0, -2 * Math.log(2 * p)));
  for (let step = 0; step < 60; step += 1) {
    const below = normalCdf(x);
    const change = ((Math.log(below) - Math.log(p)) * below) / density(x);
    x -= change;
    if (Math.abs(change) <= 1e-15 * Math.max(1, Math.abs(x))) break;
  }
  return x;
}

function density(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** P(Z > x) for x above 3, from the far end of the fraction inwards. */
function tail(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  let fraction = x;
  for (let i = 120; i >= 1; i -= 1) fraction = x + i / fraction;
  return density(x) / fraction;
}
