// What the model was given in a sample, by a digest that is the same whichever file tells of it.
import { createHash, type Hash } from 'node:crypto';
import type { JsonValue } from '../inspect/json-value.ts';
import { isObject, member } from '../inspect/plain-values.ts';
import { digestOf } from '../plan-values.ts';

/**
 * Of what it is a digest, which stands before it: messages as they were put, the document of a dataset, variables and a
 * prompt, files of prompts; or what the harness calls the hash of a document. Digests of two kinds say nothing of each
 * other. Whoever changes the form of one calls it otherwise.
 */
export type DigestedAs = 'messages' | 'document' | 'document-hash' | 'variables' | 'prompt-files';

export const asDigest = (kind: DigestedAs, hex: string): string => `${kind}:${hex}`;

/** What a report says of a field that is kept so. */
export const KEPT_AS_DIGEST =
  'a digest, by which two runs show whether they gave the model the same; the text stays in the file';

/** SHA-256 of a value's JSON with its names sorted. */
export const digestOfJson = (kind: DigestedAs, value: JsonValue | object): string =>
  asDigest(kind, digestOf(value));

/**
 * Of a text, which is the one message of a user, or of messages: role, text and calls of tools of each. Ids, sources and
 * what else a tool writes beside them are another in each run. Null where it is neither, or holds what is no text: a
 * picture is kept in one file, and named or removed in another.
 */
export function digestOfMessages(input: JsonValue | undefined): string | null {
  const hash = createHash('sha256');
  if (typeof input === 'string') addMessage(hash, 'user', [input], []);
  else if (!Array.isArray(input) || !input.every((message) => addStated(hash, message))) return null;
  return asDigest('messages', hash.digest('hex'));
}

/**
 * With the answers among which the model was to choose, in their order; the same where there were none. Null where they
 * are no list.
 */
export function withChoices(digest: string | null, choices: JsonValue | undefined): string | null {
  if (digest === null || choices === undefined || choices === null) return digest;
  if (!Array.isArray(choices)) return null;
  if (choices.length === 0) return digest;
  const [kind] = digest.split(':') as [DigestedAs];
  return digestOfJson(kind, { input: digest, choices });
}

function addStated(hash: Hash, message: JsonValue): boolean {
  const role = member(message, 'role');
  const parts = partsOf(member(message, 'content'));
  if (typeof role !== 'string' || parts === null) return false;
  const calls = member(message, 'tool_calls');
  addMessage(hash, role, parts, Array.isArray(calls) ? calls : []);
  return true;
}

/** Each piece behind its length, so that no two messages run into one another; long texts are not copied. */
function addMessage(hash: Hash, role: string, parts: readonly string[], calls: readonly JsonValue[]): void {
  hash.update(`${parts.length} ${calls.length} `);
  for (const text of [role, ...parts]) {
    hash.update(`${text.length} `);
    hash.update(text);
  }
  for (const call of calls) hash.update(calledOf(call));
}

/** Null where a part is no text. */
function partsOf(content: JsonValue | undefined): string[] | null {
  if (content === undefined || content === null) return [''];
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return null;
  const parts = content.map((part) => {
    if (typeof part === 'string') return part;
    const text = member(part, 'text');
    return member(part, 'type') === 'text' && typeof text === 'string' ? text : null;
  });
  return parts.some((part) => part === null) ? null : (parts as string[]);
}

/** Which function was called with what; the id of a call is made up anew each time. */
function calledOf(call: JsonValue): string {
  if (!isObject(call)) return digestOf(call);
  return digestOf({ function: call.function ?? null, arguments: call.arguments ?? null });
}
