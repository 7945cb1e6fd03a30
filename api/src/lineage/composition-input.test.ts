import { describe, expect, it } from 'vitest';
import { compositionProblems, type DraftComposition, type DraftInput } from './composition-input.ts';

const draft = (inputs: Partial<DraftInput>[], over: Partial<DraftComposition> = {}): DraftComposition => ({
  unit: 'FRACTION',
  basis: 'CONTRIBUTED',
  total: null,
  complete: false,
  inputs: inputs.map((input, i) => ({ of: `source:${i}`, amount: null, epochs: null, ...input })),
  ...over,
});
const found = (composition: DraftComposition) =>
  compositionProblems(composition).map(({ code, path }) => [code, path.join('.')]);

describe('a composition to be recorded', () => {
  it('is accepted with rounded fractions, without amounts, and with none declared', () => {
    expect(found(draft([{ amount: 0.6 }, { amount: 0.4000006 }]))).toEqual([]);
    expect(found(draft([{}, {}]))).toEqual([]);
    expect(found(draft([], { complete: true }))).toEqual([]);
  });

  it('is refused where fractions add up to more than rounding explains, naming the inputs', () => {
    const [only] = compositionProblems(draft([{ amount: 0.6 }, { amount: 0.5 }]));
    expect(only).toMatchObject({ code: 'SUM_ABOVE_ONE', path: ['inputs'] });
    expect(only!.message).toContain('1.1');
  });

  it.each([
    [{ amount: -1 }, 'NEGATIVE', 'inputs.1.amount'],
    [{ amount: Number.NaN }, 'NOT_FINITE', 'inputs.1.amount'],
    [{ amount: Number.POSITIVE_INFINITY }, 'NOT_FINITE', 'inputs.1.amount'],
    [{ epochs: 0 }, 'NOT_POSITIVE', 'inputs.1.epochs'],
    [{ of: 'source:0' }, 'DUPLICATE', 'inputs.1.of'],
    [{ amount: 0.5, unit: 'FRACTION' as const }, 'UNIT_MISMATCH', 'inputs.1.unit'],
  ])('is refused for an input %o', (input, code, path) => {
    expect(found(draft([{}, input], { unit: 'TOKENS' }))).toEqual([[code, path]]);
  });

  it('is refused where the total is less than the inputs, converted ones included', () => {
    const counts = [
      { unit: 'ROWS' as const, value: 10 },
      { unit: 'TOKENS' as const, value: 60 },
    ];
    const inputs = [{ amount: 50 }, { amount: 10, unit: 'ROWS' as const, counts }];
    expect(found(draft(inputs, { unit: 'TOKENS', total: 110 }))).toEqual([]);
    expect(found(draft(inputs, { unit: 'TOKENS', total: 109 }))).toEqual([['TOTAL_BELOW_SUM', 'total']]);
  });

  it('is refused for a total that is no number above zero, or is of fractions and not 1', () => {
    expect(found(draft([{ amount: 1 }], { unit: 'TOKENS', total: 0 }))).toEqual([['NOT_POSITIVE', 'total']]);
    expect(found(draft([{ amount: 1 }], { unit: 'TOKENS', total: Number.NaN }))).toEqual([
      ['NOT_FINITE', 'total'],
    ]);
    expect(found(draft([{ amount: 1 }], { total: 100 }))).toEqual([['UNIT_MISMATCH', 'total']]);
  });
});
