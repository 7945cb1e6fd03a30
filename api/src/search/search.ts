// What a search asks for, and how it shows what it found.

export interface SearchTerms {
  /** The whole query in lower case, and its words; empty where there is nothing to look for. */
  whole: string;
  words: string[];
}

const MOST_WORDS = 8;
const LONGEST = 200;

/** A reference as people type it (`dataset:the-pile@1.0`) is looked for by its name. */
export function searchTerms(query: string): SearchTerms {
  const bare = query
    .trim()
    .slice(0, LONGEST)
    .replace(/^(?:source|dataset|transformation|training-run|model|eval-run|incident):(?=\S)/i, '');
  const whole = bare.toLowerCase();
  return {
    whole,
    words: whole
      .split(/\s+/)
      .filter((word) => word !== '')
      .slice(0, MOST_WORDS),
  };
}

const AROUND = 60;

/** A piece of text around the first word found in it; null where none is. */
export function snippet(text: string | null, words: readonly string[]): string | null {
  if (text === null) return null;
  const lower = text.toLowerCase();
  const at = words.map((word) => lower.indexOf(word)).filter((i) => i >= 0);
  if (at.length === 0) return null;
  const first = Math.min(...at);
  const from = Math.max(0, first - AROUND);
  const to = Math.min(text.length, first + 2 * AROUND);
  const piece = text.slice(from, to).replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '… ' : ''}${piece}${to < text.length ? ' …' : ''}`;
}
