import { describe, expect, it } from 'vitest';
import {
  changeWords,
  samplesWords,
  scoreText,
  signedScore,
  valueWords,
  verdictWords,
} from './score-words.ts';

const interval = (lower: number, upper: number) => ({ lower, upper, level: 0.95, method: 'normal' });
const comparable = { comparable: true, differences: [], unknowns: [] };

describe('scores in words', () => {
  it('keep three digits and their sign, and no more zero than there is', () => {
    expect([0.5625, 12.3456, 0, 1].map(scoreText)).toEqual(['0.563', '12.3', '0', '1']);
    expect([0.01, -0.2, 0].map(signedScore)).toEqual(['+0.01', '−0.2', '0']);
  });

  it('say of how many samples they are, where that is stated', () => {
    expect([1508, 0, null].map((sampleCount) => samplesWords({ sampleCount }))).toEqual([
      'n = 1,508',
      'n = 0',
      null,
    ]);
  });

  it('say where there is no value and where there is no interval', () => {
    expect(valueWords({ value: null, interval: null })).toBe('no value');
    expect(valueWords({ value: 1, interval: null })).toBe('1, without an interval');
    expect(valueWords({ value: 0.5625, interval: interval(0.5, 0.6) })).toBe('0.563 (0.5 to 0.6)');
  });

  it('say that no difference is demonstrated, what differs, and why nothing is tested', () => {
    const row = {
      difference: 0.0156,
      interval: interval(-0.06, 0.09),
      untested: null,
      comparability: comparable,
    };
    expect(changeWords(row)).toBe('+0.0156 (95% interval −0.06 to +0.09)');
    expect(verdictWords({ ...row, verdict: 'NO_DEMONSTRATED_DIFFERENCE' })).toBe(
      'No demonstrated difference: +0.0156 (95% interval −0.06 to +0.09)',
    );
    const none = { ...row, difference: null, interval: null };
    expect(
      verdictWords({
        ...none,
        verdict: 'NOT_COMPARABLE',
        comparability: { comparable: false, differences: ['condition: 0-shot against 5-shot'], unknowns: [] },
      }),
    ).toBe('Not comparable: condition: 0-shot against 5-shot');
    expect(verdictWords({ ...none, verdict: 'CANNOT_BE_TESTED', untested: 'no standard error' })).toBe(
      'Cannot be tested: no standard error',
    );
  });
});
