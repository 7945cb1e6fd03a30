import { describe, expect, it } from 'vitest';
import { foundWords } from './verdict-words.ts';

const outcomes = (hits: number, others: number) => [
  ...Array.from({ length: hits }, () => ({ verdict: 'HIT' as const })),
  ...Array.from({ length: others }, () => ({ verdict: 'NO_HIT' as const })),
];

describe('what a rule finds among what is recorded', () => {
  it('says of how many measurements the newest were looked at', () => {
    expect(foundWords(outcomes(3, 47), 340)).toBe('3 hits among the 50 newest of 340 measurements');
    expect(foundWords(outcomes(0, 50), 51)).toBe('0 hits among the 50 newest of 51 measurements');
  });

  it('says so of all where all were, and that there is nothing where there is nothing', () => {
    expect(foundWords(outcomes(1, 11), 12)).toBe('1 hit among 12 measurements');
    expect(foundWords([], 0)).toBe('Nothing recorded is what it is about.');
  });
});
