import { describe, expect, it } from 'vitest';
import type { RegressionOutcomeRowFragment } from '../../graphql/generated/graphql.ts';
import { point } from '../rates/rate-point.example.ts';
import { outcomeRows, pageRemarks } from './outcome-rows.ts';

const outcome = {
  id: 'o',
  verdict: 'HIT',
  reasons: [],
  recordedAt: '2026-05-08T14:03:00Z',
  measurement: point('run', { unscored: 2, qualifier: 'AT_LEAST' }),
} as unknown as RegressionOutcomeRowFragment;

describe('what a rule looked at', () => {
  it('is a file with k of n, the qualifier and the method of each interval', () => {
    const [titles, cells] = outcomeRows([outcome]);
    expect(cells).toHaveLength(titles!.length);
    const of = Object.fromEntries(titles!.map((title, i) => [title, cells![i]]));
    expect(of).toMatchObject({
      qualifier: 'AT_LEAST',
      exhibited: 50,
      'samples scored': 100,
      unscored: 2,
      excluded: null,
      'interval method': 'Wilson score interval',
    });
  });

  it('says of a page that it is one, and of the whole nothing', () => {
    expect(pageRemarks(50, 200, true)).toEqual([
      'The 50 newest of 200 are drawn; the table and the file hold the same.',
    ]);
    expect(pageRemarks(50, 200, false)[0]).toMatch(/^50 of 200 are drawn/);
    expect(pageRemarks(3, 3, true)).toEqual([]);
  });
});
