import { describe, expect, it } from 'vitest';
import { samplingSettings } from './sampling-settings.ts';
import {
  comparableScores,
  differenceOfScores,
  type ScoreTerms,
  untestedBecause,
} from './score-comparison.ts';

const named = (id: bigint, label: string) => ({ id, label });
const terms = (more: Partial<ScoreTerms> = {}): ScoreTerms => ({
  evaluationVersion: named(1n, 'crows 1'),
  condition: named(1n, '0-shot'),
  grader: null,
  computed: more.grader == null,
  reduced: null,
  ...more,
});

describe('two scores of one metric', () => {
  it('may be compared without a grader in both, and not with one in one alone', () => {
    expect(comparableScores(terms(), terms(), null)).toEqual({
      comparable: true,
      differences: [],
      unknowns: ['items: the samples are not recorded for both'],
    });
    const judged = terms({ grader: named(3n, 'judge 1') });
    expect(comparableScores(terms(), judged, null).differences).toEqual([
      'grader version: not stated against judge 1',
    ]);
    expect(comparableScores(judged, judged, null).comparable).toBe(true);
  });

  it('may not where neither says which of its graders gave it', () => {
    const untold = terms({ computed: false });
    for (const other of [untold, terms()])
      expect(comparableScores(untold, other, null)).toMatchObject({
        comparable: false,
        differences: ['grader version: not stated for either'],
      });
  });

  it('may not where epochs were reduced in another way, or by one that goes up with their number', () => {
    const by = (reducer: string, epochs = 4) => terms({ reduced: { by: reducer, epochs } });
    const differences = (one: ScoreTerms, two: ScoreTerms) => comparableScores(one, two, null).differences;
    expect(differences(by('mean'), by('max'))).toEqual(['epochs: reduced by mean against max']);
    expect(differences(by('max', 2), by('max', 8))).toEqual(['epochs: max of 2 against 8']);
    expect(differences(by('max', 8), by('max', 8))).toEqual([]);
    expect(differences(by('mean', 2), by('mean', 8))).toEqual([]);
    expect(differences(by('pass_at_1', 2), by('pass_at_1', 8))).toEqual([]);
  });

  it('may where the run reduced epochs in further ways, which other scores of it state', () => {
    const settings = (...reducers: string[]) => samplingSettings({ config: { epochs_reducer: reducers } });
    const mean = { by: 'mean', epochs: 2 };
    const one = terms({ settings: settings('mean'), reduced: mean });
    const two = terms({ settings: settings('max', 'mean'), reduced: mean });
    expect(comparableScores(one, two, null).differences).toEqual([]);
    expect(comparableScores({ ...one, reduced: null }, two, null).differences).toHaveLength(1);
  });

  it('may not where evaluation version or condition differ', () => {
    const other = terms({ evaluationVersion: named(2n, 'crows 2'), condition: named(2n, '5-shot') });
    expect(comparableScores(terms(), other, null)).toMatchObject({
      comparable: false,
      differences: ['evaluation version: crows 1 against crows 2', 'condition: 0-shot against 5-shot'],
    });
  });

  it('differ by what their standard errors leave, the same either way round', () => {
    const one = { value: 0.5625, standardError: 0.02777505646718807 };
    const two = { value: 0.578125, standardError: 0.027650782660529012 };
    const there = differenceOfScores(one, two)!;
    const back = differenceOfScores(two, one)!;
    expect(there.difference).toBeCloseTo(0.015625, 12);
    // 0.015625 / 0.0391920852… = 0.3986774…, and erfc of that over √2.
    expect(there.pValue).toBeCloseTo(0.6901308967139113, 12);
    expect(there.interval.lower).toBeCloseTo(0.015625 - 1.959963984540054 * 0.03919208521494229, 12);
    expect(back.pValue).toBe(there.pValue);
    expect(back.difference).toBe(-there.difference);
    expect(back.interval.lower).toBeCloseTo(-there.interval.upper, 14);
  });

  it('are not tested by an error that is missing, or that is 0', () => {
    const stated = { value: 1, standardError: 0.1 };
    const cases = [
      [{ value: null, standardError: 0.1 }, 'one of them has no value'],
      [{ value: 1, standardError: null }, 'no standard error is stated for both'],
      [{ value: 1, standardError: 0 }, 'a stated standard error of 0 is no certainty'],
    ] as const;
    for (const [other, why] of cases) {
      expect(differenceOfScores(stated, other)).toBeNull();
      expect(differenceOfScores(other, stated)).toBeNull();
      expect(untestedBecause(stated, other)).toBe(why);
    }
  });
});
