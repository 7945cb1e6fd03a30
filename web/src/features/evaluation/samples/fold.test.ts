import { describe, expect, it } from 'vitest';
import { FOLDS, foldedTo } from './fold.ts';

const { card } = FOLDS;

describe('a long text', () => {
  it('is shown whole where folding would hide next to nothing', () => {
    expect(foldedTo('', card)).toBeNull();
    expect(foldedTo('x'.repeat(card.characters * 1.25), card)).toBeNull();
    expect(foldedTo('line\n'.repeat(card.lines).trim(), card)).toBeNull();
  });

  it('is folded by its characters, at the end of a word', () => {
    const text = 'word '.repeat(1_000);
    const shown = foldedTo(text, card)!;
    expect(text.startsWith(shown)).toBe(true);
    expect(shown.length).toBeLessThanOrEqual(card.characters);
    expect(shown.endsWith('word')).toBe(true);
  });

  it('is folded by its lines, however short they are', () => {
    const shown = foldedTo(Array.from({ length: 100 }, (_, i) => `${i}`).join('\n'), card)!;
    expect(shown.split('\n')).toEqual(Array.from({ length: card.lines }, (_, i) => `${i}`));
  });

  it('is never cut within a character', () => {
    const shown = foldedTo(`x${'😀'.repeat(2_000)}`, card)!;
    expect(shown).toMatch(/^x(😀)+$/u);
  });
});
