// A chat message as logs of any year have it, as one of ours.
import type { JsonValue } from '../json-value.ts';
import { asText, finite, isObject, member } from '../plain-values.ts';
import type { TextAllowance } from './allowance.ts';
import type { AttachmentRefs } from './attachments.ts';
import {
  type Json,
  type PartKind,
  TRANSCRIPT_LIMITS,
  type TranscriptMessage,
  type TranscriptPart,
} from './transcript.ts';

export interface Reading {
  texts: TextAllowance;
  attachments: AttachmentRefs;
}

export function readMessage(raw: Json, index: number, reading: Reading): TranscriptMessage {
  const { texts } = reading;
  const error = member(raw, 'error') ?? member(raw, 'tool_error');
  const parts = [
    ...contentParts(member(raw, 'content'), reading),
    ...toolCalls(member(raw, 'tool_calls'), reading),
  ];
  return {
    index,
    role: texts.word(member(raw, 'role'), 60) ?? 'unknown',
    source: texts.word(member(raw, 'source'), 60),
    model: texts.word(member(raw, 'model')),
    tool: texts.word(member(raw, 'function')),
    callId: texts.word(member(raw, 'tool_call_id')),
    error: isObject(error) ? errorText(error, texts) : texts.word(error, 4_000),
    parts: fewer(parts),
  };
}

function fewer(parts: TranscriptPart[]): TranscriptPart[] {
  const over = parts.length - TRANSCRIPT_LIMITS.partsOfMessage;
  if (over <= 0) return parts;
  const text = `${over} further parts of this message are not shown.`;
  return [
    ...parts.slice(0, TRANSCRIPT_LIMITS.partsOfMessage),
    { kind: 'DATA', text, name: 'left out', callId: null, cut: 0 },
  ];
}

function errorText(error: Json, texts: TextAllowance): string {
  const type = asText(member(error, 'type'), 100);
  const said = asText(member(error, 'message'), 100_000) ?? '';
  return texts.take(type === null ? said : `${type}: ${said}`, 4_000).text;
}

/** A text part, whose text may come later where it stands apart. */
function textPart(
  kind: PartKind,
  text: string,
  reading: Reading,
  name: string | null = null,
): TranscriptPart {
  const part: TranscriptPart = { kind, text: '', name, callId: null, cut: 0 };
  const put = (whole: string) => Object.assign(part, reading.texts.take(whole));
  // Until it is found it reads as it is written.
  if (reading.attachments.defer(text, put)) part.text = text;
  else put(text);
  return part;
}

function contentParts(content: Json, reading: Reading): TranscriptPart[] {
  if (typeof content === 'string') return content === '' ? [] : [textPart('TEXT', content, reading)];
  if (!Array.isArray(content)) return [];
  return content.flatMap((part) => contentPart(part, reading));
}

const MEDIA: ReadonlySet<string> = new Set(['image', 'audio', 'video', 'document']);

function contentPart(part: Json, reading: Reading): TranscriptPart[] {
  if (typeof part === 'string') return [textPart('TEXT', part, reading)];
  const type = asText(member(part, 'type'), 60) ?? 'unknown';
  if (type === 'text') return textOf(member(part, 'text'), 'TEXT', reading);
  if (type === 'reasoning') return reasoningOf(part, reading);
  if (MEDIA.has(type)) return [mediaPart(type, part)];
  return [textPart('DATA', JSON.stringify(part) ?? '', reading, type)];
}

function textOf(value: Json, kind: PartKind, reading: Reading): TranscriptPart[] {
  return typeof value === 'string' && value !== '' ? [textPart(kind, value, reading)] : [];
}

/** What is redacted is a cipher that nobody here can read; that it was there is said. */
function reasoningOf(part: Json, reading: Reading): TranscriptPart[] {
  if (member(part, 'redacted') !== true) return textOf(member(part, 'reasoning'), 'REASONING', reading);
  const summary = member(part, 'summary');
  if (typeof summary === 'string' && summary !== '')
    return [textPart('REASONING', summary, reading, 'summary')];
  return [
    textPart('REASONING', 'This reasoning was redacted by whoever served the model.', reading, 'redacted'),
  ];
}

/** A medium is named and not shown: what it holds may be anything, and loading it would tell others who reads. */
function mediaPart(type: string, part: Json): TranscriptPart {
  const source = member(part, type);
  const where = typeof source === 'string' ? source : '';
  const embedded = /^data:([^;,]{1,80})/.exec(where)?.[1];
  const said =
    embedded === undefined
      ? `${type}, not shown`
      : `${type} (${embedded}, ${where.length.toLocaleString('en')} characters as written), not shown`;
  return { kind: 'MEDIA', text: said, name: type, callId: null, cut: 0 };
}

function toolCalls(calls: Json, reading: Reading): TranscriptPart[] {
  if (!Array.isArray(calls)) return [];
  return calls.map((call) => {
    const name = reading.texts.word(member(call, 'function'));
    const given = member(call, 'arguments') ?? null;
    const part =
      typeof given === 'string'
        ? textPart('TOOL_CALL', given, reading, name)
        : argumentsPart(given, name, reading);
    part.callId = reading.texts.word(member(call, 'id'));
    return part;
  });
}

/** The arguments as JSON; a text among them that stands apart in the log is put in its place once it is read. */
function argumentsPart(given: JsonValue, name: string | null, reading: Reading): TranscriptPart {
  const part: TranscriptPart = { kind: 'TOOL_CALL', text: '', name, callId: null, cut: 0 };
  const write = () => Object.assign(part, reading.texts.take(JSON.stringify(finite(given), null, 2)));
  let awaited = 0;
  const values = isObject(given) ? given : {};
  for (const [argument, value] of Object.entries(values)) {
    const put = (text: string) => {
      values[argument] = text;
      awaited -= 1;
      if (awaited === 0) write();
    };
    if (typeof value === 'string' && reading.attachments.defer(value, put)) awaited += 1;
  }
  write();
  return part;
}
