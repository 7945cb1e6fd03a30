// Intervals for rates and for the difference of two rates. Shapes are fractions from 0 to 1.

export interface Interval {
  lower: number;
  upper: number;
  /** The confidence level as a fraction: 0.95. */
  level: number;
  /** How it was computed, in words for people. */
  method: string;
}

export const LEVEL = 0.95;
/** The normal quantile that leaves 2.5 % on each side. */
export const Z = 1.959963984540054;

/** Wilson's score interval for a rate among `n`, n > 0. Source: Wilson, JASA 22 (1927). */
export function wilsonBounds(rate: number, n: number): { lower: number; upper: number } {
  const z2 = Z * Z;
  const centre = (rate + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z / (1 + z2 / n)) * Math.sqrt((rate * (1 - rate)) / n + z2 / (4 * n * n));
  return {
    lower: rate <= 0 ? 0 : Math.max(0, centre - half),
    upper: rate >= 1 ? 1 : Math.min(1, centre + half),
  };
}

/** Rate ± z × standard error, cut at 0 and 1 where the value is a rate. `standardError` > 0. */
export function normalBounds(
  value: number,
  standardError: number,
  isRate: boolean,
): { lower: number; upper: number } {
  const lower = value - Z * standardError;
  const upper = value + Z * standardError;
  return isRate ? { lower: Math.max(0, lower), upper: Math.min(1, upper) } : { lower, upper };
}

/**
 * Newcombe's hybrid score interval for p1 − p2 of two independent samples. Source: Newcombe, Statistics in
 * Medicine 17 (1998), method 10.
 */
export function newcombeDifference(
  first: { rate: number; n: number },
  second: { rate: number; n: number },
): { difference: number; lower: number; upper: number } {
  const one = wilsonBounds(first.rate, first.n);
  const two = wilsonBounds(second.rate, second.n);
  const difference = first.rate - second.rate;
  return {
    difference,
    lower: Math.max(-1, difference - Math.hypot(first.rate - one.lower, two.upper - second.rate)),
    upper: Math.min(1, difference + Math.hypot(one.upper - first.rate, second.rate - two.lower)),
  };
}
