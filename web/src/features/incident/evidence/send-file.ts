import type { AddEvidenceInput } from '@/graphql/generated/graphql.ts';
import { queryString } from '@/navigation/paths.ts';
import type { WriteFailure } from '../actions/use-write.ts';

/** What is said of a file, as the form has it. */
export type FileWords = Omit<AddEvidenceInput, 'text' | 'mediaType' | 'idempotencyKey'>;

export type Sent = { kind: 'done' } | { kind: 'cancelled' } | { kind: 'failed'; failure: WriteFailure };

interface Sending {
  file: File;
  words: FileWords;
  idempotencyKey: string;
  signal: AbortSignal;
  onSent: (bytes: number) => void;
}

/** Halves of characters, which no encoding has a form for. */
const HALVES = /\p{Cs}/gu;

const failed = (message: string, path: readonly string[] = []): Sent => ({
  kind: 'failed',
  failure: { message, path },
});

/**
 * Sends a file to this site's own `/api/evidence`, which adds the session. Not by `fetch`, because only this way
 * tells how much is on its way.
 */
export function sendFile({ file, words, idempotencyKey, signal, onSent }: Sending): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const { incident, kind, sensitivity, visibility } = words;
    request.open('POST', `/api/evidence${queryString({ incident, kind, sensitivity, visibility })}`);
    for (const [name, value] of Object.entries(headersOf(file, words)))
      if (value) request.setRequestHeader(name, encodeURIComponent(value.replace(HALVES, '\ufffd')));
    request.setRequestHeader('content-type', mediaTypeOf(file));
    request.setRequestHeader('idempotency-key', idempotencyKey);
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => resolve(read(request)));
    request.addEventListener('error', () =>
      resolve(failed('The file did not get through. Nothing was recorded; try again.')),
    );
    request.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

const headersOf = (file: File, words: FileWords): Record<string, string | null | undefined> => ({
  'x-title': words.title,
  'x-filename': file.name,
  'x-warning': words.warning,
  'x-citation': words.citation ? JSON.stringify(words.citation) : null,
});

const BY_EXTENSION: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  txt: 'text/plain',
  log: 'text/plain',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
};

/** What the browser says that it is; what it does not know is told by the end of its name. */
function mediaTypeOf(file: File): string {
  const end = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  return BY_EXTENSION[end] ?? (file.type || 'application/octet-stream');
}

function read(request: XMLHttpRequest): Sent {
  if (request.status === 201) return { kind: 'done' };
  if (request.status === 401)
    return failed('Your session has ended. Sign in again in another tab; what you typed is kept.');
  try {
    const { error } = JSON.parse(request.responseText) as { error?: { message?: string; path?: string[] } };
    if (error?.message) return failed(error.message, error.path ?? []);
  } catch {
    // No answer of ours.
  }
  return failed(`The server answered ${request.status} without a result.`);
}
