import { describe, expect, it } from 'vitest';
import { textLines } from './plot-file.ts';

describe('the text of a saved picture', () => {
  it('is broken at spaces, keeps every word, and never cuts one', () => {
    const text = 'A rate of a-very-long-name-that-fits-nowhere and a few short words';
    const lines = textLines(text, 20);
    expect(lines.join(' ')).toBe(text);
    expect(lines.filter((line) => line.length > 20)).toEqual(['a-very-long-name-that-fits-nowhere']);
  });
});
