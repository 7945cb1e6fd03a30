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
  it('is never claimed where nobody says who judged', () => {
    const unjudged = { ...base, grader: null };
    expect(compare(unjudged, unjudged).comparable).toBe(false);
  });
});
