import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PagesOn } from './PagesOn.tsx';

const shown = (first: string | null, more: string | null) =>
  renderToStaticMarkup(createElement(PagesOn, { shown: 100, of: '240 versions', first, more }));
const text = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('a list of several pages', () => {
  it('says how much of it is shown, and leads on and back to its beginning', () => {
    expect(text(shown(null, '/x?after=1'))).toBe('The first 100 of 240 versions are shown. More');
    expect(text(shown('/x', '/x?after=2'))).toBe('100 of 240 versions are shown. First page More');
    expect(shown('/x', null)).toContain('href="/x"');
  });

  it('says nothing where it is whole', () => {
    expect(shown(null, null)).toBe('');
  });
});
