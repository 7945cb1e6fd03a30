// What evidence is shown as, and what reading it asks for.
import type { EvidenceKind, Sensitivity } from './incident.ts';

export const EVIDENCE_KINDS: readonly EvidenceKind[] = ['TRANSCRIPT', 'FILE', 'QUOTATION', 'EVAL_SAMPLE'];
export const SENSITIVITIES: readonly Sensitivity[] = ['NONE', 'SENSITIVE', 'HAZARDOUS'];

/** The largest text that is shown in place; a larger one is downloaded. */
export const LARGEST_SHOWN = 1024 * 1024;

/** How long a reveal is good for, for whoever gave its reason. */
export const REVEAL_MS = 10 * 60_000;

export const SHORTEST_REASON = 10;
export const LONGEST_REASON = 2_000;
export const LONGEST_WARNING = 2_000;

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*(\s*;.*)?$/i;
const TEXTUAL = /^(text\/|application\/(json|x-ndjson|jsonl|yaml|x-yaml|toml)$|[a-z]+\/[a-z0-9.-]+\+json$)/;

export const isMediaType = (text: string): boolean => text.length <= 200 && MEDIA_TYPE.test(text);

const bare = (mediaType: string | null): string =>
  (mediaType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** Whether it can be shown as text. HTML and SVG are text too: what matters is that nobody runs them. */
export function isTextual(mediaType: string | null): boolean {
  return TEXTUAL.test(bare(mediaType)) || bare(mediaType) === 'image/svg+xml';
}

/** What a browser is told that it is: never anything that it would run or draw. */
export function safeMediaType(mediaType: string | null): string {
  return isTextual(mediaType) ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/markdown': 'md',
  'application/json': 'json',
  'application/x-ndjson': 'jsonl',
};

/** What a download is called: as the file was, or after its title. */
export function downloadName(evidence: {
  fileName: string | null;
  title: string;
  mediaType: string | null;
}): string {
  if (evidence.fileName !== null) return evidence.fileName;
  const words = evidence.title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const end = EXTENSIONS[bare(evidence.mediaType)] ?? (isTextual(evidence.mediaType) ? 'txt' : 'bin');
  return `${[...words].slice(0, 80).join('') || 'evidence'}.${end}`;
}
