export type ScoreText = { name: string; value: string; why: string | null };

/**
 * A sample's scores as they can be shown, whatever a scorer wrote: a value, or an object with a value and an
 * explanation, by scorer; of a scorer that gives several values, each with its name. A score without any value is
 * "unscored", which is not the same as 0.
 */
export function scoreTexts(scores: unknown): ScoreText[] {
  const entries: [string, unknown][] = Array.isArray(scores)
    ? scores.map((s, i): [string, unknown] => [nameOf(s) ?? `score ${i + 1}`, s])
    : isRecord(scores)
      ? Object.entries(scores)
      : [];
  return entries.map(([name, score]) => {
    if (!isRecord(score)) return { name, value: valueText(score), why: null };
    const value =
      'outcome' in score ? score.outcome : 'value' in score ? (score.value ?? score.parts) : score;
    const why = typeof score.explanation === 'string' && score.explanation !== '' ? score.explanation : null;
    return { name, value: valueText(value), why };
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function nameOf(score: unknown): string | null {
  if (!isRecord(score)) return null;
  const name = score.scorer ?? score.name;
  return typeof name === 'string' ? name : null;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'unscored';
  if (!isRecord(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  const parts = Object.entries(value);
  return parts.length === 0
    ? 'unscored'
    : parts.map(([name, part]) => `${name} ${valueText(part)}`).join(', ');
}
