import { describe, expect, it } from 'vitest';
import type { ComparedScoreFragment, ComparedScoresFragment } from '../../../graphql/generated/graphql.ts';
import { SIZES, WIDE } from '../../plot/sizes.ts';
import { layOutScores } from './score-layout.ts';

const score = (id: string, value: number | null, metric = 'acc', error = 0.02): ComparedScoreFragment => ({
  id,
  metric,
  value,
  standardError: error,
  sampleCount: null,
  interval:
    value === null
      ? null
      : { lower: value - 2 * error, upper: value + 2 * error, level: 0.95, method: 'normal' },
  condition: { name: '0-shot' },
  evalRun: {
    ref: `eval-run:${id}`,
    label: id,
    modelVersion: { ref: `model:${id}@1`, label: `${id}@1` },
    evaluationVersion: { label: 'crows 1' },
  },
});
const pair = (one: ComparedScoreFragment, two: ComparedScoreFragment): ComparedScoresFragment => ({
  one,
  two,
  comparability: { comparable: true, differences: [], unknowns: [] },
  verdict: 'NO_DEMONSTRATED_DIFFERENCE',
  untested: null,
  difference: 0,
  interval: { lower: -0.1, upper: 0.1, level: 0.95, method: 'normal' },
  test: null,
  pValue: 1,
  correctedPValue: 1,
  correction: null,
  assumptions: [],
});
const rows = [
  pair(score('a', 0.5), score('b', 0.6)),
  pair(score('c', 12, 'ppl'), score('d', null, 'ppl')),
  pair(score('e', 0.1), score('f', 0.9)),
];
const lay = (size = WIDE) => layOutScores(rows, ({ id }, side) => `${side} ${id}`, size);

describe('pairs of scores', () => {
  it('of one metric share an axis, and another metric has its own', () => {
    const { groups } = lay();
    expect(groups.map(({ pairs }) => pairs.length)).toEqual([2, 1]);
    expect(groups[0]!.title[0]).toBe('acc · crows 1 · 0-shot');
    const x = groups[0]!.pairs.flatMap((one) => one.rows.map((row) => row.x!));
    expect(x[2]).toBeLessThan(x[0]!);
    expect(x[0]).toBeLessThan(x[1]!);
    expect(x[1]).toBeLessThan(x[3]!);
  });

  it('of another series stand on an axis of their own', () => {
    const older = (row: ComparedScoresFragment) => (row.one.id === 'e' ? 'v0' : null);
    const { groups } = layOutScores(rows, ({ id }) => id, WIDE, older);
    expect(groups.map(({ title }) => title[0])).toEqual([
      'acc · crows 1 · 0-shot',
      'ppl · crows 1 · 0-shot',
      'v0 · acc · crows 1 · 0-shot',
    ]);
  });

  it('stand one under the other with what can be said of them above, whatever the window', () => {
    for (const size of SIZES) {
      const { groups, height, left, right } = lay(size);
      const ys = groups.flatMap((group) =>
        group.pairs.flatMap((one) => [one.saysY, ...one.rows.map((row) => row.y)]),
      );
      expect(ys).toEqual([...ys].sort((a, b) => a - b));
      expect(Math.max(...ys)).toBeLessThan(height);
      for (const row of groups.flatMap((group) => group.pairs.flatMap((one) => one.rows)))
        for (const at of [row.x, row.whisker?.lower, row.whisker?.upper])
          if (at != null) {
            expect(at).toBeGreaterThanOrEqual(left);
            expect(at).toBeLessThanOrEqual(right);
          }
    }
  });

  it('have no mark where there is no value, and say so', () => {
    const [, missing] = lay().groups[1]!.pairs[0]!.rows;
    expect([missing.x, missing.whisker, missing.figure]).toEqual([null, null, 'no value']);
  });
});
