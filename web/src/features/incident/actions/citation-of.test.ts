import { describe, expect, it } from 'vitest';
import { citationOf, needsSource } from './citation-of.ts';

const formOf = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(`citation.${name}`, value);
  return form;
};
const BEGUN = {
  source: 'The Pile, section 2',
  certainty: 'SECONDARY',
  quote: 'as we counted',
  note: 'Table 1',
  retrievedAt: '2024-05-01T00:00:00.000Z',
} as const;

describe('the citation of a form', () => {
  it('is what was typed, or none where no source is named', () => {
    const typed = { source: ' The Pile ', url: 'https://example.org/a', locator: '', certainty: 'DERIVED' };
    expect(citationOf(formOf(typed))).toEqual({
      source: 'The Pile',
      url: 'https://example.org/a',
      locator: null,
      certainty: 'DERIVED',
    });
    expect(citationOf(formOf({ source: '  ', certainty: 'PRIMARY' }))).toBeNull();
  });

  it('needs a source as soon as anything else of it is typed, so that nothing typed is left out', () => {
    expect(needsSource({ locator: '', url: ' ' })).toBe(false);
    expect(needsSource({ locator: 'p. 3', url: '' })).toBe(true);
    expect(needsSource({ locator: '', url: 'https://example.org/a' })).toBe(true);
  });

  it('keeps what it has no field for with the same source, and with no other', () => {
    const { quote, note, retrievedAt } = BEGUN;
    const same = formOf({ source: BEGUN.source, locator: 'p. 4', certainty: 'PRIMARY' });
    expect(citationOf(same, BEGUN)).toMatchObject({ locator: 'p. 4', quote, note, retrievedAt });
    expect(citationOf(formOf({ source: 'Another' }), BEGUN)).toMatchObject({
      source: 'Another',
      quote: null,
      note: null,
      retrievedAt: null,
    });
  });
});
