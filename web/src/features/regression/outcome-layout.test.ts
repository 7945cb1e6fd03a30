import { describe, expect, it } from 'vitest';
import { NARROW, WIDE } from '../plot/sizes.ts';
import { layOutOutcomes, type OutcomePoint } from './outcome-layout.ts';
import { whyWords } from './verdict-words.ts';

const point = (id: string, at: string, rate: number | null): OutcomePoint => ({
  id,
  at,
  rate,
  interval: rate === null ? null : { lower: rate / 2, upper: (1 + rate) / 2 },
  hit: false,
});

describe('what a rule said, drawn over time', () => {
  const points = [
    point('b', '2026-02-01T00:00:00Z', 0.5),
    point('a', '2026-01-01T00:00:00Z', 0.1),
    point('none', '2026-03-01T00:00:00Z', null),
  ];

  it.each([WIDE, NARROW])(
    'stays within the picture, later further right and more further up ($name)',
    (size) => {
      const layout = layOutOutcomes(points, 0.2, size)!;
      const [b, a] = layout.marks;
      expect(layout.marks).toHaveLength(2);
      expect(b!.x).toBeGreaterThan(a!.x);
      expect(b!.y).toBeLessThan(a!.y);
      for (const { x, whisker } of layout.marks) {
        expect(x).toBeGreaterThanOrEqual(layout.left);
        expect(x).toBeLessThanOrEqual(layout.right);
        expect(whisker!.upper).toBeLessThan(whisker!.lower);
      }
      expect(layout.threshold).toBeLessThan(a!.y);
      expect(layout.threshold).toBeGreaterThan(b!.y);
      expect(layout.height).toBeGreaterThan(layout.bottom);
    },
  );

  it('draws one alone in the middle, and nothing where nothing has a rate', () => {
    const alone = layOutOutcomes([points[0]!], null, WIDE)!;
    expect(alone.marks[0]!.x).toBeCloseTo((alone.left + alone.right) / 2, 0);
    expect(alone.threshold).toBeNull();
    expect(layOutOutcomes([points[2]!], 0.2, WIDE)).toBeNull();
  });
});

describe('why a rule says what it says', () => {
  const none = {
    lowerBound: null,
    difference: null,
    correctedPValue: null,
    testedTogether: null,
    reasons: [],
  };

  it('is the interval of a threshold, and the test of a rise', () => {
    expect(whyWords({ ...none, verdict: 'HIT', lowerBound: 0.25 })).toBe('the interval begins at 25%');
    expect(
      whyWords({ ...none, verdict: 'HIT', difference: 0.3, correctedPValue: 0.00001, testedTogether: 4 }),
    ).toBe('+30 percentage points against the baseline, p < 0.001, corrected over 4');
  });

  it('is what differs where it could not be compared', () => {
    expect(
      whyWords({ ...none, verdict: 'NOT_COMPARABLE', reasons: ['grader version: a 1 against a 2'] }),
    ).toBe('could not be compared, because grader version: a 1 against a 2');
  });
});
