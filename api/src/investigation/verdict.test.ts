import { describe, expect, it } from 'vitest';
import { judge, type Side } from './verdict.ts';

const measured = (exhibited: number, sampleCount: number): Side => ({
  kind: 'measurement',
  value: exhibited / sampleCount,
  unit: null,
  qualifier: 'EXACT',
  sampleCount,
  exhibited,
});
const reported = (value: number, unit = '%'): Side => ({
  kind: 'result',
  value,
  unit,
  qualifier: 'EXACT',
  sampleCount: null,
  exhibited: null,
});
const comparable = { comparable: true, differences: [] };

describe('the verdict on a before and an after', () => {
  it('finds no demonstrated difference where the interval covers 0', () => {
    const { verdict, differenceInterval } = judge(measured(96, 100), measured(9, 10), comparable);
    expect(verdict).toMatch(/^no demonstrated difference/);
    expect(differenceInterval!.lower).toBeLessThan(0);
    expect(differenceInterval!.upper).toBeGreaterThan(0);
  });
  it('counts samples that hang together as what they are worth', () => {
    const repeated = (exhibited: number): Side => ({
      ...measured(exhibited, 100),
      figures: {
        ...{ exhibited, notExhibited: 100 - exhibited, sampleCount: 100, rate: exhibited / 100 },
        ...{ standardError: null, qualifier: 'EXACT', epochs: 10 },
        ...{ clusters: 10, clusterError: 0.15, leastEffective: 10 },
      },
    });
    expect(judge(measured(30, 100), measured(50, 100), comparable).verdict).toMatch(/^higher after by 20/);
    const { verdict, differenceInterval } = judge(repeated(30), repeated(50), comparable);
    expect(verdict).toMatch(/^no demonstrated difference .*score test p = /);
    expect(differenceInterval!.method).toContain('10 clusters');
  });
  it('says which way and by how much where it does not', () => {
    const { verdict, difference, differenceInterval } = judge(
      measured(65, 100),
      measured(19, 100),
      comparable,
    );
    expect(difference).toBeCloseTo(-0.46, 10);
    expect(verdict).toMatch(/^lower after by 46 points .*Fisher p < 0.001/);
    expect(differenceInterval!.upper).toBeLessThan(0);
  });
  it('gives no interval where the two are not comparable, and says what differs', () => {
    const differing = { comparable: false, differences: ['condition: a against b'] };
    expect(judge(measured(65, 100), measured(19, 100), differing)).toMatchObject({
      differenceInterval: null,
      verdict: 'not comparable: condition: a against b',
    });
  });
  it('gives no interval where n is not stated, for a bound, or for reported results', () => {
    const noCount = { ...measured(22, 100), sampleCount: null, exhibited: null };
    expect(judge(noCount, measured(3, 100), comparable).verdict).toMatch(/^n not stated/);
    const bound = { ...measured(1, 100), qualifier: 'AT_MOST' as const };
    expect(judge(measured(22, 100), bound, comparable).verdict).toMatch(/only a bound/);
    expect(judge(reported(22), reported(15), null)).toMatchObject({
      difference: -7,
      differenceInterval: null,
    });
  });
  it('takes no difference of unlike things', () => {
    expect(judge(measured(1, 2), reported(15), null)).toMatchObject({ difference: null });
    expect(judge(reported(22), reported(1.3, 'times'), null)).toMatchObject({ difference: null });
    expect(judge(null, reported(15), null)).toMatchObject({ difference: null, after: 15 });
  });
  it('says which of the two was taken back, whatever it found', () => {
    const gone = (of: Side): Side => ({ ...of, retracted: true });
    const one = judge(gone(measured(30, 100)), measured(50, 100), comparable);
    expect(one).toMatchObject({
      difference: 0.2,
      verdict: expect.stringMatching(/^higher after .*; what was measured before was taken back$/),
    });
    expect(judge(gone(measured(1, 9)), gone(measured(1, 9)), null).verdict).toMatch(
      /; what was measured before and after was taken back$/,
    );
    expect(judge(null, gone(measured(1, 9)), null).verdict).toMatch(
      /; what was measured after was taken back$/,
    );
  });
});
