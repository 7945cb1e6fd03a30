import { describe, expect, it } from 'vitest';
import { cutText, wrapText } from './fit-text.ts';

describe('text in a box', () => {
  it('stays whole where it fits', () => {
    expect(wrapText('the-pile 1.0', 120, 7)).toEqual(['the-pile 1.0']);
  });

  it('breaks between words, and loses only what two lines cannot hold', () => {
    expect(wrapText('MBI-2025-0001 Claude Opus 4 blackmails its engineer', 140, 7)).toEqual([
      'MBI-2025-0001 Claude',
      'Opus 4 blackmails i…',
    ]);
    expect(wrapText('tulu-3-sft-olmo-2-mixture', 140, 7)).toEqual(['tulu-3-sft-olmo-2-', 'mixture']);
  });

  it('breaks a word without a gap where the line ends', () => {
    expect(wrapText('a'.repeat(30), 140, 7)).toEqual(['a'.repeat(20), 'a'.repeat(10)]);
  });

  it('never gives more letters than fit', () => {
    for (const line of wrapText('one two three four five six seven eight nine ten', 70, 7)) {
      expect(line.length).toBeLessThanOrEqual(10);
    }
    expect(cutText('abcdefghij', 35, 7)).toBe('abcd…');
  });
});
