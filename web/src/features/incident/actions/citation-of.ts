import type { CitationInput } from '../../../graphql/generated/graphql.ts';
import type { CitationFacts } from '../../../ui/CitationMark.tsx';
import { text } from './form-values.ts';

/**
 * The citation of a form; null where no source is named. Of the citation that it was begun from, what the form has no
 * field for (its quotation, note and day) stays as long as the source is the same.
 */
export function citationOf(form: FormData, begun?: CitationFacts | null): CitationInput | null {
  const source = text(form, 'citation.source');
  if (!source) return null;
  const { quote = null, note = null, retrievedAt = null } = begun?.source === source ? begun : {};
  return {
    source,
    url: text(form, 'citation.url'),
    locator: text(form, 'citation.locator'),
    certainty: (text(form, 'citation.certainty') ?? 'PRIMARY') as CitationInput['certainty'],
    ...(begun && { quote, note, retrievedAt }),
  };
}

/** Whether a citation must name its source: something of it was typed that would be left out otherwise. */
export const needsSource = (typed: { locator: string; url: string }): boolean =>
  typed.locator.trim() !== '' || typed.url.trim() !== '';
