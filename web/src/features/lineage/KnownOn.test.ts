import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { paths } from '../../navigation/paths.ts';
import { KnownOn } from './KnownOn.tsx';
import { NeitherDay } from './NeitherDay.tsx';

const shown = (at: string | null, ofNow?: string) =>
  renderToStaticMarkup(createElement(KnownOn, { at, now: paths.source('books'), ofNow }));

describe('a page as known on a past day', () => {
  it('says so, says what is of now all the same, and leads back to now', () => {
    const markup = shown('2026-05-08T14:03:00Z', 'measurements');
    expect(markup.replace(/<[^>]+>/g, '')).toBe(
      'As known on 8 May 2026, 14:03 UTC; measurements are as recorded now · now',
    );
    expect(markup).toContain('href="/sources/books"');
    expect(shown('2026-05-08T14:03:00Z').replace(/<[^>]+>/g, '')).toBe(
      'As known on 8 May 2026, 14:03 UTC · now',
    );
  });

  it('says nothing where no day is asked for', () => {
    expect(shown(null)).toBe('');
  });

  it('says that it is of now where what is asked for is no day, and nothing where it is one', () => {
    const warned = (asked: string | null) => renderToStaticMarkup(createElement(NeitherDay, { asked }));
    expect(warned('yesterday').replace(/<[^>]+>/g, '')).toMatch(/“yesterday” is neither a day.*as known now/);
    expect([warned('2026-01-01'), warned('2026-05-08T14:03:00Z'), warned(null)]).toEqual(['', '', '']);
  });
});
