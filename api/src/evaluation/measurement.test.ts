import { describe, expect, it } from 'vitest';
import { InputRefusal } from '../platform/refusal.ts';
import { measurementInterval, missingBounds, settleMeasurement } from './measurement.ts';
import { wilsonBounds } from './statistics/interval.ts';

const refusal = (run: () => unknown): InputRefusal => {
  try {
    run();
  } catch (error) {
    if (error instanceof InputRefusal) return error;
    throw error;
  }
  throw new Error('It was not refused.');
};

describe('a measurement', () => {
  it('takes n and the rate from its counts', () => {
    const settled = settleMeasurement({ exhibited: 96, notExhibited: 4, qualifier: 'EXACT' }, []);
    expect(settled).toMatchObject({ sampleCount: 100, rate: 0.96 });
    expect(measurementInterval(settled)?.method).toBe('Wilson score, from counts');
  });
  it('leaves what was not scored out of n', () => {
    const settled = settleMeasurement(
      { exhibited: 1, notExhibited: 1, unscored: 8, graderErrors: 2, qualifier: 'EXACT' },
      [],
    );
    expect(settled).toMatchObject({ sampleCount: 2, rate: 0.5, unscored: 8, graderErrors: 2 });
  });
  it('is refused where counts do not add up, with the place and what would be right', () => {
    const error = refusal(() =>
      settleMeasurement({ exhibited: 96, notExhibited: 3, sampleCount: 100, qualifier: 'EXACT' }, [
        'measurements',
        2,
      ]),
    );
    expect(error.path).toEqual(['measurements', 2, 'sampleCount']);
    expect(error.expected).toBe('99');
  });
  it('is refused where it counts more samples than a column holds, in one count or together', () => {
    const half = 1_500_000_000;
    const together = refusal(() =>
      settleMeasurement({ exhibited: half, notExhibited: half, qualifier: 'EXACT' }, []),
    );
    expect(together).toMatchObject({ path: ['sampleCount'], expected: 'at most 2147483647' });
    const one = refusal(() =>
      settleMeasurement({ exhibited: 1, notExhibited: 1, unscored: 2 * half, qualifier: 'EXACT' }, []),
    );
    expect(one.path).toEqual(['unscored']);
    const most = settleMeasurement({ exhibited: 2_147_483_646, notExhibited: 1, qualifier: 'EXACT' }, []);
    expect(most.sampleCount).toBe(2_147_483_647);
  });
  it('is refused where the rate contradicts the counts beyond rounding, and taken within it', () => {
    const figures = { exhibited: 59, notExhibited: 48, qualifier: 'EXACT' as const };
    expect(settleMeasurement({ ...figures, rate: 0.55 }, []).rate).toBe(59 / 107);
    expect(settleMeasurement({ ...figures, rate: 0.551 }, []).rate).toBe(59 / 107);
    expect(refusal(() => settleMeasurement({ ...figures, rate: 0.56 }, [])).path).toEqual(['rate']);
    expect(refusal(() => settleMeasurement({ ...figures, rate: 0.5 }, [])).path).toEqual(['rate']);
  });
  it('is refused with a percentage, a negative count, no figures, or a rate where nothing was scored', () => {
    expect(refusal(() => settleMeasurement({ rate: 96, qualifier: 'EXACT' }, [])).expected).toBe(
      'from 0 to 1',
    );
    expect(
      refusal(() => settleMeasurement({ exhibited: -1, notExhibited: 2, qualifier: 'EXACT' }, [])).path,
    ).toEqual(['exhibited']);
    expect(refusal(() => settleMeasurement({ qualifier: 'EXACT' }, [])).path).toEqual(['rate']);
    expect(
      refusal(() => settleMeasurement({ exhibited: 0, notExhibited: 0, rate: 0, qualifier: 'EXACT' }, []))
        .path,
    ).toEqual(['rate']);
  });
  it('has no interval where n is unknown, and none from a standard error of 0', () => {
    expect(measurementInterval(settleMeasurement({ rate: 0.84, qualifier: 'EXACT' }, []))).toBeNull();
    expect(
      measurementInterval(settleMeasurement({ rate: 0, standardError: 0, qualifier: 'EXACT' }, [])),
    ).toBeNull();
    const known = settleMeasurement({ rate: 0.3, standardError: 0.05, qualifier: 'EXACT' }, []);
    expect(measurementInterval(known)?.method).toContain('standard error');
    expect(
      measurementInterval(settleMeasurement({ rate: 0.01, sampleCount: 100, qualifier: 'AT_MOST' }, [])),
    ).toBeNull();
  });
  it('says what epochs count as: by their clusters where these are known, else as independent', () => {
    const settled = settleMeasurement({ exhibited: 30, notExhibited: 70, qualifier: 'EXACT' }, []);
    const unknown = measurementInterval({ ...settled, epochs: 10 });
    expect(unknown).toMatchObject(wilsonBounds(0.3, 100));
    expect(unknown?.method).toContain('epochs count as independent');
    const known = { ...settled, epochs: 10, clusters: 10, clusterError: 0.14, leastEffective: 10 };
    const clustered = measurementInterval(known);
    expect(clustered?.method).toContain('100 in 10 clusters');
    expect(clustered?.lower).toBeLessThan(unknown!.lower);
    expect(clustered?.upper).toBeGreaterThan(unknown!.upper);
    const none = { ...settleMeasurement({ exhibited: 0, notExhibited: 100, qualifier: 'EXACT' }, []) };
    const agreed = measurementInterval({
      ...none,
      epochs: 10,
      clusters: 10,
      clusterError: 0,
      leastEffective: 10,
    });
    expect(agreed?.upper).toBeCloseTo(wilsonBounds(0, 10).upper, 12);
    const single = { ...known, clusters: 100, clusterError: 0.045, leastEffective: 100, epochs: 1 };
    expect(measurementInterval(single)?.method).toBe('Wilson score, from counts');
  });
  it('lies between bounds whatever was not scored would have shown, where the source says how much that was', () => {
    const of = (more: object) =>
      missingBounds(settleMeasurement({ exhibited: 3, notExhibited: 5, qualifier: 'EXACT', ...more }, []));
    expect(of({ unscored: 1, graderErrors: 1, excluded: 9 })).toEqual({ lower: 0.3, upper: 0.5 });
    expect(of({ unscored: 2 })).toEqual({ lower: 0.3, upper: 0.5 });
    expect(of({ unscored: 0 })).toEqual({ lower: 0.375, upper: 0.375 });
    expect(of({ excluded: 9 })).toBeNull();
    expect(
      missingBounds(settleMeasurement({ rate: 0.3, unscored: 2, sampleCount: 10, qualifier: 'EXACT' }, [])),
    ).toBeNull();
  });
});
