import { exactPercent, grouped, percent, plural } from '../../ui/numbers.ts';
import type { MarkShape } from '../plot/mark-shape.ts';

/** A measurement as a plot needs it, whatever it was read by. */
export interface RatePoint {
  id: string;
  rate?: number | null;
  qualifier: 'EXACT' | 'APPROXIMATE' | 'AT_MOST' | 'AT_LEAST';
  sampleCount?: number | null;
  exhibited?: number | null;
  unscored?: number | null;
  graderErrors?: number | null;
  excluded?: number | null;
  missingDataBounds?: { lower: number; upper: number } | null;
  interval?: { lower: number; upper: number; level: number; method: string } | null;
  behavior: { name: string; title: string };
  condition?: { id: string; name: string; description?: string | null } | null;
  grader?: { id: string; name: string; version: string } | null;
  evalRun: {
    ref: string;
    label: string;
    modelVersion: {
      id: string;
      ref: string;
      label: string;
      releasedAt?: string | null;
      model: { name: string; title?: string | null; developer?: string | null };
    };
    evaluationVersion: { id: string; label: string; evaluation: { name: string } };
  };
}

/** Full only where an interval says how far the rate may be off. */
export function shapeOf(point: Pick<RatePoint, 'qualifier' | 'interval'>): MarkShape {
  if (point.qualifier === 'AT_MOST') return 'at-most';
  if (point.qualifier === 'AT_LEAST') return 'at-least';
  return point.interval ? 'full' : 'open';
}

const QUALIFIED = { EXACT: '', APPROXIMATE: 'about ', AT_MOST: 'at most ', AT_LEAST: 'at least ' };

/** `at most 12%`, or that nothing was scored. */
export function rateWords({ rate, qualifier }: Pick<RatePoint, 'rate' | 'qualifier'>): string {
  return rate === null || rate === undefined ? 'not scored' : `${QUALIFIED[qualifier]}${percent(rate)}`;
}

/** The interval in words, or why there is none. */
export function intervalWords({
  interval,
  sampleCount,
}: Pick<RatePoint, 'interval' | 'sampleCount'>): string {
  if (interval)
    return `${percent(interval.level)} interval ${percent(interval.lower)} to ${percent(interval.upper)}`;
  return sampleCount ? 'no interval' : 'no interval, because the number of samples is not stated';
}

/** k of n; null where the source does not say. */
export function countWords({
  exhibited,
  sampleCount,
}: Pick<RatePoint, 'exhibited' | 'sampleCount'>): string | null {
  if (sampleCount === null || sampleCount === undefined) return null;
  return exhibited === null || exhibited === undefined
    ? `of ${grouped(sampleCount)}`
    : `${grouped(exhibited)} of ${grouped(sampleCount)}`;
}

type Apart = Pick<RatePoint, 'unscored' | 'graderErrors' | 'excluded'>;

/** What was left out of n, each apart; none of it is ever "not exhibited". '' where nothing was. */
export function apartWords({ unscored, graderErrors, excluded }: Apart): string {
  return [
    unscored ? `${grouped(unscored)} unscored` : '',
    graderErrors ? plural(graderErrors, 'grader error') : '',
    excluded ? `${grouped(excluded)} excluded` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * Between which rates these samples lie, whatever those without a verdict would have shown:
 * `between 56% and 62.4%, whatever the 7 unscored would have shown`. '' where every one has its verdict, or where no
 * counts are stated. It says nothing of other samples, as an interval does.
 */
export function missingWords(of: Pick<RatePoint, 'missingDataBounds' | 'unscored' | 'graderErrors'>): string {
  const { missingDataBounds: bounds, unscored, graderErrors } = of;
  const missing = apartWords({ unscored, graderErrors }).replace(', ', ' and the ');
  if (!bounds || missing === '') return '';
  const [lower, upper] = [percent(bounds.lower), percent(bounds.upper)];
  const range = lower === upper ? `${lower} when rounded` : `between ${lower} and ${upper}`;
  return `${range}, whatever the ${missing} would have shown`;
}

export const graderWords = ({ grader }: Pick<RatePoint, 'grader'>): string =>
  grader ? `${grader.name} ${grader.version}` : 'not recorded';

/** One measurement in a sentence, for whoever points at its mark or hears it. */
export function describePoint(point: RatePoint): string {
  const counts = countWords(point);
  const apart = apartWords(point);
  return [
    `${point.evalRun.modelVersion.label}: ${rateWords(point)}`,
    counts ? `${counts}${apart ? ` (${apart})` : ''}` : apart,
    missingWords(point),
    intervalWords(point),
    point.grader ? `judged by ${graderWords(point)}` : 'who judged is not recorded',
  ]
    .filter(Boolean)
    .join('; ');
}

/** The exact figure, for files. */
export const exactRate = (rate: number | null | undefined): string =>
  rate === null || rate === undefined ? '' : exactPercent(rate);
