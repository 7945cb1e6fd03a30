import { describe, expect, it } from 'vitest';
import { searchTerms, snippet } from './search.ts';

describe('search terms', () => {
  it('look for a typed reference by its name, and for anything else by its words', () => {
    expect(searchTerms('dataset:The-Pile@1.0')).toEqual({ whole: 'the-pile@1.0', words: ['the-pile@1.0'] });
    expect(searchTerms('  Blackmail  test ').words).toEqual(['blackmail', 'test']);
    expect(searchTerms('   ').words).toEqual([]);
  });
});

describe('a snippet', () => {
  it('shows the text around what was found, and says where it was cut', () => {
    const text = `${'before '.repeat(20)}blackmail${' after'.repeat(40)}`;
    const shown = snippet(text, ['blackmail']);
    expect(shown).toMatch(/^… .*blackmail.* …$/);
    expect(snippet('nothing here', ['blackmail'])).toBeNull();
  });
});
