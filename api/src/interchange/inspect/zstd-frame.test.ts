import { describe, expect, it } from 'vitest';
import { Refusal } from './refusal.ts';
import { zstdRaw } from './zip-fixture.ts';
import { LARGEST_WINDOW, OneZstdFrame } from './zstd-frame.ts';

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const LAST_EMPTY = [1, 0, 0];
const MIB = 1024 * 1024;

/** Gives the bytes in pieces of a size, as a stream may cut them anywhere. */
function look(bytes: Buffer, piece: number): void {
  const frame = new OneZstdFrame();
  for (let at = 0; at < bytes.length; at += piece) frame.look(bytes.subarray(at, at + piece));
}

function frame(header: number[], blocks: number[] = LAST_EMPTY): Buffer {
  return Buffer.from([...MAGIC, ...header, ...blocks]);
}

const u32 = (value: number) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

describe('OneZstdFrame', () => {
  const good: [string, Buffer][] = [
    ['of raw blocks', zstdRaw(Buffer.alloc(250_000, 'x'))],
    [
      'of a repeated byte, whose block is one byte',
      frame([0x00, 0x50], [0x02 | (5 << 3), 0, 0, 0x61, ...LAST_EMPTY]),
    ],
    ['with a checksum behind', frame([0x04, 0x50], [...LAST_EMPTY, 9, 9, 9, 9])],
    ['with a dictionary and a size of eight bytes', frame([0xc3, 0x50, 1, 2, 3, 4, ...u32(0), ...u32(0)])],
    ['of one segment whose size is one byte', frame([0x20, 0])],
    ['of one segment whose size is two bytes', frame([0x60, 0, 0])],
    ['with the largest window', frame([0x00, (23 - 10) << 3])],
    ['of one segment as large as the largest window', frame([0xa0, ...u32(LARGEST_WINDOW)])],
  ];
  it.each(good)('passes a frame %s, however it is cut, and nothing after it', (_, bytes) => {
    for (const piece of [1, 2, 3, 7, 64, bytes.length]) {
      expect(() => look(bytes, piece)).not.toThrow();
      expect(() => look(Buffer.concat([bytes, Buffer.from([0])]), piece)).toThrow(
        'goes on after its zstd frame',
      );
    }
  });

  it.each([
    ['a window above the largest', frame([0x00, ((23 - 10) << 3) | 1])],
    ['one segment above it', frame([0xa0, ...u32(LARGEST_WINDOW + 1)])],
    ['one segment above what 32 bits hold', frame([0xe0, ...u32(0), ...u32(1)])],
    [
      'a window behind which a small content is stated',
      frame([0xe0 & ~0x20, (29 - 10) << 3, ...u32(MIB), ...u32(0)]),
    ],
  ])('refuses %s, however it is cut', (_, bytes) => {
    for (const piece of [1, 5, bytes.length]) expect(() => look(bytes, piece)).toThrow(Refusal);
  });

  it('knows what is no frame, a skippable one among it', () => {
    for (const bytes of [Buffer.from('{"version":2}'), Buffer.from([0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 0])])
      expect(() => look(bytes, 4)).toThrow('does not begin with a zstd frame');
  });
});
