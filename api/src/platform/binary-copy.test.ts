import { describe, expect, it } from 'vitest';
import { BinaryCopyReader } from './binary-copy.ts';
import { END, HEADER, row } from './copied-bytes.ts';

function read(...messages: Buffer[]) {
  const rows: [number, string | null][] = [];
  const reader = new BinaryCopyReader((one) => {
    rows.push([one.int(0), one.isNull(1) ? null : one.text(1)]);
  });
  for (const message of messages) {
    // Among other bytes, as in what a socket brings.
    reader.over(Buffer.concat([Buffer.from('xyz'), message, Buffer.from('xyz')]));
    reader.take(3, 3 + message.length);
  }
  return { rows, count: reader.end() };
}

const rows = [row(1n, 'one'), row(-2n, null), row(2n ** 52n, 'größer')] as const;
const told = {
  count: 3,
  rows: [
    [1, 'one'],
    [-2, null],
    [2 ** 52, 'größer'],
  ],
};

describe('a binary COPY', () => {
  it('is read whole, whether the header comes alone or with the first row', () => {
    expect(read(HEADER, ...rows, END)).toEqual(told);
    expect(read(Buffer.concat([HEADER, rows[0]]), rows[1], rows[2], END)).toEqual(told);
    expect(read(Buffer.concat([HEADER, ...rows, END]))).toEqual(told);
  });

  it('fails where it ends too soon, where a row goes on past its message, and where it is something else', () => {
    expect(() => read(HEADER, ...rows)).toThrow('ended in the middle');
    expect(() => read(HEADER, rows[0].subarray(0, -1), END)).toThrow('past its message');
    expect(() => read(HEADER, rows[0].subarray(0, 4), END)).toThrow('past its message');
    expect(() => read(Buffer.alloc(40))).toThrow('no binary COPY');
    expect(() => read(HEADER.subarray(0, 12))).toThrow('no binary COPY');
  });
});
