import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, budgetHeaders } from './budget.ts';

describe('a budget', () => {
  it('grants its quota in a window, then refuses with the time to wait, then refills steadily', () => {
    const budget = new Budget(60, 60);
    expect(budget.spend('a', 50, 0)).toMatchObject({ granted: true, left: 10, resetSeconds: 50 });
    expect(budget.spend('a', 20, 0)).toMatchObject({ granted: false, left: 10, retryAfterSeconds: 10 });
    expect(budget.spend('a', 20, 9_999).granted).toBe(false);
    expect(budget.spend('a', 20, 10_000)).toMatchObject({ granted: true, left: 0 });
  });

  it('is each one’s own, and takes back what is given back, up to the whole', () => {
    const budget = new Budget(60, 60);
    budget.spend('a', 60, 0);
    expect(budget.spend('b', 60, 0).granted).toBe(true);
    expect(budget.spend('a', -100, 0).left).toBe(60);
  });

  it('asks for the whole where more than the whole is wanted, so that nobody waits for ever', () => {
    const budget = new Budget(60, 60);
    expect(budget.spend('a', 1_000, 0)).toMatchObject({ granted: true, left: 0 });
    expect(budget.spend('a', 1_000, 30_000)).toMatchObject({ granted: false, retryAfterSeconds: 30 });
    expect(budget.spend('a', 1_000, 60_000).granted).toBe(true);
  });

  it('never grants more than its quota and what refilled meanwhile, and never goes below nothing', () => {
    const steps = fc.array(fc.record({ cost: fc.integer({ min: 0, max: 80 }), wait: fc.nat(20_000) }));
    fc.assert(
      fc.property(steps, (asked) => {
        const budget = new Budget(60, 60);
        let [now, granted] = [0, 0];
        for (const { cost, wait } of asked) {
          now += wait;
          const spent = budget.spend('a', cost, now);
          if (spent.granted) granted += Math.min(cost, 60);
          expect(spent.left).toBeGreaterThanOrEqual(0);
          expect(granted).toBeLessThanOrEqual(60 + now / 1000 + 1e-6);
        }
      }),
    );
  });

  it('keeps so many at most, and forgets the one untouched longest', () => {
    const budget = new Budget(60, 60, 2);
    budget.spend('a', 60, 0);
    budget.spend('b', 60, 0);
    budget.spend('a', 60, 0);
    budget.spend('c', 60, 0);
    expect(budget.size).toBe(2);
    expect(budget.spend('a', 60, 0).granted).toBe(false);
    expect(budget.spend('b', 60, 0).granted).toBe(true);
  });

  it('is told by the usual headers', () => {
    const budget = new Budget(60, 60);
    expect(budgetHeaders(budget.spend('a', 45, 0))).toEqual({
      'ratelimit-policy': '"rows";q=60;w=60',
      ratelimit: '"rows";r=15;t=45',
    });
    expect(budgetHeaders(budget.spend('a', 45, 0))).toMatchObject({ 'retry-after': '30' });
  });
});
