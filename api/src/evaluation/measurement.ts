// What a measurement may say, and what interval follows from it. Unscored is never "not exhibited".
import { type InputPath, InputRefusal } from '../platform/refusal.ts';
import type { ClusteredRate } from './statistics/clustered.ts';
import { clusteredInterval } from './statistics/clustered-interval.ts';
import { type Interval, LEVEL, normalBounds, wilsonBounds } from './statistics/interval.ts';
import { missingDataBounds, type RateBounds } from './statistics/missing-data.ts';

export type Qualifier = 'EXACT' | 'APPROXIMATE' | 'AT_MOST' | 'AT_LEAST';

export interface MeasurementFigures {
  exhibited?: number | null;
  notExhibited?: number | null;
  unscored?: number | null;
  graderErrors?: number | null;
  excluded?: number | null;
  sampleCount?: number | null;
  /** From 0 to 1. */
  rate?: number | null;
  standardError?: number | null;
  qualifier: Qualifier;
}

export interface SettledFigures {
  exhibited: number | null;
  notExhibited: number | null;
  unscored: number | null;
  graderErrors: number | null;
  excluded: number | null;
  sampleCount: number | null;
  rate: number | null;
  standardError: number | null;
  qualifier: Qualifier;
}

const COUNTS = ['exhibited', 'notExhibited', 'unscored', 'graderErrors', 'excluded', 'sampleCount'] as const;
/** Half a whole percent: how far a published rate may lie from its counts. */
const WHOLE_PERCENT = 0.005;

/** Checks that the figures agree with each other and completes what follows from them; else an InputRefusal. */
export function settleMeasurement(figures: MeasurementFigures, path: InputPath): SettledFigures {
  for (const name of COUNTS) {
    const count = figures[name];
    if (count != null && (!Number.isInteger(count) || count < 0)) {
      throw new InputRefusal([...path, name], 'A count is a whole number from 0.', 'a whole number from 0');
    }
    checkCount(count ?? 0, [...path, name]);
  }
  const standardError = checkStandardError(figures.standardError, [...path, 'standardError']);
  const { rate } = figures;
  if (rate != null && !(rate >= 0 && rate <= 1)) {
    throw new InputRefusal([...path, 'rate'], 'A rate is a fraction, not a percentage.', 'from 0 to 1');
  }
  const counts = settleCounts(figures, path);
  const rest = {
    unscored: figures.unscored ?? null,
    graderErrors: figures.graderErrors ?? null,
    excluded: figures.excluded ?? null,
    standardError,
    qualifier: figures.qualifier,
  };
  const sampleCount =
    counts === null ? (figures.sampleCount ?? null) : counts.exhibited + counts.notExhibited;
  checkCount(sampleCount ?? 0, [...path, 'sampleCount']);
  if (sampleCount === 0) {
    if (rate != null)
      throw new InputRefusal([...path, 'rate'], 'Nothing was scored, so there is no rate.', 'no rate');
    return {
      exhibited: counts?.exhibited ?? null,
      notExhibited: counts?.notExhibited ?? null,
      sampleCount,
      rate: null,
      ...rest,
    };
  }
  if (counts === null) {
    const anyOther = rest.unscored ?? rest.graderErrors ?? rest.excluded;
    if (rate == null && anyOther === null) {
      throw new InputRefusal(
        [...path, 'rate'],
        'The measurement says nothing: give exhibited and notExhibited, or a rate.',
        'counts or a rate',
      );
    }
    return { exhibited: null, notExhibited: null, sampleCount, rate: rate ?? null, ...rest };
  }
  const counted = counts.exhibited / (counts.exhibited + counts.notExhibited);
  if (rate != null && !agrees(rate, counted, figures.qualifier)) {
    throw new InputRefusal(
      [...path, 'rate'],
      `The rate ${rate} contradicts the counts: ${counts.exhibited} of ${counts.exhibited + counts.notExhibited}.`,
      String(Math.round(counted * 1e6) / 1e6),
    );
  }
  return { ...counts, sampleCount, rate: counted, ...rest };
}

/** The largest Int of GraphQL, and of a column of counts. */
const MOST_SAMPLES = 2_147_483_647;

function checkCount(count: number, path: InputPath): void {
  if (count > MOST_SAMPLES)
    throw new InputRefusal(path, 'These are more samples than are counted.', `at most ${MOST_SAMPLES}`);
}

/** A standard error that may stand: finite and from 0; else an InputRefusal. */
export function checkStandardError(value: number | null | undefined, path: InputPath): number | null {
  if (value == null) return null;
  if (!(value >= 0) || !Number.isFinite(value)) {
    throw new InputRefusal(path, 'A standard error is a finite number from 0.', 'from 0');
  }
  return value;
}

function settleCounts(
  figures: MeasurementFigures,
  path: InputPath,
): { exhibited: number; notExhibited: number } | null {
  const { exhibited, notExhibited, sampleCount } = figures;
  if (exhibited == null && notExhibited == null) return null;
  if (exhibited != null && notExhibited != null) {
    const sum = exhibited + notExhibited;
    if (sampleCount != null && sampleCount !== sum) {
      throw new InputRefusal(
        [...path, 'sampleCount'],
        `The counts do not add up: ${exhibited} + ${notExhibited} = ${sum}, not ${sampleCount}. What was not scored stands apart.`,
        String(sum),
      );
    }
    return { exhibited, notExhibited };
  }
  const given = exhibited ?? notExhibited ?? 0;
  const missing = exhibited == null ? 'exhibited' : 'notExhibited';
  if (sampleCount == null) {
    throw new InputRefusal(
      [...path, missing],
      `Give ${missing} too, or sampleCount, so that the rest is not guessed.`,
      'a whole number from 0',
    );
  }
  if (given > sampleCount) {
    throw new InputRefusal(
      [...path, 'sampleCount'],
      `${given} is more than the ${sampleCount} samples.`,
      `at least ${given}`,
    );
  }
  return exhibited == null
    ? { exhibited: sampleCount - given, notExhibited: given }
    : { exhibited: given, notExhibited: sampleCount - given };
}

function agrees(rate: number, counted: number, qualifier: Qualifier): boolean {
  if (qualifier === 'AT_MOST') return counted <= rate + 1e-9;
  if (qualifier === 'AT_LEAST') return counted >= rate - 1e-9;
  if (qualifier === 'APPROXIMATE') return Math.abs(rate - counted) <= 0.05;
  const decimals = /\.(\d+)$/.exec(String(rate))?.[1]?.length ?? 0;
  return Math.abs(rate - counted) <= Math.min(WHOLE_PERCENT, 0.5 * 10 ** -decimals) + 1e-9;
}

/** What an interval is made of. */
export interface IntervalFigures {
  rate: number | null;
  sampleCount: number | null;
  exhibited: number | null;
  standardError: number | null;
  qualifier: Qualifier;
  epochs?: number | null;
  clusters?: number | null;
  clusterError?: number | null;
  leastEffective?: number | null;
}

/**
 * The 95 % interval of a measurement. Where its samples are recorded, Wilson's with as many samples as their clusters are
 * worth; else Wilson's where the number of samples is known; from a stated standard error where it is not, or where
 * epochs repeat the samples; else none. A standard error of 0 is no certainty.
 */
export function measurementInterval(figures: IntervalFigures): Interval | null {
  const { rate, sampleCount, standardError } = figures;
  if (rate === null || figures.qualifier === 'AT_MOST' || figures.qualifier === 'AT_LEAST') return null;
  const clustered = clusteredFigures(figures);
  if (clustered !== null && clustered.clusters < clustered.n) return clusteredInterval(clustered);
  const stated = standardError !== null && standardError > 0;
  const repeated = (figures.epochs ?? 1) > 1 && clustered === null;
  if (sampleCount !== null && sampleCount > 0 && !(stated && repeated)) {
    return { ...wilsonBounds(rate, sampleCount), level: LEVEL, method: wilsonMethod(figures, repeated) };
  }
  if (!stated) return null;
  return {
    ...normalBounds(rate, standardError, true),
    level: LEVEL,
    method: 'normal approximation, from the stated standard error',
  };
}

function wilsonMethod({ exhibited }: IntervalFigures, repeated: boolean): string {
  const from =
    exhibited === null
      ? 'Wilson score, from the stated rate and number of samples'
      : 'Wilson score, from counts';
  return repeated
    ? `${from}; epochs count as independent, since it is not recorded how each sample did in them`
    : from;
}

/** The rate with its spread over clusters, where its samples were recorded with it. */
export function clusteredFigures(figures: IntervalFigures): ClusteredRate | null {
  const { rate, sampleCount, clusters, clusterError, leastEffective } = figures;
  if (rate === null || !sampleCount || clusters == null || clusterError == null || leastEffective == null)
    return null;
  return { n: sampleCount, clusters, mean: rate, standardError: clusterError, leastEffective };
}

/**
 * Between which rates the truth of the samples lies, whatever those without a verdict would have shown: unscored and
 * grader errors, as far as the source states them. What was excluded on purpose is not missing. Null without counts, and
 * where neither is stated.
 */
export function missingBounds(
  figures: Pick<SettledFigures, 'exhibited' | 'notExhibited' | 'unscored' | 'graderErrors'>,
): RateBounds | null {
  const { exhibited, notExhibited, unscored, graderErrors } = figures;
  if (exhibited === null || notExhibited === null || (unscored === null && graderErrors === null))
    return null;
  return missingDataBounds(exhibited, notExhibited, (unscored ?? 0) + (graderErrors ?? 0));
}

/** The interval of a score: only from a stated standard error, which is all that is known of its spread. */
export function scoreInterval(value: number | null, standardError: number | null): Interval | null {
  if (value === null || standardError === null || standardError <= 0) return null;
  return {
    ...normalBounds(value, standardError, false),
    level: LEVEL,
    method: 'normal approximation, from the stated standard error',
  };
}
