import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileWords, sendFile } from './send-file.ts';

/** What a browser's request does here: it keeps its headers, and is answered as soon as it is sent. */
class FakeRequest {
  static status = 201;
  static sent: Record<string, string>[] = [];
  readonly upload = { addEventListener: () => undefined };
  readonly responseText = '';
  readonly status = FakeRequest.status;
  private readonly headers: Record<string, string> = {};
  private answered = () => {};
  open() {}
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  addEventListener(name: string, listener: () => void) {
    if (name === 'load') this.answered = listener;
  }
  send() {
    FakeRequest.sent.push(this.headers);
    this.answered();
  }
}

const words: FileWords = {
  incident: 'incident:MBI-2025-0001',
  kind: 'FILE',
  sensitivity: 'NONE',
  title: 'A log',
  warning: null,
  citation: null,
};
const send = (said: Partial<FileWords>, name = 'run.log') =>
  sendFile({
    file: new File(['words'], name),
    words: { ...words, ...said },
    idempotencyKey: 'k',
    signal: new AbortController().signal,
    onSent: () => undefined,
  });

beforeEach(() => {
  FakeRequest.status = 201;
  FakeRequest.sent = [];
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
});
afterEach(() => vi.unstubAllGlobals());

describe('what is said of a file', () => {
  it('goes along percent-encoded, without what is empty', async () => {
    expect(await send({ warning: '暴力 100 %' })).toEqual({ kind: 'done' });
    expect(FakeRequest.sent).toEqual([
      {
        'x-title': 'A%20log',
        'x-filename': 'run.log',
        'x-warning': encodeURIComponent('暴力 100 %'),
        'content-type': 'text/plain',
        'idempotency-key': 'k',
      },
    ]);
  });

  it('is refused before anything is sent where servers take no headers of its length, and says where', async () => {
    const tooLong = (path: string[]) => ({
      kind: 'failed',
      failure: { message: expect.stringMatching(/too long to go along with it/), path },
    });
    expect(await send({ warning: '警'.repeat(1800) })).toEqual(tooLong(['warning']));
    expect(await send({ title: 'a'.repeat(13_000) })).toEqual(tooLong(['title']));
    const source = '源'.repeat(1800);
    expect(await send({ citation: { source, certainty: 'PRIMARY' } })).toEqual(tooLong(['citation']));
    expect(await send({}, `${'名'.repeat(1800)}.log`)).toEqual(tooLong([]));
    expect(FakeRequest.sent).toEqual([]);
    expect(await send({ warning: 'a'.repeat(11_000) })).toEqual({ kind: 'done' });
  });

  it('is told to be too long where a server on the way takes less', async () => {
    FakeRequest.status = 431;
    expect(await send({})).toMatchObject({
      kind: 'failed',
      failure: { message: expect.stringMatching(/too long to go along with it/) },
    });
  });
});
