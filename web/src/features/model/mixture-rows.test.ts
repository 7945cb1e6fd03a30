import { describe, expect, it } from 'vitest';
import { barsOf, byStage, type DiffRow, differenceText, pointsText, rowLabel } from './mixture-rows.ts';

function row(stage: DiffRow['stage'], label: string, difference: number | null, ordinal = 1): DiffRow {
  const run = { ref: `training-run:${ordinal}`, label: `run ${ordinal}` };
  return {
    stage,
    ordinal,
    fromRun: run,
    toRun: null,
    from: null,
    fromUpper: null,
    to: null,
    toUpper: null,
    difference,
    differenceLower: difference ?? -0.9,
    differenceUpper: difference ?? 0.1,
    change: 'REWEIGHTED',
    unaccounted: false,
    source: { ref: `source:${label}`, label },
    datasetVersion: null,
    contentTag: null,
    generatedBy: null,
    revisedFrom: null,
  };
}

describe('a mixture difference', () => {
  it('never mixes stages, and puts the largest change first whichever way it goes', () => {
    const stages = byStage([
      row('SFT', 'a', 0.1),
      row('PRETRAINING', 'b', 0.02),
      row('SFT', 'c', -0.4),
      row('SFT', 'd', null),
    ]);
    expect(stages.map((s) => s.stage)).toEqual(['SFT', 'PRETRAINING']);
    expect(stages[0]?.rows.map(rowLabel)).toEqual(['c', 'a', 'd']);
    expect(stages[0]?.largest).toBeCloseTo(0.4, 9);
  });

  it('puts first what may differ most, where that is not known to', () => {
    const [stage] = byStage([
      row('SFT', 'a', 0.1),
      { ...row('SFT', 'b', 0), differenceUpper: 0.4 },
      { ...row('SFT', 'c', 0.2), differenceUpper: 0.4 },
    ]);
    expect(stage!.rows.map(rowLabel)).toEqual(['c', 'b', 'a']);
  });

  it('keeps several runs of one stage apart', () => {
    const stages = byStage([
      row('MIDTRAINING', 'a', 0.1),
      row('MIDTRAINING', 'b', 0.2),
      row('MIDTRAINING', 'a', 0.3, 2),
      row('MIDTRAINING', 'c', 0.1, 2),
    ]);
    expect(stages.map((s) => [s.run, s.runs, s.rows.map(rowLabel)])).toEqual([
      [1, 2, ['b', 'a']],
      [2, 2, ['a', 'c']],
    ]);
    expect(stages.map((s) => [s.fromRun?.label, s.toRun])).toEqual([
      ['run 1', null],
      ['run 2', null],
    ]);
  });

  it('names the unaccounted part as such', () => {
    expect(rowLabel({ ...row('SFT', 'a', 0), unaccounted: true })).toBe('unaccounted');
  });

  it('has a bar for every group that differs or may, and counts those that do not or were not measured', () => {
    const [stage] = byStage([
      row('SFT', 'a', 0.1),
      row('SFT', 'b', 0),
      row('SFT', 'c', null),
      row('SFT', 'd', -0.2),
      { ...row('SFT', 'e', 0), differenceUpper: 0.4 },
    ]);
    const { bars, same, unmeasured } = barsOf(stage!);
    expect(bars.map(rowLabel)).toEqual(['e', 'd', 'a']);
    expect([same, unmeasured]).toEqual([1, 1]);
    // As far as the range goes that is drawn; what was not measured is not.
    expect(stage!.largest).toBe(0.4);
  });

  it('writes a difference as the range that it lies in', () => {
    const text = (differenceLower: number, differenceUpper: number) =>
      differenceText({ differenceLower, differenceUpper });
    expect(text(-0.2, 0.1)).toBe('−20 to +10');
    expect(text(0, 0.25)).toBe('0 to +25');
    expect(text(0.1, 0.1)).toBe('+10');
    expect(text(0.00001, 0.00002)).toBe('< +0.1');
  });

  it('never writes a change as none', () => {
    expect([0.1234, -0.00001, 0.00001, 0].map(pointsText)).toEqual(['+12.3', '> −0.1', '< +0.1', '0']);
  });
});
