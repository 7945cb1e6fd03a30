/** How a rate is marked: full with its interval, open without one, a triangle where it is only a bound. */
export type MarkShape = 'full' | 'open' | 'at-most' | 'at-least';
