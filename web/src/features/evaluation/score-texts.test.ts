import { describe, expect, it } from 'vitest';
import { scoreTexts } from './score-texts.ts';

describe('a sample’s scores as text', () => {
  it('never shows a missing score as 0', () => {
    expect(scoreTexts({ judge: { value: null } })).toEqual([{ name: 'judge', value: 'unscored', why: null }]);
    expect(scoreTexts({ judge: 0 })[0]?.value).toBe('0');
  });

  it('names each value of a scorer that gives several, and calls none of it unscored', () => {
    const parts = { harmful: 1, why: null };
    expect(scoreTexts({ judge: { value: null, parts, answer: null } })[0]?.value).toBe(
      'harmful 1, why unscored',
    );
    expect(scoreTexts({ judge: { value: null, parts: null } })[0]?.value).toBe('unscored');
    expect(scoreTexts({ judge: { value: null, parts: {} } })[0]?.value).toBe('unscored');
  });

  it('keeps the explanation of a scorer', () => {
    expect(scoreTexts({ judge: { value: 'C', explanation: 'It refused.' } })).toEqual([
      { name: 'judge', value: 'C', why: 'It refused.' },
    ]);
  });

  it('reads a list by the scorers’ names, and anything else as no score', () => {
    expect(scoreTexts([{ scorer: 'match', value: 1 }])[0]?.name).toBe('match');
    expect(scoreTexts(null)).toEqual([]);
    expect(scoreTexts('C')).toEqual([]);
  });
});
