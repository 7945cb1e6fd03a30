// A score with all that its scorer and later editors said of it.
import { asCount, finite, isObject, member } from '../plain-values.ts';
import type { Reading } from './read-message.ts';
import {
  type Json,
  type ModelUsage,
  type ScoreEdit,
  TRANSCRIPT_LIMITS,
  type TranscriptScore,
} from './transcript.ts';

/** What an edit says of what it left alone. */
const UNCHANGED = 'UNCHANGED';

export function readScore(scorer: string, raw: Json, reading: Reading): TranscriptScore {
  const { texts } = reading;
  const metadata = member(raw, 'metadata');
  const history = member(raw, 'history');
  const score: TranscriptScore = {
    scorer: texts.word(scorer) ?? '',
    value: texts.take(asJson(member(raw, 'value'))).text,
    answer: null,
    explanation: null,
    metadata:
      isObject(metadata) && Object.keys(metadata).length > 0 ? texts.take(asJson(metadata)).text : null,
    history: [],
  };
  later(member(raw, 'answer'), reading, (text) => (score.answer = text));
  later(member(raw, 'explanation'), reading, (text) => (score.explanation = text));
  if (Array.isArray(history))
    score.history = history.slice(0, TRANSCRIPT_LIMITS.history).map((edit) => readEdit(edit, reading));
  return score;
}

function later(value: Json, { texts, attachments }: Reading, put: (text: string) => void): void {
  if (value === undefined || value === null) return;
  const text = typeof value === 'string' ? value : asJson(value);
  const cut = (whole: string) => put(texts.take(whole).text);
  if (attachments.defer(text, cut)) put(text);
  else cut(text);
}

function readEdit(raw: Json, reading: Reading): ScoreEdit {
  const { texts } = reading;
  const said = (name: string) => {
    const value = member(raw, name);
    return value === undefined || value === null || value === UNCHANGED ? null : value;
  };
  const text = (value: Json) =>
    value === null || value === undefined
      ? null
      : texts.take(typeof value === 'string' ? value : asJson(value)).text;
  const value = said('value');
  const provenance = member(raw, 'provenance');
  return {
    value: value === null ? null : texts.take(asJson(value)).text,
    answer: text(said('answer')),
    explanation: text(said('explanation')),
    author: texts.word(member(provenance, 'author')),
    reason: texts.word(member(provenance, 'reason'), 4_000),
    at: texts.word(member(provenance, 'timestamp'), 60),
  };
}

export function readUsage(raw: Json, { texts }: Reading): ModelUsage[] {
  if (!isObject(raw)) return [];
  return Object.entries(raw)
    .slice(0, 100)
    .map(([model, usage]) => ({
      model: texts.word(model) ?? '',
      inputTokens: asCount(member(usage, 'input_tokens')),
      outputTokens: asCount(member(usage, 'output_tokens')),
      totalTokens: asCount(member(usage, 'total_tokens')),
    }));
}

const asJson = (value: Json): string => JSON.stringify(finite(value ?? null)) ?? 'null';
