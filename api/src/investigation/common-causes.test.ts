import { describe, expect, it } from 'vitest';
import { type ExposureRanges, groupKey } from '../lineage/exposure-range.ts';
import { commonCauses } from './common-causes.ts';

type Shares = Record<number, number | [number, number]>;

/** A model version exposed to sources by their numbers; what is not named may be as much as `elsewhere`. */
function exposed(shares: Shares, elsewhere = 0): ExposureRanges {
  const groups = new Map(
    Object.entries(shares).map(([source, share]) => {
      const [least, most] = typeof share === 'number' ? [share, share] : share;
      const group = BigInt(source);
      return [groupKey('SOURCE', group), { groupKind: 'SOURCE' as const, group, least, most }];
    }),
  );
  return { groups, elsewhere };
}

const times = (n: number, shares: Shares, elsewhere = 0) =>
  Array.from({ length: n }, () => exposed(shares, elsewhere));
const found = (cases: ExposureRanges[], others: ExposureRanges[], threshold = 0.001) =>
  commonCauses([{ cases, others }], threshold);

describe('common causes', () => {
  it('are what the cases share and the others lack: the lift, the counts, and p as Fisher and Holm have it', () => {
    const { causes, tested } = found(
      [...times(8, { 1: 0.5, 2: 0.1 }), ...times(2, { 2: 0.1 })],
      [...times(1, { 1: 0.5, 2: 0.1 }), ...times(5, { 2: 0.1 })],
    );
    expect(tested).toBe(1);
    expect(causes[0]).toMatchObject({
      group: 1n,
      state: 'MORE_EXPOSED',
      cases: { exposed: 8, notExposed: 2, unknown: 0 },
      others: { exposed: 1, notExposed: 5, unknown: 0 },
    });
    expect(causes[0]!.lift).toBeCloseTo(0.8 / (1 / 6), 12);
    expect(causes[0]!.pValue).toBeCloseTo(0.03496503496503497, 9);
    expect(causes[0]!.correctedPValue).toBeCloseTo(0.03496503496503497, 9);
    // What all are exposed to cannot tell them apart, however many they are.
    expect(causes[1]).toMatchObject({ group: 2n, state: 'TOO_FEW_TO_SAY', lift: 1, correctedPValue: null });
  });

  it('are corrected for all that could be told, what only the others have included', () => {
    const { causes, tested } = found(times(5, { 1: 1 }), times(5, { 2: 1, 3: 1 }));
    expect(tested).toBe(3);
    expect(causes.map(({ group }) => group)).toEqual([1n]);
    expect(causes[0]!.pValue).toBeCloseTo(0.007936507936507936, 9);
    expect(causes[0]!.correctedPValue).toBeCloseTo(3 * 0.007936507936507936, 9);
  });

  it('are too few to say of where even the sharpest division would not tell', () => {
    expect(found(times(3, { 1: 1 }), times(3, {})).causes).toMatchObject([
      { state: 'TOO_FEW_TO_SAY', lift: null, correctedPValue: null },
    ]);
    expect(found(times(4, { 1: 1 }), times(4, {})).causes).toMatchObject([
      { state: 'MORE_EXPOSED', lift: null },
    ]);
    expect(found(times(40, { 1: 1 }), []).causes).toMatchObject([{ state: 'TOO_FEW_TO_SAY', pValue: 1 }]);
  });

  it('count a range that holds the threshold on neither side, and say how many there are', () => {
    const [cause] = found(
      [...times(3, { 1: [0.2, 0.4] }), ...times(2, { 1: [0, 0.4] })],
      [...times(4, {}, 0.2), ...times(6, {}, 0.001)],
    ).causes;
    expect(cause).toMatchObject({
      cases: { exposed: 3, notExposed: 0, unknown: 2 },
      others: { exposed: 0, notExposed: 6, unknown: 4 },
    });
  });

  it('need more than the threshold', () => {
    expect(found(times(1, { 1: 0.01 }), times(1, {}), 0.01).causes).toEqual([]);
    expect(found(times(1, { 1: 0.011 }), times(1, {}), 0.01).causes).toHaveLength(1);
  });

  it('say so where the cases are exposed less often, or no differently', () => {
    const less = found([...times(1, { 1: 1 }), ...times(9, {})], times(10, { 1: 1 })).causes;
    expect(less).toMatchObject([{ state: 'LESS_EXPOSED' }]);
    const alike = found(
      [...times(5, { 1: 1 }), ...times(5, {})],
      [...times(4, { 1: 1 }), ...times(6, {})],
    ).causes;
    expect(alike).toMatchObject([{ state: 'NOT_DISTINGUISHED' }]);
  });

  it('stand in the order of what can be told, then of lift', () => {
    const cases = [...times(6, { 1: 1, 2: 1, 3: 1 }), exposed({ 4: 1, 3: 1 })];
    const others = [...times(7, { 3: 1 }), ...times(1, { 1: 1 })];
    expect(found(cases, others).causes.map(({ group }) => group)).toEqual([2n, 1n, 4n, 3n]);
  });
});
