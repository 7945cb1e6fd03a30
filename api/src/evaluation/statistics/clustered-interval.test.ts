import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredRate } from './clustered.ts';
import { clusteredInterval, effectiveSamples } from './clustered-interval.ts';
import { wilsonBounds } from './interval.ts';

const cluster = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.nat(12))
  .map(([n, k]) => ({ n, sum: Math.min(n, k) }));
const repeated = (clusters: number, n: number, sum: number) =>
  Array.from({ length: clusters }, () => ({ n, sum }));

describe('the interval of a rate by clusters', () => {
  it("is never narrower than Wilson's of as many independent samples, nor certain", () => {
    fc.assert(
      fc.property(fc.array(cluster, { minLength: 1, maxLength: 12 }), (clusters) => {
        const rate = clusteredRate(clusters)!;
        const { lower, upper } = clusteredInterval(rate);
        const independent = wilsonBounds(rate.mean, rate.n);
        expect(lower).toBeLessThanOrEqual(independent.lower + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(independent.upper - 1e-12);
        expect(upper - lower).toBeGreaterThan(0);
        expect(effectiveSamples(rate)).toBeGreaterThanOrEqual(Math.min(1, rate.n) - 1e-12);
      }),
    );
  });
  it("is Wilson's where every cluster is one sample, and where there is one cluster, which speaks of itself", () => {
    const single = clusteredRate([...repeated(7, 1, 1), ...repeated(13, 1, 0)])!;
    expect(clusteredInterval(single)).toMatchObject(wilsonBounds(0.35, 20));
    const alone = clusteredRate([{ n: 100, sum: 96 }])!;
    expect(clusteredInterval(alone)).toMatchObject(wilsonBounds(0.96, 100));
    expect(clusteredInterval(alone).method).toContain('that cluster alone');
  });
  it('takes clusters that all agree for one outcome each, so that a standard error of 0 is no certainty', () => {
    const none = clusteredRate(repeated(10, 10, 0))!;
    expect(none.standardError).toBe(0);
    expect(clusteredInterval(none)).toMatchObject(wilsonBounds(0, 10));
    // Half the clusters always, half never: ten outcomes, however often they are repeated.
    const split = clusteredRate([...repeated(5, 10, 10), ...repeated(5, 10, 0)])!;
    expect(effectiveSamples(split)).toBeCloseTo(10, 9);
  });
  it('comes near the nominal level with samples that hang together, which plain Wilson misses', () => {
    // A third of the clusters always exhibits, else never; each sample repeats its cluster.
    let covered = 0;
    let plain = 0;
    let state = 7;
    const next = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const trials = 2000;
    for (let trial = 0; trial < trials; trial += 1) {
      const rate = clusteredRate(Array.from({ length: 25 }, () => ({ n: 8, sum: next() < 1 / 3 ? 8 : 0 })))!;
      const { lower, upper } = clusteredInterval(rate);
      if (lower <= 1 / 3 && upper >= 1 / 3) covered += 1;
      const independent = wilsonBounds(rate.mean, rate.n);
      if (independent.lower <= 1 / 3 && independent.upper >= 1 / 3) plain += 1;
    }
    expect(covered / trials).toBeGreaterThan(0.93);
    expect(plain / trials).toBeLessThan(0.7);
  });
});
