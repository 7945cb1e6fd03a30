// How alike two incidents are, by what can be read and explained: words, behaviours, model versions.

export interface Described {
  title: string;
  summary: string;
  behaviors: readonly string[];
  models: readonly string[];
}

export interface Similarity {
  /** From 0 to 1. */
  similarity: number;
  reasons: string[];
}

/** Letter triples of the words of a text, each word padded, as pg_trgm takes them. */
function triples(text: string): Set<string> {
  const found = new Set<string>();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const padded = `  ${word} `;
    for (let i = 0; i + 3 <= padded.length; i += 1) found.add(padded.slice(i, i + 3));
  }
  return found;
}

function overlap(one: ReadonlySet<string>, two: ReadonlySet<string>): number {
  if (one.size === 0 || two.size === 0) return 0;
  let shared = 0;
  for (const triple of one) if (two.has(triple)) shared += 1;
  return shared / (one.size + two.size - shared);
}

const TITLES_ALIKE = 0.3;
const SUMMARIES_ALIKE = 0.3;

/**
 * How alike others are to what is asked about, whose own triples are taken once. Each sign raises the similarity towards
 * 1; none alone reaches it but an equal title.
 */
export function similarityTo(asked: Described): (other: Described) => Similarity {
  const own = { title: triples(asked.title), summary: triples(asked.summary) };
  return (other) =>
    signsOf(
      asked,
      other,
      overlap(own.title, triples(other.title)),
      overlap(own.summary, triples(other.summary)),
    );
}

function signsOf(asked: Described, other: Described, title: number, summary: number): Similarity {
  const behaviors = asked.behaviors.filter((name) => other.behaviors.includes(name));
  const models = asked.models.filter((name) => other.models.includes(name));
  const left =
    (1 - title) * (1 - 0.6 * summary) * (behaviors.length > 0 ? 0.75 : 1) * (models.length > 0 ? 0.7 : 1);
  const reasons: string[] = [];
  if (title >= TITLES_ALIKE) reasons.push(title === 1 ? 'same title' : 'similar title');
  if (summary >= SUMMARIES_ALIKE) reasons.push('similar summary');
  if (behaviors.length > 0) reasons.push(`same behaviour: ${behaviors.join(', ')}`);
  if (models.length > 0) reasons.push(`same model version: ${models.join(', ')}`);
  return { similarity: 1 - left, reasons };
}

/** The words to look for: the longest first, at most twelve, of four letters or more. */
export function tellingWords(text: string): string[] {
  const words = new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((w) => w.length >= 4));
  return [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, 12);
}
