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

/**
 * How long what is said of a file may be, percent-encoded: it goes in headers, because addresses are logged, and Node
 * takes 16 KiB of those, the session's cookie and the browser's own included.
 */
const LONGEST_WORDS = 12 * 1024;
const TOO_LONG = 'What is said of the file is too long to go along with it. Shorten it.';

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
  const headers = headersOf(file, words);
  const lengths = Object.values(headers).map((value) => value.length);
  if (lengths.reduce((sum, length) => sum + length, 0) > LONGEST_WORDS)
    return Promise.resolve(failed(TOO_LONG, pathOfLongest(headers)));
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const { incident, kind, sensitivity, visibility } = words;
    request.open('POST', `/api/evidence${queryString({ incident, kind, sensitivity, visibility })}`);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
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

/** What is said of the file, percent-encoded; what is empty is left out. */
function headersOf(file: File, words: FileWords): Record<string, string> {
  const said = {
    'x-title': words.title,
    'x-filename': file.name,
    'x-warning': words.warning,
    'x-citation': words.citation ? JSON.stringify(words.citation) : null,
  };
  const encoded = Object.entries(said).flatMap(([name, value]) =>
    value ? [[name, encodeURIComponent(value.replace(HALVES, '\ufffd'))]] : [],
  );
  return Object.fromEntries(encoded);
}

/** The field of the form that takes the most; none where that is the file's own name. */
function pathOfLongest(headers: Record<string, string>): string[] {
  const [name] = Object.entries(headers).reduce((a, b) => (b[1].length > a[1].length ? b : a));
  return name === 'x-filename' ? [] : [name.slice('x-'.length)];
}

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
  if (request.status === 431) return failed(TOO_LONG);
  try {
    const { error } = JSON.parse(request.responseText) as { error?: { message?: string; path?: string[] } };
    if (error?.message) return failed(error.message, error.path ?? []);
  } catch {
    // No answer of ours.
  }
  return failed(`The server answered ${request.status} without a result.`);
}
