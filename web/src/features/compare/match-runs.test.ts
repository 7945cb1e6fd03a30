import { describe, expect, it } from 'vitest';
import { matchRuns } from './match-runs.ts';

const run = (id: string, version: string) => ({
  id,
  ref: `eval-run:${id}`,
  label: id,
  evaluationVersion: { id: version, label: `trial ${version}` },
});

describe('the runs of two model versions', () => {
  it('are matched by evaluation version alone, every one with every other', () => {
    const matched = matchRuns(
      [run('a', '1'), run('b', '1'), run('c', '2')],
      [run('x', '1'), run('y', '3')],
      10,
    );
    expect(matched.pairs.map(({ one, two }) => one.id + two.id)).toEqual(['ax', 'bx']);
    expect(matched).toMatchObject({ onlyOne: ['trial 2'], onlyTwo: ['trial 3'], left: 0 });
  });

  it('are never matched with themselves, and say how many pairs are left out', () => {
    expect(matchRuns([run('a', '1')], [run('a', '1')], 10).pairs).toEqual([]);
    const many = Array.from({ length: 4 }, (_, index) => run(`r${index}`, '1'));
    expect(matchRuns(many, [run('x', '1')], 3)).toMatchObject({ left: 1 });
  });
});
