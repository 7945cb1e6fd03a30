import type { CountClaim } from './graph.ts';
import type { AmountBasis, AmountUnit, UnaccountedReason } from './kinds.ts';

/** Published shares are rounded: a sum this much above 1 is scaled back to 1, more is refused. */
export const SUM_TOLERANCE = 0.001;
/** What is left of floating-point arithmetic, and not of anybody's statement. */
const FLOAT_NOISE = 1e-12;
const WHOLE_EPOCH_TOLERANCE = 1e-9;

export interface WeighedInput {
  readonly amount: number | null;
  /** Null: the unit of the statement. */
  readonly amountUnit: AmountUnit | null;
  readonly counts: readonly CountClaim[];
}

/** What one party says that one thing was made of. */
export interface Statement {
  readonly unit: AmountUnit;
  readonly basis: AmountBasis;
  readonly total: number | null;
  /** As the viewer may rely on it: false where an input is hidden. */
  readonly complete: boolean;
  /** What stands between inputs and output: PRESERVES their proportions, CHANGES them, or no transformation. */
  readonly between: 'PRESERVES' | 'CHANGES' | 'NOTHING';
  readonly inputs: readonly WeighedInput[];
}

export interface Weighing {
  /** One for each input, in order; NaN where unknown. */
  readonly weights: Float64Array;
  /** 1 − the sum of the known weights. */
  readonly unaccounted: number;
  readonly reason: UnaccountedReason | null;
  /** The sum before it was scaled to 1; null where it was not. */
  readonly scaledFrom: number | null;
  /** The amounts add up to more than the whole: none of them can be relied on. */
  readonly contradicts: boolean;
}

/**
 * An amount in another unit, where it is a whole version counted in both units; else null. Counts that contradict each
 * other convert nothing, be it in the unit of the amount or in the other.
 */
export function convertWhole(
  amount: number,
  from: AmountUnit,
  to: AmountUnit,
  counts: readonly CountClaim[],
): number | null {
  if (from === to) return amount;
  if (from === 'FRACTION' || to === 'FRACTION') return null;
  const [counted, ...contradicting] = distinct(counts, from);
  const wholes = distinct(counts, to);
  if (counted === undefined || contradicting.length > 0 || wholes.length !== 1) return null;
  const epochs = amount / counted;
  const whole = epochs > 0.5 && Math.abs(epochs - Math.round(epochs)) <= WHOLE_EPOCH_TOLERANCE * epochs;
  return whole ? Math.round(epochs) * wholes[0]! : null;
}

function distinct(counts: readonly CountClaim[], unit: AmountUnit): number[] {
  return [...new Set(counts.filter((c) => c.unit === unit && c.value > 0).map((c) => c.value))];
}

/** The weight of every input of one statement, and what remains unaccounted, by the rules of docs/lineage.md. */
export function weigh(statement: Statement): Weighing {
  const { inputs } = statement;
  const weights = new Float64Array(inputs.length).fill(Number.NaN);
  const soleComplete = inputs.length === 1 && statement.complete;
  const readOnly = statement.basis === 'READ' && statement.between !== 'PRESERVES';
  if (soleComplete && (readOnly || inputs[0]!.amount === null)) {
    weights[0] = 1;
    return accounted(weights, null);
  }
  if (readOnly) {
    return accounted(weights, statement.between === 'CHANGES' ? 'PROPORTIONS_CHANGED' : 'AMOUNT_UNKNOWN');
  }
  if (soleComplete && statement.unit !== 'FRACTION' && statement.total === null && inputs[0]!.amount! > 0) {
    weights[0] = 1;
    return accounted(weights, null);
  }
  const amounts = inputs.map((input) => amountIn(statement.unit, input));
  const whole = wholeOf(statement, amounts);
  if (whole !== null && whole > 0) {
    amounts.forEach((amount, i) => {
      if (typeof amount === 'number') weights[i] = amount / whole;
    });
  }
  const unconvertible = amounts.includes('UNIT_NOT_CONVERTIBLE');
  return accounted(weights, unconvertible ? 'UNIT_NOT_CONVERTIBLE' : 'AMOUNT_UNKNOWN');
}

function amountIn(unit: AmountUnit, input: WeighedInput): number | 'AMOUNT_UNKNOWN' | 'UNIT_NOT_CONVERTIBLE' {
  if (input.amount === null || !Number.isFinite(input.amount) || input.amount < 0) return 'AMOUNT_UNKNOWN';
  if (input.amount === 0) return 0;
  return convertWhole(input.amount, input.amountUnit ?? unit, unit, input.counts) ?? 'UNIT_NOT_CONVERTIBLE';
}

function wholeOf(statement: Statement, amounts: readonly (number | string)[]): number | null {
  if (statement.unit === 'FRACTION') return 1;
  if (statement.total !== null) return statement.total;
  if (!statement.complete) return null;
  let sum = 0;
  for (const amount of amounts) {
    if (typeof amount !== 'number') return null;
    sum += amount;
  }
  return sum;
}

function accounted(weights: Float64Array, whyUnknown: UnaccountedReason | null): Weighing {
  let sum = 0;
  let unknown = false;
  for (const weight of weights) {
    if (Number.isNaN(weight)) unknown = true;
    else sum += weight;
  }
  if (sum > 1 + SUM_TOLERANCE + FLOAT_NOISE) {
    const none = new Float64Array(weights.length).fill(Number.NaN);
    return { weights: none, unaccounted: 1, reason: 'AMOUNT_UNKNOWN', scaledFrom: null, contradicts: true };
  }
  if (sum > 1) {
    for (let i = 0; i < weights.length; i++) weights[i]! /= sum;
    const scaledFrom = sum > 1 + FLOAT_NOISE ? sum : null;
    return { weights, unaccounted: 0, reason: null, scaledFrom, contradicts: false };
  }
  const rest = 1 - sum;
  const unaccounted = rest < FLOAT_NOISE ? 0 : rest;
  const reason = unaccounted === 0 ? null : unknown ? (whyUnknown ?? 'AMOUNT_UNKNOWN') : 'NOT_RECORDED';
  return { weights, unaccounted, reason, scaledFrom: null, contradicts: false };
}
