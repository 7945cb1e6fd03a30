export interface RateBounds {
  lower: number;
  upper: number;
}

/**
 * Between which rates the truth of these samples lies, whatever those without a verdict would have shown: all of them not
 * exhibiting, and all exhibiting. No interval: it says nothing of other samples. Source: Manski, "Nonparametric bounds on
 * treatment effects", American Economic Review 80 (1990). Null where there is no sample.
 */
export function missingDataBounds(
  exhibited: number,
  notExhibited: number,
  missing: number,
): RateBounds | null {
  const all = exhibited + notExhibited + missing;
  return all === 0 ? null : { lower: exhibited / all, upper: (exhibited + missing) / all };
}

/** The same of the difference `two − one`. */
export function missingDataDifference(one: RateBounds, two: RateBounds): RateBounds {
  return { lower: two.lower - one.upper, upper: two.upper - one.lower };
}
