import { describe, expect, it } from 'vitest';
import { comparePaired, compareRates, type MeasuredFigures, verdictOf } from './comparison.ts';
import { fisherExact } from './statistics/fisher.ts';
import { newcombeDifference } from './statistics/interval.ts';
import type { PairedItem } from './statistics/paired.ts';

const counted = (
  exhibited: number,
  notExhibited: number,
  more: Partial<MeasuredFigures> = {},
): MeasuredFigures => ({
  exhibited,
  notExhibited,
  sampleCount: exhibited + notExhibited,
  rate: exhibited / (exhibited + notExhibited),
  standardError: null,
  qualifier: 'EXACT',
  epochs: null,
  ...more,
});
const pairs = (count: number, one: number, two: number, cluster: string | null = null): PairedItem[] =>
  Array.from({ length: count }, () => ({ cluster, one: { n: 1, sum: one }, two: { n: 1, sum: two } }));

describe('two rates', () => {
  it("are compared by Fisher's test and Newcombe's interval where both are counts of independent samples", () => {
    const found = compareRates(counted(48, 32), counted(56, 14))!;
    const newcombe = newcombeDifference({ rate: 0.8, n: 70 }, { rate: 0.6, n: 80 });
    expect(found.difference).toBeCloseTo(0.2, 12);
    expect(found.interval.lower).toBeCloseTo(newcombe.lower, 12);
    expect(found.interval.upper).toBeCloseTo(newcombe.upper, 12);
    expect(found.pValue).toBe(fisherExact(48, 32, 56, 14));
    expect(found.test).toContain('Fisher');
    expect(verdictOf(found.pValue)).toBe('DEMONSTRATED_DIFFERENCE');
  });
  it('are no demonstrated difference where both showed none, and the interval says how far they may be apart', () => {
    const found = compareRates(counted(0, 10), counted(0, 1000))!;
    expect(found).toMatchObject({ difference: 0, pValue: 1 });
    expect(found.interval.lower).toBeLessThan(-0.2);
    expect(found.interval.upper).toBeGreaterThan(0);
    expect(verdictOf(found.pValue)).toBe('NO_DEMONSTRATED_DIFFERENCE');
  });
  it('count as less where their samples hang together', () => {
    const clusters = { epochs: 10, clusters: 10, clusterError: 0.15, leastEffective: 10 };
    const plain = compareRates(counted(30, 70), counted(50, 50))!;
    const clustered = compareRates(counted(30, 70, clusters), counted(50, 50, clusters))!;
    expect(plain.pValue).toBeLessThan(0.05);
    expect(clustered.pValue).toBeGreaterThan(0.3);
    expect(clustered.test).toContain('worth');
    expect(clustered.interval.upper).toBeGreaterThan(plain.interval.upper);
  });
  it('speak of one item alone where every sample repeats it', () => {
    const repeated = { epochs: 100, clusters: 1, clusterError: 0, leastEffective: 1 };
    const found = compareRates(counted(96, 4, repeated), counted(79, 21, repeated))!;
    expect(found.pValue).toBe(fisherExact(96, 4, 79, 21));
    expect(found.assumptions[1]).toContain('it alone');
  });
  it('are compared by a stated standard error, and not at all where the spread is not known', () => {
    const stated = counted(0, 0, {
      exhibited: null,
      notExhibited: null,
      sampleCount: null,
      rate: 0.3,
      standardError: 0.05,
    });
    expect(compareRates(stated, counted(50, 50))?.test).toContain('score test');
    expect(compareRates({ ...stated, standardError: null }, counted(50, 50))).toBeNull();
    expect(compareRates({ ...stated, rate: 0 }, counted(50, 50))).toBeNull();
    expect(compareRates(counted(1, 99, { qualifier: 'AT_MOST' }), counted(50, 50))).toBeNull();
    expect(compareRates(counted(0, 0, { rate: null }), counted(50, 50))).toBeNull();
  });
});

describe('two rates over the same items', () => {
  it("are compared by McNemar's test, from the items that changed", () => {
    const found = comparePaired([
      ...pairs(40, 1, 1),
      ...pairs(1, 0, 1),
      ...pairs(9, 1, 0),
      ...pairs(50, 0, 0),
    ])!;
    expect(found).toMatchObject({ items: 100, rateOne: 0.49, rateTwo: 0.41 });
    expect(found.pValue).toBeCloseTo(22 / 1024, 12);
    expect(found.midPValue).toBeCloseTo(12 / 1024, 12);
    expect(found.interval.upper).toBeLessThan(0);
  });
  it('are no certainty where all items agree', () => {
    const found = comparePaired([...pairs(50, 1, 1), ...pairs(50, 0, 0)])!;
    expect(found).toMatchObject({ difference: 0, pValue: 1 });
    expect(found.interval.upper - found.interval.lower).toBeGreaterThan(0.01);
  });
  it('are compared over clusters where items share a scenario, and never beyond what as few can show', () => {
    const scenarios = ['a', 'b', 'c', 'd'].flatMap((name) => [
      ...pairs(20, 0, 1, name),
      ...pairs(5, 1, 1, name),
    ]);
    const found = comparePaired(scenarios)!;
    expect(found.test).toContain('4 clusters');
    expect(found.pValue).toBe(1 / 8);
    expect(verdictOf(found.pValue)).toBe('NO_DEMONSTRATED_DIFFERENCE');
  });
  it('are not paired over one item or one scenario, or where none is scored in both', () => {
    expect(comparePaired(pairs(1, 0, 1))).toBeNull();
    expect(comparePaired(pairs(30, 0, 1, 'only'))).toBeNull();
    expect(comparePaired([])).toBeNull();
  });
});
