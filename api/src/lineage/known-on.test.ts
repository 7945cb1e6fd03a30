import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampToCertain, knownOn, retractedAtOn, statusOn } from './known-on.ts';

describe('what is known on a moment', () => {
  it('begins when a row is recorded and ends when it is retracted', () => {
    const row = { recordedAt: new Date(10), retractedAt: new Date(20) };
    expect([9, 10, 19, 20].map((t) => knownOn(row, t))).toEqual([false, true, true, false]);
    expect([9, 10, 19, 20].map((t) => statusOn(row, [], t))).toEqual([
      null,
      'ASSERTED',
      'ASSERTED',
      'RETRACTED',
    ]);
    expect(retractedAtOn(row, 19)).toBeNull();
    expect(retractedAtOn(row, 20)).toEqual(new Date(20));
  });

  it('says disputed only while a dispute holds', () => {
    const row = { recordedAt: 1, retractedAt: null };
    const dispute = { recordedAt: 5, retractedAt: 8 };
    expect([4, 5, 8].map((t) => statusOn(row, [dispute], t))).toEqual(['ASSERTED', 'DISPUTED', 'ASSERTED']);
  });

  it('never changes by what is recorded or retracted later', () => {
    const moment = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(
        moment,
        moment,
        moment,
        fc.integer({ min: 1, max: 50 }),
        (recordedAt, asked, other, later) => {
          const open = { recordedAt, retractedAt: null };
          const retracted = { recordedAt, retractedAt: asked + later };
          const dispute = { recordedAt: asked + later, retractedAt: null };
          const before = { recordedAt: other, retractedAt: null };
          expect(knownOn(retracted, asked)).toBe(knownOn(open, asked));
          expect(retractedAtOn(retracted, asked)).toBeNull();
          expect(statusOn(retracted, [before, dispute], asked)).toBe(statusOn(open, [before], asked));
        },
      ),
    );
  });

  it('is clamped to what has certainly committed', () => {
    expect(clampToCertain(10, 7)).toBe(7);
    expect(clampToCertain(null, 7)).toBe(7);
    expect(clampToCertain(5, 7)).toBe(5);
  });
});
