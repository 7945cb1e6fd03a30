import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { END, HEADER, row } from './copied-bytes.ts';
import { copyOut } from './copy-out.ts';

/** A message of the protocol. */
function message(code: string, content: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.write(code, 'latin1');
  head.writeUInt32BE(4 + content.length, 1);
  return Buffer.concat([head, content]);
}

const data = (content: Buffer) => message('d', content);
const NOTICE = message('N', Buffer.from('a notice'));
const AFTER = Buffer.concat([message('C', Buffer.from('COPY 3\0')), message('Z', Buffer.from('I'))]);
const COPY = [
  message('H', Buffer.from([1, 0, 0])),
  data(Buffer.concat([HEADER, row(1n, 'one')])),
  data(row(-2n, null)),
  NOTICE,
  data(row(2n ** 52n, 'größer'.repeat(20))),
  data(END),
  message('c'),
];

/** A client whose server answers this, in chunks of a size; what pg itself is left to read is kept. */
function clientOf(answer: Buffer, size: number, ended: 'ready' | Error = 'ready') {
  const stream = new EventEmitter();
  const left: Buffer[] = [];
  const asked: string[] = [];
  stream.on('data', (chunk: Buffer) => left.push(chunk));
  const query = (own: pg.Submittable & { handleError(e: Error): void; handleReadyForQuery(): void }) => {
    own.submit({ stream, query: (text: string) => asked.push(text) } as unknown as pg.Connection);
    for (let at = 0; at < answer.length; at += size) stream.emit('data', answer.subarray(at, at + size));
    if (ended === 'ready') own.handleReadyForQuery();
    else own.handleError(ended);
  };
  const client = { query } as unknown as pg.Client;
  return { client, asked, stream, left: () => Buffer.concat(left) };
}

const SIZES = [1, 2, 3, 7, 20, 64, 10_000];

describe('a COPY of a client', () => {
  it.each(SIZES)('has its rows read in chunks of %i bytes, and leaves all else to pg', async (size) => {
    const { client, asked, left, stream } = clientOf(Buffer.concat([...COPY, AFTER]), size);
    const rows: [number, string | null][] = [];
    const count = await copyOut(client, 'copy …', (one) => {
      rows.push([one.int(0), one.isNull(1) ? null : one.text(1)]);
    });
    expect(rows).toEqual([
      [1, 'one'],
      [-2, null],
      [2 ** 52, 'größer'.repeat(20)],
    ]);
    expect([count, asked]).toEqual([3, ['copy …']]);
    expect(left()).toEqual(Buffer.concat([NOTICE, AFTER]));
    stream.emit('data', NOTICE);
    expect(left()).toEqual(Buffer.concat([NOTICE, AFTER, NOTICE]));
  });

  it.each(SIZES)('fails as the server says, with chunks of %i bytes', async (size) => {
    const refused = Buffer.concat([...COPY.slice(0, 3), message('E', Buffer.from('why')), message('Z')]);
    const { client, left } = clientOf(refused, size, new Error('why'));
    await expect(copyOut(client, 'copy …', () => undefined)).rejects.toThrow('why');
    expect(left()).toEqual(Buffer.concat([message('E', Buffer.from('why')), message('Z')]));
  });

  it('is read to its end where a row cannot be taken in, and then fails with what was wrong', async () => {
    const { client, left } = clientOf(Buffer.concat([...COPY, AFTER]), 50);
    let taken = 0;
    const copying = copyOut(client, 'copy …', () => {
      taken += 1;
      throw new RangeError('not this one');
    });
    await expect(copying).rejects.toThrow('not this one');
    expect(taken).toBe(1);
    expect(left()).toEqual(Buffer.concat([NOTICE, AFTER]));
  });

  it('fails where it ends too soon, and where it is something else', async () => {
    const soon = Buffer.concat([...COPY.slice(0, 5), message('c'), AFTER]);
    await expect(copyOut(clientOf(soon, 50).client, '', () => undefined)).rejects.toThrow('in the middle');
    const other = Buffer.concat([data(Buffer.alloc(40)), message('c'), AFTER]);
    await expect(copyOut(clientOf(other, 50).client, '', () => undefined)).rejects.toThrow('no binary COPY');
  });
});
