// What a before and an after honestly say of an intervention.
import type { Comparability } from '../evaluation/comparability.ts';
import { compareRates, type MeasuredFigures, type Tested } from '../evaluation/comparison.ts';
import type { Qualifier } from '../evaluation/measurement.ts';
import { fisherExact } from '../evaluation/statistics/fisher.ts';
import { type Interval, LEVEL, newcombeDifference } from '../evaluation/statistics/interval.ts';

export interface Side {
  kind: 'measurement' | 'result';
  value: number | null;
  unit: string | null;
  qualifier: Qualifier;
  sampleCount: number | null;
  exhibited: number | null;
  /** All that is known of the spread of a measurement. */
  figures?: MeasuredFigures;
  /** Whether it was taken back since it was set against the other. */
  retracted?: boolean;
}

export interface Verdict {
  before: number | null;
  after: number | null;
  /** After minus before. */
  difference: number | null;
  differenceInterval: Interval | null;
  verdict: string;
}

type Alike = Pick<Comparability, 'comparable' | 'differences'> | null;

/**
 * Compares two sides. An interval of the difference only for two comparable measurements with known numbers of
 * samples, taken as independent; anything else says what is missing, or was taken back.
 */
export function judge(before: Side | null, after: Side | null, comparability: Alike): Verdict {
  const found = judgeFigures(before, after, comparability);
  const gone = Object.entries({ before, after }).flatMap(([name, side]) => (side?.retracted ? [name] : []));
  if (gone.length === 0) return found;
  return { ...found, verdict: `${found.verdict}; what was measured ${gone.join(' and ')} was taken back` };
}

function judgeFigures(before: Side | null, after: Side | null, comparability: Alike): Verdict {
  const plain = {
    before: before?.value ?? null,
    after: after?.value ?? null,
    difference: null,
    differenceInterval: null,
  };
  const none = (verdict: string): Verdict => ({ ...plain, verdict });
  if (before === null && after === null) return none('neither before nor after is recorded, or visible');
  if (before === null) return none('what was measured before is not recorded, or not visible');
  if (after === null) return none('what was measured after is not recorded, or not visible');
  if (before.kind !== after.kind) return none('not comparable: a measurement against a reported result');
  if (before.value === null || after.value === null) return none('one of the two has no value');
  if (before.unit !== after.unit)
    return none(`not comparable: ${before.unit ?? 'no unit'} against ${after.unit ?? 'no unit'}`);
  const difference = after.value - before.value;
  const told = (verdict: string): Verdict => ({ ...plain, difference, verdict });
  if (comparability !== null && !comparability.comparable)
    return told(`not comparable: ${comparability.differences.join('; ')}`);
  if (isBound(before.qualifier) || isBound(after.qualifier))
    return told('one of the two is only a bound: no interval for the difference');
  if (before.kind === 'result') return told('as reported; n not stated, so no interval for the difference');
  if (!before.sampleCount || !after.sampleCount) return told('n not stated: no interval for the difference');
  const hanging = clusteredDifference(before, after);
  const differenceInterval = hanging?.interval ?? newcombeInterval(before, after);
  const { lower, upper } = differenceInterval;
  const range = `95 % interval ${points(lower)} to ${points(upper)} points`;
  const p = hanging === null ? exactTest(before, after) : hanging.pValue;
  const test = hanging === null ? 'Fisher' : 'score test';
  const withTest = p === null ? range : `${range}, ${test} p ${p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`}`;
  const verdict =
    lower <= 0 && upper >= 0
      ? `no demonstrated difference (${withTest})`
      : `${difference < 0 ? 'lower' : 'higher'} after by ${points(Math.abs(difference)).replace('+', '')} points (${withTest})`;
  return { ...plain, difference, differenceInterval, verdict };
}

function newcombeInterval(before: Side, after: Side): Interval {
  const { lower, upper } = newcombeDifference(
    { rate: after.value ?? 0, n: after.sampleCount ?? 0 },
    { rate: before.value ?? 0, n: before.sampleCount ?? 0 },
  );
  const method = "Newcombe's score interval for the difference of two independent rates";
  return { lower, upper, level: LEVEL, method };
}

/** Where samples of either hang together, they are worth fewer independent ones. */
function clusteredDifference(before: Side, after: Side): Tested | null {
  if (before.figures === undefined || after.figures === undefined) return null;
  const found = compareRates(before.figures, after.figures);
  return found === null || found.exact ? null : found;
}

function isBound(qualifier: Qualifier): boolean {
  return qualifier === 'AT_MOST' || qualifier === 'AT_LEAST';
}

function points(fraction: number): string {
  const rounded = Math.round(fraction * 1000) / 10;
  return rounded > 0 ? `+${rounded}` : String(rounded === 0 ? 0 : rounded);
}

function exactTest(before: Side, after: Side): number | null {
  if (before.exhibited === null || after.exhibited === null) return null;
  if (before.sampleCount === null || after.sampleCount === null) return null;
  return fisherExact(
    before.exhibited,
    before.sampleCount - before.exhibited,
    after.exhibited,
    after.sampleCount - after.exhibited,
  );
}
