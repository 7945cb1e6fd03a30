import { describe, expect, it } from 'vitest';
import type { ComparedRatesFragment } from '../../graphql/generated/graphql.ts';
import { point } from '../rates/rate-point.example.ts';
import { comparisonRows } from './comparison-rows.ts';

const citation = {} as ComparedRatesFragment['one']['citation'];
const row = {
  one: { ...point('one', { unscored: 3, qualifier: 'APPROXIMATE' }), citation },
  two: { ...point('two', { rate: 0.1, exhibited: null, sampleCount: null, interval: null }), citation },
  comparability: { comparable: true, differences: [], unknowns: [] },
  verdict: 'CANNOT_BE_TESTED',
  paired: true,
  itemsCompared: 80,
  rateOne: 0.4,
  rateTwo: null,
  assumptions: [],
} as unknown as ComparedRatesFragment;

describe('comparisons as a file', () => {
  it('hold the interval and k of n of each side, and the rate compared apart from the rate measured', () => {
    const [titles, cells] = comparisonRows([row]);
    expect(cells).toHaveLength(titles!.length);
    expect(new Set(titles).size).toBe(titles!.length);
    const of = Object.fromEntries(titles!.map((title, i) => [title, cells![i]]));
    expect(of).toMatchObject({
      'rate one': 0.5,
      'rate compared one': 0.4,
      'qualifier one': 'APPROXIMATE',
      'interval lower one': 0.4,
      'interval upper one': 0.6,
      'exhibited one': 50,
      'samples scored one': 100,
      'unscored one': 3,
      'rate two': 0.1,
      'samples scored two': null,
      'interval lower two': null,
      'items compared': 80,
    });
  });
});
