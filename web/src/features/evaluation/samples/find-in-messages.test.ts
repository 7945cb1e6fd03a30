import { describe, expect, it } from 'vitest';
import { hitsIn, holdsAfter, marked, nextHit, scoresHolding } from './find-in-messages.ts';

const say = (text: string, name: string | null = null, error: string | null = null) => ({
  error,
  parts: [{ text, name }],
});

describe('a text searched for in a transcript', () => {
  it('is found in texts, tools and errors, whatever its case', () => {
    const messages = [
      say('The Secret'),
      say('nothing', 'secret_tool'),
      say('', null, 'no SECRET'),
      say('other'),
    ];
    expect(hitsIn(messages, ' secret ')).toEqual([0, 1, 2]);
    expect(hitsIn(messages, '  ')).toEqual([]);
    expect(hitsIn(messages, '.*')).toEqual([]);
  });

  it('is gone to one after the other, and round at either end', () => {
    expect(nextHit([2, 5], 0, 1)).toBe(2);
    expect(nextHit([2, 5], 2, 1)).toBe(5);
    expect(nextHit([2, 5], 5, 1)).toBe(2);
    expect(nextHit([2, 5], 2, -1)).toBe(5);
    expect(nextHit([], 0, 1)).toBeNull();
  });

  it('is told from what stands before a fold, also where the fold goes through it', () => {
    expect(holdsAfter('one Two three', 'two', 0)).toBe(true);
    expect(holdsAfter('one Two three', 'two', 6)).toBe(true);
    expect(holdsAfter('one Two three', 'two', 7)).toBe(false);
    expect(holdsAfter('anything', ' ', 0)).toBe(false);
  });

  it('is found in scores, in what else they said and in how they were edited', () => {
    const score = (more: object) => ({ value: '1', history: [], ...more });
    const scores = [
      score({ explanation: 'a Secret' }),
      score({ metadata: '{"why":"secret"}' }),
      score({ history: [{ value: '0', reason: 'it was secret' }] }),
      score({ answer: 'open' }),
    ];
    expect(scoresHolding(scores, 'secret')).toBe(3);
    expect(scoresHolding(scores, '')).toBe(0);
  });

  it('is marked in pieces that make up the text', () => {
    expect(marked('A b a', 'a')).toEqual(['', 'A', ' b ', 'a', '']);
    expect(marked('İ a', 'a').join('')).toBe('İ a');
    expect(marked('plain', '')).toEqual(['plain']);
    expect(marked('<b>x</b>', '<b>')).toEqual(['', '<b>', 'x</b>']);
  });
});
