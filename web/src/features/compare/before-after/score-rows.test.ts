import { describe, expect, it } from 'vitest';
import type { ComparedScoreFragment, ComparedScoresFragment } from '../../../graphql/generated/graphql.ts';
import { scoreRows } from './score-rows.ts';

const score = (id: string, sampleCount: number | null): ComparedScoreFragment => ({
  id,
  metric: 'acc',
  value: 0.5,
  standardError: sampleCount === null ? null : 0.02,
  sampleCount,
  interval: sampleCount === null ? null : { lower: 0.46, upper: 0.54, level: 0.95, method: 'normal' },
  condition: null,
  evalRun: {
    ref: `eval-run:${id}`,
    label: id,
    modelVersion: { ref: `model:${id}@1`, label: `${id}@1` },
    evaluationVersion: { label: `crows ${id}` },
  },
});
const row: ComparedScoresFragment = {
  one: score('a', 1508),
  two: score('b', null),
  comparability: { comparable: true, differences: [], unknowns: [] },
  verdict: 'CANNOT_BE_TESTED',
  untested: 'No standard error is stated for the second.',
  difference: null,
  interval: null,
  test: null,
  pValue: null,
  correctedPValue: null,
  correction: null,
  assumptions: [],
};

describe('pairs of scores as a file', () => {
  it('hold n and the interval of each side, what it was measured by, and why it is untested', () => {
    const [titles, cells] = scoreRows([row], () => null);
    expect(cells).toHaveLength(titles!.length);
    const of = Object.fromEntries(titles!.map((title, i) => [title, cells![i]]));
    expect(of).toMatchObject({
      'evaluation version before': 'crows a',
      'evaluation version after': 'crows b',
      'why untested': 'No standard error is stated for the second.',
      'samples before': 1508,
      'interval lower before': 0.46,
      'interval upper before': 0.54,
      'samples after': null,
      'interval lower after': null,
    });
  });
});
