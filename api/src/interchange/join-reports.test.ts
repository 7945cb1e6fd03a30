import { describe, expect, it } from 'vitest';
import { MOST_ENTRIES } from './cut-report.ts';
import { type LostField, NO_REPORT } from './import.ts';
import { joinReports } from './join-reports.ts';

const lost = (field: string, more: Partial<LostField> = {}): LostField => ({
  ...{ field, count: 1, reason: 'not taken' },
  ...more,
});

describe('the report of several runs', () => {
  it('counts what was left out over all of them, and apart what was left out for what is recorded', () => {
    const ofRecord = lost('id', { restsOnRecord: true });
    const report = { ...NO_REPORT, leftOut: [lost('id'), ofRecord, lost('other', { count: null })] };
    expect(joinReports([report, report], []).leftOut).toEqual([
      { ...ofRecord, count: 2 },
      lost('id', { count: 2 }),
      lost('other', { count: null }),
    ]);
  });

  it('leaves what the file alone tells its room, however much rests on what is recorded', () => {
    const many = Array.from({ length: MOST_ENTRIES + 1 }, (_, i) =>
      lost(`record ${i}`, { restsOnRecord: true }),
    );
    const { leftOut } = joinReports([{ ...NO_REPORT, leftOut: [...many, lost('its own')] }], []);
    expect(leftOut).toHaveLength(MOST_ENTRIES + 1);
    expect(leftOut.at(-1)).toEqual(lost('its own'));
  });
});
