import { describe, expect, it } from 'vitest';
import { point } from '../rates/rate-point.example.ts';
import { doseRows } from './dose-rows.ts';

describe('doses and rates as a file', () => {
  it('tell under their titles the dose, the rate, and between what those without a verdict leave it', () => {
    const measured = point('one', { unscored: 5, missingDataBounds: { lower: 0.4, upper: 0.45 } });
    const dose = { known: true, lower: 0.1, upper: 0.2, unaccounted: 0.3, unmeasured: false } as const;
    const groups = [{ key: 'g', title: 'trial 1', differences: [], points: [{ point: measured, dose }] }];
    const [titles, row] = doseRows(groups, { key: 'tag:fiction', label: '#fiction' }, 'PRETRAINING');
    expect(row).toHaveLength(titles!.length);
    const told = Object.fromEntries(titles!.map((title, i) => [title, row![i]]));
    expect(told).toMatchObject({
      axes: 'trial 1',
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
});
