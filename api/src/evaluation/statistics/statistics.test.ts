import { describe, expect, it } from 'vitest';
import { fisherExact } from './fisher.ts';
import { newcombeDifference, normalBounds, wilsonBounds } from './interval.ts';

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
  it('is 1 where the samples are alike, and small where they differ wholly', () => {
    expect(fisherExact(5, 5, 5, 5)).toBe(1);
    expect(fisherExact(10, 0, 0, 10)).toBeLessThan(0.0001);
  });
});
