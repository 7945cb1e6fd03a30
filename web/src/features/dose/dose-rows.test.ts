import { describe, expect, it } from 'vitest';
import { point } from '../rates/rate-point.example.ts';
import type { DosedPoint } from './dose-layout.ts';
import { doseRows } from './dose-rows.ts';

const group = (number: number, differences: string[], points: DosedPoint[]) => ({
  key: `${number}`,
  number,
  title: 'trial 1 · replacement',
  differences,
  points,
});

/** The rows of the file, each by its titles. */
function tell(groups: Parameters<typeof doseRows>[0]) {
  const [titles, ...rows] = doseRows(groups, { key: 'tag:fiction', label: '#fiction' }, 'PRETRAINING');
  for (const row of rows) expect(row).toHaveLength(titles!.length);
  return rows.map((row) => Object.fromEntries(titles!.map((title, i) => [String(title), row[i]])));
}

describe('doses and rates as a file', () => {
  it('tell under their titles the dose, the rate, and between what those without a verdict leave it', () => {
    const measured = point('one', { unscored: 5, missingDataBounds: { lower: 0.4, upper: 0.45 } });
    const dose = { known: true, lower: 0.1, upper: 0.2, unaccounted: 0.3, unmeasured: false } as const;
    const [told] = tell([group(1, [], [{ point: measured, dose }])]);
    expect(told).toMatchObject({
      axis: 1,
      'apart because': null,
      'evaluation version': 'trial 1',
      condition: 'replacement',
      'exposure to': '#fiction',
      'share lower': 0.1,
      'share upper': 0.2,
      unaccounted: 0.3,
      unscored: 5,
      'lowest with those without a verdict': 0.4,
      'highest with those without a verdict': 0.45,
      'eval run': measured.evalRun.ref,
    });
  });

  it('tell axes apart that hold the same evaluation version and condition, and why', () => {
    const dose = { known: true, lower: 0.1, upper: 0.2, unaccounted: 0, unmeasured: false } as const;
    const on = (id: string) => [{ point: point(id), dose }];
    const told = tell([group(1, [], on('a')), group(2, ['temperature: 0 against 1', 'epochs'], on('b'))]);
    expect(told.map((row) => [row.axis, row['apart because'], row.condition])).toEqual([
      [1, null, 'replacement'],
      [2, 'temperature: 0 against 1; epochs', 'replacement'],
    ]);
  });

  it('state no share where nothing was measured: from none to all is neither 0 nor 1', () => {
    const dose = { known: true, lower: 0, upper: 1, unaccounted: 0, unmeasured: true } as const;
    const [told] = tell([group(1, [], [{ point: point('a'), dose }])]);
    expect([told?.['share lower'], told?.['share upper'], told?.unaccounted]).toEqual([null, null, null]);
  });
});
