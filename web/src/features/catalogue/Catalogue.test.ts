import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { CatalogueEmpty, CatalogueSearch } from './Catalogue.tsx';

const state = (search: string | null) => ({ search, after: null, before: null });
const filter = { words: 'about blackmail', clear: '/regressions' };
const empty = (search: string | null, narrowed: typeof filter | null) =>
  renderToStaticMarkup(
    createElement(CatalogueEmpty, {
      state: state(search),
      noun: 'rule',
      clear: '/regressions?behavior=blackmail',
      filter: narrowed,
      // biome-ignore lint/correctness/noChildrenProp: its props require them
      children: 'Make the first.',
    }),
  );

describe('a list that is narrowed', () => {
  it('and empty is never said to hold nothing yet, and leads to the whole of it', () => {
    const markup = empty(null, filter);
    expect(markup).toContain('No rules about blackmail');
    expect(markup).not.toContain('yet');
    expect(markup).toMatch(/<a [^>]*href="\/regressions"[^>]*>Show all rules/);
    expect(empty(null, null)).toContain('No rules yet');
  });

  it('is searched as it is narrowed, and clearing the search keeps that', () => {
    const markup = empty('back', filter);
    expect(markup).toContain('No rule about blackmail matches “back”');
    expect(markup).toContain('href="/regressions?behavior=blackmail"');
    const form = renderToStaticMarkup(
      createElement(CatalogueSearch, {
        action: '/regressions',
        label: 'Search rules',
        state: state(null),
        kept: { behavior: 'blackmail', retired: null },
      }),
    );
    expect(form).toContain('<input type="hidden" name="behavior" value="blackmail"/>');
    expect(form).not.toContain('retired');
  });
});
