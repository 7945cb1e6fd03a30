import { describe, expect, it } from 'vitest';
import { type Statement, weigh } from './weights.ts';

const input = (amount: number | null, amountUnit: 'TOKENS' | 'ROWS' | null = null, rows = 0, tokens = 0) => ({
  amount,
  amountUnit,
  counts: [
    { unit: 'ROWS' as const, value: rows },
    { unit: 'TOKENS' as const, value: tokens },
  ],
});

const fractions = (amounts: (number | null)[], over: Partial<Statement> = {}): Statement => ({
  unit: 'FRACTION',
  basis: 'CONTRIBUTED',
  total: null,
  complete: false,
  between: 'NOTHING',
  inputs: amounts.map((amount) => input(amount)),
  ...over,
});
const tokens = (amounts: (number | null)[], over: Partial<Statement> = {}) =>
  fractions(amounts, { unit: 'TOKENS', ...over });

describe('weights inside one composition', () => {
  it('are the amounts, where those are fractions', () => {
    const found = weigh(fractions([0.5, 0.3]));
    expect([...found.weights]).toEqual([0.5, 0.3]);
    expect(found.unaccounted).toBeCloseTo(0.2, 12);
    expect(found.reason).toBe('NOT_RECORDED');
  });

  it('are amounts over the total, or over their sum only if they are declared complete', () => {
    expect([...weigh(tokens([20, 30], { total: 100 })).weights]).toEqual([0.2, 0.3]);
    expect([...weigh(tokens([20, 30], { complete: true })).weights]).toEqual([0.4, 0.6]);
    const unknown = weigh(tokens([20, 30]));
    expect([...unknown.weights]).toEqual([Number.NaN, Number.NaN]);
    expect(unknown).toMatchObject({ unaccounted: 1, reason: 'AMOUNT_UNKNOWN' });
  });

  it('do not come from a sum that one unknown amount leaves open', () => {
    expect([...weigh(tokens([20, null], { complete: true })).weights]).toEqual([Number.NaN, Number.NaN]);
    const known = weigh(tokens([20, null], { complete: true, total: 100 }));
    expect(known.weights[0]).toBe(0.2);
    expect(known).toMatchObject({ unaccounted: 0.8, reason: 'AMOUNT_UNKNOWN' });
  });

  it('are 1 for a sole complete input without an amount, and unknown for a sole input that may not be all', () => {
    expect([...weigh(tokens([null], { complete: true })).weights]).toEqual([1]);
    expect(weigh(tokens([null]))).toMatchObject({ unaccounted: 1, reason: 'AMOUNT_UNKNOWN' });
  });

  it('come from what was read only if proportions are preserved, or all of it was one input', () => {
    const read = { basis: 'READ', complete: true } as const;
    expect([...weigh(tokens([20, 30], { ...read, between: 'PRESERVES' })).weights]).toEqual([0.4, 0.6]);
    expect(weigh(tokens([20, 30], { ...read, between: 'CHANGES' }))).toMatchObject({
      unaccounted: 1,
      reason: 'PROPORTIONS_CHANGED',
    });
    expect([...weigh(tokens([20], { ...read, total: 100, between: 'CHANGES' })).weights]).toEqual([1]);
  });

  it('convert whole versions in whole epochs, and never a part', () => {
    const rows = (amount: number) =>
      weigh({ ...tokens([]), total: 4_000_000, inputs: [input(amount, 'ROWS', 50_000, 1_000_000)] });
    expect(rows(50_000).weights[0]).toBe(0.25);
    expect(rows(100_000).weights[0]).toBe(0.5);
    expect(rows(10_000)).toMatchObject({ unaccounted: 1, reason: 'UNIT_NOT_CONVERTIBLE' });
    expect(rows(75_000)).toMatchObject({ unaccounted: 1, reason: 'UNIT_NOT_CONVERTIBLE' });
  });

  it('do not convert by counts that contradict each other', () => {
    const both = { ...input(10, 'ROWS', 10, 100) };
    const counts = [...both.counts, { unit: 'TOKENS' as const, value: 101 }];
    const found = weigh({ ...tokens([]), total: 200, inputs: [{ ...both, counts }] });
    expect(found.reason).toBe('UNIT_NOT_CONVERTIBLE');
    const rows = [...both.counts, { unit: 'ROWS' as const, value: 11 }];
    const other = weigh({ ...tokens([]), total: 200, inputs: [{ ...both, counts: rows }] });
    expect(other.reason).toBe('UNIT_NOT_CONVERTIBLE');
  });

  it('are scaled to 1, and say so, where 61 rounded sources add up to 1.0000006', () => {
    const amounts = Array.from({ length: 61 }, (_, i) => (i === 60 ? 0.4000006 : 0.01));
    const found = weigh(fractions(amounts, { complete: true }));
    expect(found.scaledFrom).toBeCloseTo(1.0000006, 9);
    expect(found.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(found.unaccounted).toBe(0);
  });

  it('are none of them relied on where amounts exceed the whole by more than rounding', () => {
    expect(weigh(fractions([0.6, 0.401])).contradicts).toBe(false);
    const found = weigh(fractions([0.6, 0.4011]));
    expect(found).toMatchObject({ contradicts: true, unaccounted: 1, reason: 'AMOUNT_UNKNOWN' });
  });
});
