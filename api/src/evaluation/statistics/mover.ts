/** An estimate with the bounds of its interval. */
export interface Bounded {
  value: number;
  lower: number;
  upper: number;
}

/**
 * The interval of `two − one` from the intervals of both and the correlation of the two estimates (0 where they are
 * independent), all of one level. Source: Zou and Donner, Statistics in Medicine 27 (2008), "method of variance
 * estimates recovery"; with Wilson's intervals and no correlation it is Newcombe's hybrid score interval.
 */
export function differenceInterval(
  one: Bounded,
  two: Bounded,
  correlation = 0,
): { difference: number; lower: number; upper: number } {
  const difference = two.value - one.value;
  const half = (a: number, b: number) => Math.sqrt(Math.max(0, a * a + b * b - 2 * correlation * a * b));
  return {
    difference,
    lower: Math.max(-1, difference - half(two.value - two.lower, one.upper - one.value)),
    upper: Math.min(1, difference + half(two.upper - two.value, one.value - one.lower)),
  };
}
