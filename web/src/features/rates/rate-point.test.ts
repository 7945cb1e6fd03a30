import { describe, expect, it } from 'vitest';
import { point } from './rate-point.example.ts';
import { describePoint, missingWords } from './rate-point.ts';

const bounds = { lower: 0.5, upper: 0.5238 };

describe('what the missing could have made of a rate', () => {
  it('is said in words, with what is missing', () => {
    expect(missingWords({ missingDataBounds: bounds, unscored: 5, graderErrors: null })).toBe(
      'between 50% and 52.4%, whatever the 5 unscored would have shown',
    );
    expect(missingWords({ missingDataBounds: bounds, unscored: 4, graderErrors: 1 })).toBe(
      'between 50% and 52.4%, whatever the 4 unscored and the 1 grader error would have shown',
    );
    expect(missingWords({ missingDataBounds: bounds, unscored: null, graderErrors: 1200 })).toMatch(
      /whatever the 1,200 grader errors would have shown$/,
    );
  });

  it('is not said where nothing is missing, and where no counts are stated', () => {
    expect(
      missingWords({ missingDataBounds: { lower: 0.5, upper: 0.5 }, unscored: 0, graderErrors: 0 }),
    ).toBe('');
    expect(missingWords({ missingDataBounds: { lower: 0.5, upper: 0.5 }, unscored: null })).toBe('');
    expect(missingWords({ missingDataBounds: null, unscored: 7 })).toBe('');
    expect(missingWords({ unscored: 7 })).toBe('');
  });

  it('gives no pair of figures that look the same', () => {
    expect(missingWords({ missingDataBounds: { lower: 0.5, upper: 0.50004 }, unscored: 1 })).toBe(
      '50% when rounded, whatever the 1 unscored would have shown',
    );
  });

  it('stands beside the rate in what a mark says, before the interval, which says another thing', () => {
    expect(
      describePoint(point('one', { unscored: 5, missingDataBounds: { lower: 50 / 105, upper: 55 / 105 } })),
    ).toBe(
      'one: 50%; 50 of 100 (5 unscored); between 47.6% and 52.4%, whatever the 5 unscored would have shown; 95% interval 40% to 60%; judged by classifier 1',
    );
    expect(describePoint(point('one', { excluded: 5 }))).not.toMatch(/whatever/);
  });
});
