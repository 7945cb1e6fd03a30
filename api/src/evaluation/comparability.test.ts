import { describe, expect, it } from 'vitest';
import { type Comparable, compare } from './comparability.ts';

const base: Comparable = {
  behavior: { id: 1n, label: 'blackmail' },
  evaluationVersion: { id: 1n, label: 'agentic-misalignment 1.0' },
  condition: { id: 1n, label: 'replacement' },
  grader: { id: 1n, label: 'classifier 1' },
};

describe('comparability', () => {
  it('holds where evaluation version, condition and grader version are the same', () => {
    expect(compare(base, { ...base })).toEqual({ comparable: true, differences: [] });
  });
  it('names each difference', () => {
    const other = { ...base, condition: null, grader: { id: 2n, label: 'classifier 2' } };
    expect(compare(base, other)).toEqual({
      comparable: false,
      differences: [
        'condition: replacement against not stated',
        'grader version: classifier 1 against classifier 2',
      ],
    });
  });
  it('does not hold between values that two versions of a rule read', () => {
    const by = (id: bigint) => ({ ...base, scoringRule: { id, label: `letters, version ${id}` } });
    expect(compare(by(1n), by(1n)).comparable).toBe(true);
    expect(compare(by(1n), by(2n)).differences).toEqual([
      'scoring rule: letters, version 1 against letters, version 2',
    ]);
    // A count from a publication states no rule.
    expect(compare(by(1n), base).comparable).toBe(true);
  });
  it('is never claimed where nobody says who judged', () => {
    const unjudged = { ...base, grader: null };
    expect(compare(unjudged, unjudged).comparable).toBe(false);
  });
});
