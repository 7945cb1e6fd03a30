// The two sides of what an intervention changed: a measurement each, or what a publication reports, in its own unit.
import type { InterventionCardFragment } from '../../../../graphql/generated/graphql.ts';
import { compact, points } from '../../../../ui/numbers.ts';
import { countWords, intervalWords, missingWords, rateWords } from '../../../rates/rate-point.ts';
import { reportedValue } from '../reported-value.ts';

export type Comparison = InterventionCardFragment['comparisons'][number];
export type SideName = 'before' | 'after';

export interface Side {
  name: SideName;
  measurement: Comparison['beforeMeasurement'];
  result: Comparison['beforeResult'];
}

export const sidesOf = (one: Comparison): [Side, Side] => [
  { name: 'before', measurement: one.beforeMeasurement, result: one.beforeResult },
  { name: 'after', measurement: one.afterMeasurement, result: one.afterResult },
];

const IN_PERCENT = /^(%|percent)$/i;
const IN_SHARES = /^(rate|fraction|share|proportion)\b/i;

/** What of the whole a unit's value is: 22 of `%` is 0.22. Null of a unit that is no part of a whole. */
function shareIn(value: number, unit: string | null | undefined): number | null {
  const share = !unit ? null : IN_PERCENT.test(unit) ? value / 100 : IN_SHARES.test(unit) ? value : null;
  return share !== null && share >= 0 && share <= 1 ? share : null;
}

/** Where a side stands from 0 to 1; null where it has no value, or one of which that is not known. */
export function shareOf({ measurement, result }: Side): number | null {
  if (measurement) return measurement.rate ?? null;
  return typeof result?.value === 'number' ? shareIn(result.value, result.unit) : null;
}

/** A bound, where the side is no more than that. */
export function boundOf({ measurement, result }: Side): 'at-most' | 'at-least' | null {
  const qualifier = (measurement ?? result)?.qualifier;
  return qualifier === 'AT_MOST' ? 'at-most' : qualifier === 'AT_LEAST' ? 'at-least' : null;
}

/** `65%`, or what was reported as it was stated; said so where there is none. */
export function figureOf({ measurement, result }: Side): string {
  if (measurement) return rateWords(measurement);
  return result ? (reportedValue(result) ?? 'no number') : 'not recorded';
}

export const whoseOf = ({ measurement, result }: Side): string =>
  measurement ? measurement.evalRun.modelVersion.label : result ? 'as reported' : 'not recorded';

/** One side in a sentence. */
export function sideWords(side: Side): string {
  const { measurement, result, name } = side;
  const said = measurement
    ? [countWords(measurement), missingWords(measurement), intervalWords(measurement)]
    : [result?.statement];
  return [`${name}, ${whoseOf(side)}: ${figureOf(side)}`, ...said].filter(Boolean).join('; ');
}

const signed = (value: number) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${compact(Math.abs(value))}`;

/** After less before, in the unit of both; null where it is not computed. */
export function changeWords(one: Comparison): string | null {
  const { difference } = one;
  if (difference === null || difference === undefined) return null;
  const unit = one.beforeResult?.unit;
  if (one.beforeMeasurement || (unit && IN_SHARES.test(unit))) return `${points(difference)} pp`;
  if (unit && IN_PERCENT.test(unit)) return `${points(difference / 100)} pp`;
  return unit ? `${signed(difference)} ${unit}` : signed(difference);
}
