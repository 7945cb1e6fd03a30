import { describe, expect, it } from 'vitest';
import { groupMeasurements } from './group-measurements.ts';

const row = (of: {
  rate?: number | null;
  version?: string;
  condition?: string | null;
  behavior?: string;
  grader?: string | null;
}) => {
  const { rate = 0.5, version = 'v1', condition = 'a', behavior = 'blackmail', grader = '1' } = of;
  return {
    rate,
    behavior: { name: behavior, title: behavior },
    condition: condition === null ? null : { id: `${version} ${condition}`, name: condition },
    grader: grader === null ? null : { id: grader, name: 'judge', version: grader },
    evalRun: { evaluationVersion: { id: version, label: version, evaluation: { name: 'agentic' } } },
  };
};

describe('measurements on the page', () => {
  it('never puts different evaluation versions, conditions, behaviours or graders into one group', () => {
    const one = row({});
    for (const other of [
      row({ version: 'v2' }),
      row({ condition: 'b' }),
      row({ condition: null }),
      row({ behavior: 'sabotage' }),
      row({ grader: '2' }),
      row({ grader: null }),
    ])
      expect(groupMeasurements([one, other, row({ rate: 0.1 })]).map(({ rows }) => rows.length)).toEqual([
        2, 1,
      ]);
  });

  it('names what each group has in common, and where the grader is not known', () => {
    const groups = groupMeasurements([row({}), row({ grader: null })]);
    expect(
      groups.map(({ behavior, evaluation, condition, grader }) => [behavior, evaluation, condition, grader]),
    ).toEqual([
      ['blackmail', 'v1', 'a', 'judge 1'],
      ['blackmail', 'v1', 'a', null],
    ]);
  });

  it('shows the highest rate first and what was not scored last, zero included before it', () => {
    const [group] = groupMeasurements([row({ rate: null }), row({ rate: 0 }), row({ rate: 0.96 })]);
    expect(group?.rows.map((one) => one.rate)).toEqual([0.96, 0, null]);
  });
});
