import { cutTarget } from '../formats/cut-target.ts';
import type { InspectSample, InspectSampleScore, Scalar } from './inspect-log.ts';
import type { JsonValue } from './json-value.ts';
import type { RawSample, RawScore } from './log-collector.ts';
import { asCount, asNumber, asScalar, asText, isObject, member, shorten } from './plain-values.ts';
import { wholeDigest } from './sample-input.ts';
import { noRemarks, type SampleRemarks } from './sample-remarks.ts';
import { statedScenario } from './sample-scenario.ts';

const LONGEST_TARGET = 200;
const LONGEST_ANSWER = 500;
const LONGEST_ERROR = 500;
const MOST_PARTS = 200;

const EXHAUSTED: Readonly<Record<string, InspectSample['exhausted']>> = {
  token: 'tokens',
  time: 'time',
  working: 'time',
  message: 'messages',
  context: 'context',
  cost: 'cost',
  operator: 'operator',
};

/** Null where the sample has no id or epoch to be known by. */
export function normaliseSample(raw: RawSample): { sample: InspectSample; remarks: SampleRemarks } | null {
  const id = asText(raw.fields.get('id'), 500) ?? (raw.fields.get('id') === '' ? '' : null);
  const epoch = raw.fields.has('epoch') ? asCount(raw.fields.get('epoch')) : 1;
  if (id === null || epoch === null) return null;
  const limit = sampleLimit(raw.fields.get('limit'));
  const remarks = noRemarks();
  const scores = [...raw.scores].map(
    ([scorer, score]) => [scorer, sampleScore(scorer, score, remarks)] as const,
  );
  const sample: InspectSample = {
    id,
    epoch,
    target: shortTarget(raw.fields.get('target')),
    scores: Object.fromEntries(scores),
    error: asText(raw.fields.get('error'), LONGEST_ERROR),
    limit,
    exhausted: limit === null ? null : (EXHAUSTED[limit.type] ?? 'other'),
    tokens: totalTokens(raw.fields.get('model_usage')),
    seconds: asNumber(raw.fields.get('total_time')),
    retries: Math.max(raw.retries, asCount(raw.fields.get('retries')) ?? 0),
    invalidated: isObject(raw.fields.get('invalidation')),
    place: raw.place,
    inputDigest: wholeDigest(raw.input, raw.fields.get('choices')),
    scenario: statedScenario(raw.metadata),
  };
  return { sample, remarks };
}

/** Whether a scorer gave a verdict: one value, or at least one part of several. */
export function isScored(score: InspectSampleScore | undefined): boolean {
  if (!score) return false;
  if (score.parts) return Object.values(score.parts).some((part) => part !== null);
  return score.value !== null;
}

function sampleScore(scorer: string, raw: RawScore, remarks: SampleRemarks): InspectSampleScore {
  if (raw.edits > 0) remarks.edited.push(scorer);
  const value = raw.value ?? null;
  const answer = raw.answer == null ? null : shorten(answerText(raw.answer), LONGEST_ANSWER);
  if (!isObject(value) && !Array.isArray(value)) {
    return { value: verdict(scorer, value, remarks), parts: null, answer };
  }
  const entries = Object.entries(value);
  if (entries.length > MOST_PARTS) remarks.partsCut += 1;
  const parts = entries
    .slice(0, MOST_PARTS)
    .map(([name, part]) => [name, verdict(scorer, part, remarks)] as const);
  return { value: null, parts: Object.fromEntries(parts), answer };
}

function verdict(scorer: string, value: JsonValue, remarks: SampleRemarks): Scalar {
  if (typeof value === 'number' && !Number.isFinite(value)) remarks.notFinite.push(scorer);
  return asScalar(value);
}

function answerText(answer: JsonValue): string {
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

function shortTarget(target: JsonValue | undefined): string {
  if (target == null) return '';
  const text = Array.isArray(target) ? target.map(answerText).join(' | ') : answerText(target);
  return cutTarget(text.trim(), LONGEST_TARGET);
}

function sampleLimit(limit: JsonValue | undefined): InspectSample['limit'] {
  if (isObject(limit)) {
    const type = asText(member(limit, 'type'), 40);
    return type === null ? null : { type, value: asNumber(member(limit, 'limit')) };
  }
  const type = asText(limit, 40);
  return type === null ? null : { type, value: null };
}

function totalTokens(usage: JsonValue | undefined): number | null {
  if (!isObject(usage)) return null;
  const totals = Object.values(usage).flatMap((model) => asCount(member(model, 'total_tokens')) ?? []);
  return totals.length === 0 ? null : totals.reduce((sum, tokens) => sum + tokens, 0);
}
