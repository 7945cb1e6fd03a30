import { describe, expect, it } from 'vitest';
import { fisherExact } from './fisher.ts';
import { holm } from './holm.ts';
import { newcombeDifference, normalBounds, wilsonBounds } from './interval.ts';
import { scoreTest } from './score-test.ts';

const percent = ({ lower, upper }: { lower: number; upper: number }) => [
  Math.round(lower * 1000) / 10,
  Math.round(upper * 1000) / 10,
];

describe('Wilson score interval', () => {
  it('gives the published bounds of the flagship record', () => {
    expect(percent(wilsonBounds(0.96, 100))).toEqual([90.2, 98.4]);
    expect(percent(wilsonBounds(0, 100))).toEqual([0, 3.7]);
    expect(percent(wilsonBounds(59 / 107, 107))).toEqual([45.7, 64.2]);
    expect(percent(wilsonBounds(21 / 324, 324))).toEqual([4.3, 9.7]);
  });
  it('never claims certainty at 0 and 1, and stays within them', () => {
    for (const n of [1, 2, 10, 1000]) {
      expect(wilsonBounds(0, n)).toMatchObject({ lower: 0 });
      expect(wilsonBounds(0, n).upper).toBeGreaterThan(0);
      expect(wilsonBounds(1, n).upper).toBe(1);
      expect(wilsonBounds(1, n).lower).toBeLessThan(1);
    }
  });
});

describe('difference of two rates', () => {
  it("reproduces Newcombe's first example: 56/70 against 48/80", () => {
    const { difference, lower, upper } = newcombeDifference(
      { rate: 56 / 70, n: 70 },
      { rate: 48 / 80, n: 80 },
    );
    expect(difference).toBeCloseTo(0.2, 10);
    expect(lower).toBeCloseTo(0.0524, 4);
    expect(upper).toBeCloseTo(0.3339, 4);
  });
});

describe('normal interval', () => {
  it('cuts a rate at 0 and 1 and leaves another metric as it is', () => {
    expect(normalBounds(0.99, 0.02, true).upper).toBe(1);
    expect(normalBounds(12, 1, false).upper).toBeCloseTo(13.96, 2);
  });
});

describe("Fisher's exact test", () => {
  it('gives the p values of the port to another framework', () => {
    expect(fisherExact(96, 4, 9, 1)).toBeCloseTo(0.38, 2);
    expect(fisherExact(79, 21, 10, 0)).toBeCloseTo(0.2, 2);
    expect(fisherExact(15, 85, 3, 7)).toBeCloseTo(0.21, 2);
  });
  it.each([
    [[3, 1, 1, 3], 0.4857142857142857],
    [[8, 2, 1, 5], 0.03496503496503497],
    [[0, 5, 5, 0], 0.007936507936507936],
    [[12, 5, 29, 2], 0.08026855207410465],
    [[200, 100, 150, 150], 4.75385213928901e-5],
    [[10, 0, 4, 6], 0.010835913312693499],
  ] as const)('is for %j what exact fractions give (the tea, of Fisher 1935, first)', ([a, b, c, d], p) => {
    expect(Math.abs(fisherExact(a, b, c, d) - p)).toBeLessThan(1e-9);
  });
  it('is 1 where the samples are alike, and small where they differ wholly', () => {
    expect(fisherExact(5, 5, 5, 5)).toBe(1);
    expect(fisherExact(10, 0, 0, 10)).toBeLessThan(0.0001);
  });
  it('takes counts of any size, and tends to the score test as they grow', () => {
    const half = 2 ** 30;
    for (const more of [0, 40_000, 120_000]) {
      const rates = [
        { rate: 0.5, n: 2 * half },
        { rate: (half + more) / (2 * half), n: 2 * half },
      ] as const;
      const p = fisherExact(half, half, half + more, half - more);
      expect(Math.abs(p - scoreTest(...rates))).toBeLessThan(1e-4);
    }
    // 3 of 2 thousand million against none of as many: 2 · (1/2)³, with the margins all but free.
    expect(fisherExact(3, 2 * half, 0, 2 * half)).toBeCloseTo(0.25, 6);
    expect(fisherExact(2_000_000_000, 0, 0, 2_000_000_000)).toBe(0);
  });
});

describe("Holm's correction", () => {
  it('multiplies the least p by how many there are, the next by one less, and keeps their order', () => {
    expect(holm([0.04, 0.01, 0.03, 0.005]).map((p) => Number(p.toFixed(9)))).toEqual([
      0.06, 0.03, 0.06, 0.02,
    ]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});
