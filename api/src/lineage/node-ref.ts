import type { LineageNodeKind } from './kinds.ts';

/** A reference as people type it: `kind:name[@version]`, percent-decoded. Source: docs/tools.md, "Name things". */
export interface NodeRef {
  kind: LineageNodeKind;
  name: string;
  version: string | null;
}

const WORDS: Readonly<Record<LineageNodeKind, string>> = {
  SOURCE: 'source',
  DATASET_VERSION: 'dataset',
  TRANSFORMATION: 'transformation',
  TRAINING_RUN: 'training-run',
  MODEL_VERSION: 'model',
  EVAL_RUN: 'eval-run',
  INCIDENT: 'incident',
};
const KINDS = new Map(Object.entries(WORDS).map(([kind, word]) => [word, kind as LineageNodeKind]));

/** Kinds whose things have versions; the others' names may not carry one. */
export const VERSIONED: ReadonlySet<LineageNodeKind> = new Set(['DATASET_VERSION', 'MODEL_VERSION']);

export const NAME_LENGTH = 200;
const PLAIN = /^[A-Za-z0-9._\-/+]$/;

export function encodeRefPart(part: string): string {
  let out = '';
  for (const character of part) out += PLAIN.test(character) ? character : encodeByte(character);
  return out;
}

function encodeByte(character: string): string {
  return [...Buffer.from(character, 'utf8')]
    .map((b) => `%${b.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** Writes a reference. `namespace` '' is the common one and is left out. */
export function formatNodeRef(ref: NodeRef & { namespace?: string }): string {
  const name = ref.namespace ? `${ref.namespace}/${ref.name}` : ref.name;
  const version = ref.version === null ? '' : `@${encodeRefPart(ref.version)}`;
  return `${WORDS[ref.kind]}:${encodeRefPart(name)}${version}`;
}

/** Reads a typed reference, or says in a sentence what is wrong with it. */
export function parseNodeRef(text: string): NodeRef | { problem: string } {
  if (text.length > 4 * NAME_LENGTH) return { problem: 'The reference is too long.' };
  const colon = text.indexOf(':');
  if (colon < 1) return { problem: 'A reference is kind:name[@version], such as dataset:the-pile@1.0.' };
  const kind = KINDS.get(text.slice(0, colon));
  if (kind === undefined) {
    return {
      problem: `Unknown kind "${text.slice(0, colon)}"; the kinds are ${[...KINDS.keys()].join(', ')}.`,
    };
  }
  const rest = text.slice(colon + 1);
  const at = VERSIONED.has(kind) ? rest.lastIndexOf('@') : -1;
  const name = decodeRefPart(at < 0 ? rest : rest.slice(0, at));
  const version = at < 0 ? null : decodeRefPart(rest.slice(at + 1));
  if (name === null || (at >= 0 && version === null)) {
    return { problem: 'Names hold letters, digits and . _ - / +; anything else is percent-encoded.' };
  }
  if (name === '' || version === '') return { problem: 'The name and the version may not be empty.' };
  if (VERSIONED.has(kind) && version === null) {
    return { problem: `A ${WORDS[kind]} needs a version: ${WORDS[kind]}:${name}@VERSION.` };
  }
  return { kind, name, version };
}

function decodeRefPart(part: string): string | null {
  // Most names are as they stand.
  if (/^[A-Za-z0-9._\-/+]*$/.test(part)) return part;
  if (!/^(?:[A-Za-z0-9._\-/+]|%[0-9A-Fa-f]{2})*$/.test(part)) return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
