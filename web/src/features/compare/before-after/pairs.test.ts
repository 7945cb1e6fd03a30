import { describe, expect, it } from 'vitest';
import { paths } from '../../../navigation/paths.ts';
import { newestRuns, type Pair, type RunOfEvaluation, readPairs, sharedEvaluations } from './pairs.ts';

const run = (ref: string, evaluation: string, version: string): RunOfEvaluation => ({
  ref,
  label: ref,
  evaluationVersion: {
    id: `${evaluation} ${version}`,
    label: `${evaluation} ${version}`,
    evaluation: { name: evaluation },
  },
});

describe('pairs before and after', () => {
  it('come back from the address as they were put there, and nothing else does', () => {
    const pair: Pair = { before: 'model:lab/a..b@1', after: 'model:lab/c@2', series: null };
    const older = { ...pair, series: 'v0' };
    const address = (pairs: Pair[]) =>
      new URL(paths.beforeAfter({ pairs }), 'http://web').searchParams.getAll('pair');
    expect(readPairs(address([pair, older]))).toEqual([pair, older]);
    expect(readPairs(['', 'model:a@1', 'model:a@1..source:b', 'x..model:b@1'])).toEqual([]);
    expect(readPairs(address(Array.from({ length: 30 }, () => pair)))).toHaveLength(20);
  });

  it('share the evaluations that examined both sides of one of them', () => {
    const sides = [
      [[run('a', 'crows', '1'), run('b', 'lambada', '1')], [run('c', 'crows', '2')]],
      [[run('d', 'arc', '1')], [run('e', 'arc', '1')]],
    ] as const;
    expect(sharedEvaluations(sides)).toEqual(['arc', 'crows']);
  });

  it('are told by the newest runs of one evaluation version, where one examined both', () => {
    const before = [run('new', 'crows', '2'), run('old', 'crows', '1')];
    const after = [run('after', 'crows', '1')];
    expect(newestRuns('crows', [before, after])).toMatchObject({
      one: { ref: 'old' },
      two: { ref: 'after' },
      others: 1,
    });
    const apart = newestRuns('crows', [[run('a', 'crows', '1')], [run('b', 'crows', '2')]]);
    expect(apart).toMatchObject({ one: { ref: 'a' }, two: { ref: 'b' }, others: 0 });
    expect(newestRuns('crows', [before, []])).toBeNull();
  });
});
