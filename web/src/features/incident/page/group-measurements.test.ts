import { describe, expect, it } from 'vitest';
import { groupComparable } from './group-measurements.ts';

const row = (rate: number | null, label: string, condition: string | null) => ({
  rate,
  condition: condition === null ? null : { name: condition },
  evalRun: { evaluationVersion: { label, evaluation: { name: 'agentic' } } },
});

describe('measurements on the page', () => {
  it('never puts different conditions or evaluation versions into one group', () => {
    const groups = groupComparable([
      row(0.8, 'v1', 'a'),
      row(0.9, 'v1', 'b'),
      row(0.7, 'v2', 'a'),
      row(0.1, 'v1', null),
    ]);
    expect(groups.map((group) => [group.evaluation, group.condition, group.rows.length])).toEqual([
      ['v1', 'a', 1],
      ['v1', 'b', 1],
      ['v2', 'a', 1],
      ['v1', null, 1],
    ]);
  });

  it('shows the highest rate first and what was not scored last, zero included before it', () => {
    const [group] = groupComparable([row(null, 'v1', 'a'), row(0, 'v1', 'a'), row(0.96, 'v1', 'a')]);
    expect(group?.rows.map((one) => one.rate)).toEqual([0.96, 0, null]);
  });
});
