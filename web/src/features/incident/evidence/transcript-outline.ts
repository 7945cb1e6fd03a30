// What a sample of an eval log says beside its messages: what is not shown of it, how it was judged, what went wrong.

/** How one scorer judged, each thing that it said by its name, as a text. */
export interface Verdict {
  scorer: string;
  said: { name: string; text: string }[];
}

export interface Outline {
  /** What is not there of the log, in sentences; empty where all is, or nothing is said of it. */
  notShown: string[];
  /** How many messages the log has; null where it is not said. */
  messageCount: number | null;
  verdicts: Verdict[];
  /** What ended the sample; null where nothing is said of it. */
  error: string | null;
  /** Which allowance ran out; null where none did. */
  limit: string | null;
}

export const EVERYTHING_SHOWN: Outline = {
  notShown: [],
  messageCount: null,
  verdicts: [],
  error: null,
  limit: null,
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of a sample in any form: nothing that it says under these names is left out, whatever form it has. */
export function outlineOf(sample: Record<string, unknown>): Outline {
  const { notShown, messageCount } = sample;
  const sentences = Array.isArray(notShown) ? notShown : [notShown];
  return {
    notShown: sentences.map(textOf).filter((sentence) => sentence !== null),
    messageCount: typeof messageCount === 'number' ? messageCount : null,
    verdicts: verdictsOf(sample.scores),
    error: textOf(sample.error),
    limit: textOf(sample.limit),
  };
}

/** A text as it is, anything else as JSON; null where there is nothing to say. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** A list of verdicts that each name their scorer, or scorers with what each said; a verdict may be its value alone. */
function verdictsOf(scores: unknown): Verdict[] {
  if (Array.isArray(scores))
    return scores.map((score: unknown, nth) => {
      if (!isRecord(score) || typeof score.scorer !== 'string') return verdictOf(`Score ${nth + 1}`, score);
      const { scorer, ...said } = score;
      return verdictOf(String(scorer), said);
    });
  if (isRecord(scores)) return Object.entries(scores).map(([scorer, score]) => verdictOf(scorer, score));
  const text = textOf(scores);
  return text === null ? [] : [verdictOf('Score', text)];
}

function verdictOf(scorer: string, score: unknown): Verdict {
  const said = isRecord(score) ? score : { value: score };
  return {
    scorer,
    said: Object.entries(said).flatMap(([name, value]) => {
      const text = Array.isArray(value) && value.length === 0 ? null : textOf(value);
      return text === null ? [] : [{ name, text }];
    }),
  };
}
