import { describe, expect, it } from 'vitest';
import { howFar } from './rereading-words.ts';

describe('how far a file has been read again', () => {
  it.each([
    [0, 0, 'Read again for Ada: 0 of 1,200 eval runs; none says otherwise so far.'],
    [50, 1, 'Read again for Ada: 50 of 1,200 eval runs; one says otherwise so far.'],
    [1100, 1050, 'Read again for Ada: 1,100 of 1,200 eval runs; 1,050 say otherwise so far.'],
  ])('%i read, %i otherwise', (read, made, words) => {
    expect(howFar({ runs: 1200, read, made, by: { name: 'Ada' } })).toBe(words);
  });
});
