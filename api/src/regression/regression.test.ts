import { describe, expect, it } from 'vitest';
import type { SettledFigures } from '../evaluation/measurement.ts';
import { wilsonBounds } from '../evaluation/statistics/interval.ts';
import { familyOf, judgeRises, judgeThreshold, meaningOf, type Risen } from './regression.ts';
import { checkDefinition } from './rule-input.ts';

const counted = (exhibited: number, notExhibited: number): SettledFigures => ({
  exhibited,
  notExhibited,
  unscored: 0,
  graderErrors: 0,
  excluded: 0,
  sampleCount: exhibited + notExhibited,
  rate: exhibited / (exhibited + notExhibited),
  standardError: null,
  qualifier: 'EXACT',
});

describe('a threshold', () => {
  const { lower } = wilsonBounds(0.2, 100);

  it('is hit where the lower end of the interval is exactly at it, and not a hair below', () => {
    expect(judgeThreshold(1n, counted(20, 80), lower)).toMatchObject({ verdict: 'HIT', lowerBound: lower });
    expect(judgeThreshold(1n, counted(20, 80), lower + 1e-12).verdict).toBe('NO_HIT');
  });

  it('looks at the interval and not at the rate: one of two is no half', () => {
    expect(judgeThreshold(1n, counted(1, 1), 0.5).verdict).toBe('NO_HIT');
    expect(judgeThreshold(1n, counted(1, 1), 0.05).verdict).toBe('HIT');
  });

  it('cannot be tested where nothing is known of the spread', () => {
    const bare = { ...counted(1, 1), exhibited: null, notExhibited: null, sampleCount: null, rate: 0.9 };
    expect(judgeThreshold(1n, bare, 0.1)).toMatchObject({ verdict: 'CANNOT_BE_TESTED', lowerBound: null });
    expect(judgeThreshold(1n, { ...counted(90, 10), qualifier: 'AT_LEAST' }, 0.1).verdict).toBe(
      'CANNOT_BE_TESTED',
    );
  });
});

const risen = (measurementId: bigint, difference: number | null, pValue = 1): Risen => ({
  measurementId,
  lowerBound: 0.1,
  baselineId: 9n,
  verdict: difference === null ? 'NOT_COMPARABLE' : 'DEMONSTRATED_DIFFERENCE',
  tested: difference === null ? null : { difference, pValue },
});

describe('a rise', () => {
  it('is a hit at alpha, and not above', () => {
    expect(judgeRises([risen(1n, 0.3, 0.01)], 0.01)[0]).toMatchObject({
      verdict: 'HIT',
      correctedPValue: 0.01,
      testedTogether: 1,
    });
    expect(judgeRises([risen(1n, 0.3, 0.010001)], 0.01)[0]?.verdict).toBe('NO_HIT');
  });

  it('is none where the rate fell or stayed, however sure that is', () => {
    expect(judgeRises([risen(1n, -0.9, 1e-12), risen(2n, 0, 1e-12)], 0.05).map((one) => one.verdict)).toEqual(
      ['NO_HIT', 'NO_HIT'],
    );
  });

  it('is corrected for all that were tested together, and those that cannot be compared do not count', () => {
    const judged = judgeRises([risen(1n, 0.3, 0.02), risen(2n, null), risen(3n, 0.1, 0.6)], 0.03);
    expect(judged.map((one) => [one.verdict, one.correctedPValue, one.testedTogether])).toEqual([
      ['NO_HIT', 0.04, 2],
      ['NOT_COMPARABLE', null, null],
      ['NO_HIT', 0.6, 2],
    ]);
    expect(judgeRises([risen(1n, 0.3, 0.02), risen(2n, null)], 0.03)[0]?.verdict).toBe('HIT');
  });

  it('keeps with what it could not be compared, and tells what cannot be tested apart', () => {
    const [silent] = judgeRises([{ ...risen(1n, null), verdict: 'CANNOT_BE_TESTED' }], 0.05);
    expect(silent).toMatchObject({ verdict: 'CANNOT_BE_TESTED', baselineId: 9n, difference: null });
  });
});

describe('what a rule says', () => {
  const rise = { behavior: 'b', modelFamily: 'opus', kind: 'RISE' as const };
  const threshold = { behavior: 'b', modelFamily: 'opus', kind: 'THRESHOLD' as const };

  it.each([
    [{ ...threshold, threshold: 0 }, ['definition', 'threshold']],
    [{ ...threshold, threshold: 1.1 }, ['definition', 'threshold']],
    [{ ...threshold, threshold: Number.NaN }, ['definition', 'threshold']],
    [{ ...threshold, threshold: 0.1, alpha: 0.05 }, ['definition', 'alpha']],
    [{ ...rise }, ['definition', 'baselines']],
    [{ ...rise, baselines: [] }, ['definition', 'baselines']],
    [{ ...rise, baselines: ['a'], baselineModelVersion: 'model:a@1' }, ['definition', 'baselines']],
    [{ ...rise, baselines: ['a'], alpha: 0.6 }, ['definition', 'alpha']],
    [{ ...rise, baselines: ['a'], threshold: 0.1 }, ['definition', 'threshold']],
    [{ ...rise, baselines: Array(21).fill('a') }, ['definition', 'baselines']],
    [{ ...threshold, threshold: 0.1, modelFamily: '*' }, ['definition', 'modelFamily']],
    [{ ...threshold, threshold: 0.1, modelFamily: 'a*b' }, ['definition', 'modelFamily']],
    [{ ...threshold, threshold: 0.1, condition: ' ' }, ['definition', 'condition']],
  ])('refuses %j at %j', (input, path) => {
    expect(() => checkDefinition(input)).toThrow(expect.objectContaining({ path }));
  });

  it('takes what can be meant', () => {
    expect(() => checkDefinition({ ...threshold, threshold: 1, modelFamily: 'claude-*' })).not.toThrow();
    expect(() => checkDefinition({ ...rise, baselineModelVersion: 'model:a@1' })).not.toThrow();
  });

  it('means one name, or all that begin so', () => {
    expect(familyOf('opus')).toEqual({ name: 'opus', begins: false });
    expect(familyOf('claude-*')).toEqual({ name: 'claude-', begins: true });
  });

  it('is told in a sentence', () => {
    expect(meaningOf({ kind: 'THRESHOLD', threshold: 0.1 })).toContain('at 10% or above');
    expect(meaningOf({ kind: 'RISE', alpha: 0.01, baselineIds: [1n, 2n] })).toContain('at most 0.01');
  });
});
