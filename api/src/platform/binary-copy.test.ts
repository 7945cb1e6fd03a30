import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readBinaryCopy } from './binary-copy.ts';

const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const END = Buffer.from([0xff, 0xff]);

/** One row of bigints and texts; null is null. */
function row(...fields: (bigint | string | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(fields.length);
  return Buffer.concat([
    count,
    ...fields.flatMap((field) => {
      const body = field === null ? null : typeof field === 'string' ? Buffer.from(field) : Buffer.alloc(8);
      if (typeof field === 'bigint') body!.writeBigInt64BE(field);
      const length = Buffer.alloc(4);
      length.writeInt32BE(body === null ? -1 : body.length);
      return body === null ? [length] : [length, body];
    }),
  ]);
}

const ROWS = Buffer.concat([HEADER, row(1n, 'one'), row(-2n, null), row(2n ** 52n, 'größer'), END]);

async function read(bytes: Buffer, size: number) {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  const rows: [number, string | null][] = [];
  const count = await readBinaryCopy(Readable.from(chunks), (one) => {
    rows.push([one.int(0), one.isNull(1) ? null : one.text(1)]);
  });
  return { rows, count };
}

describe('a binary COPY', () => {
  it.each([1, 2, 3, 7, 20, 1_000])('is read whole in chunks of %i bytes', async (size) => {
    expect(await read(ROWS, size)).toEqual({
      count: 3,
      rows: [
        [1, 'one'],
        [-2, null],
        [2 ** 52, 'größer'],
      ],
    });
  });

  it('is read to its end where a row cannot be taken in, and then fails with what was wrong', async () => {
    const stream = Readable.from([ROWS.subarray(0, 50), ROWS.subarray(50)]);
    let taken = 0;
    const reading = readBinaryCopy(stream, () => {
      taken += 1;
      throw new RangeError('not this one');
    });
    await expect(reading).rejects.toThrow('not this one');
    expect(taken).toBe(1);
    expect(stream.readableEnded).toBe(true);
  });

  it('fails where it ends too soon, and where it is something else', async () => {
    await expect(read(ROWS.subarray(0, -2), 10)).rejects.toThrow('ended in the middle');
    await expect(read(ROWS.subarray(0, 30), 10)).rejects.toThrow('ended in the middle');
    await expect(read(Buffer.alloc(40), 10)).rejects.toThrow('no binary COPY');
  });
});
