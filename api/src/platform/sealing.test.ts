import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealError, seal, sealedLength, unseal } from './sealing.ts';

const NAME = 'object-1';
const key = randomBytes(32);
/** Chunks of 16 bytes, so that a short content has many. */
const LOG2 = 4;
const SIZE = 16;
const HEADER = 16;
const SEALED = SIZE + 16;

/** The bytes as a stream of chunks of the given lengths, again and again. */
async function* stream(bytes: Uint8Array, lengths: readonly number[] = [7]): AsyncGenerator<Uint8Array> {
  for (let from = 0, i = 0; from < bytes.length; i += 1) {
    const length = lengths[i % lengths.length] ?? 7;
    yield bytes.subarray(from, from + length);
    from += length;
  }
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const sealed = (content: Uint8Array, log2 = LOG2) => whole(seal(key, NAME, stream(content), log2));
const opened = (bytes: Uint8Array, more: { key?: Buffer; name?: string; lengths?: number[] } = {}) =>
  whole(unseal(more.key ?? key, more.name ?? NAME, stream(bytes, more.lengths)));

describe('a sealed stream', () => {
  it.each([0, 1, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE - 1, 2 * SIZE, 2 * SIZE + 1, 5 * SIZE])(
    'opens to the same %i bytes, and is as long as was foretold',
    async (length) => {
      const content = randomBytes(length);
      const bytes = await sealed(content);
      expect(bytes).toHaveLength(sealedLength(length, LOG2));
      expect((await opened(bytes)).equals(content)).toBe(true);
    },
  );

  it.each([65_535, 65_536, 65_537, 3 * 65_536])(
    'opens at the bounds of its standard chunks (%i bytes)',
    async (length) => {
      const content = randomBytes(length);
      const bytes = await whole(seal(key, NAME, stream(content, [10_007])));
      expect(bytes).toHaveLength(sealedLength(length));
      expect((await opened(bytes, { lengths: [9_973] })).equals(content)).toBe(true);
    },
  );

  it('is the same content however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 5 }),
        async (content, into, out) => {
          const bytes = await whole(seal(key, NAME, stream(content, into), LOG2));
          expect((await opened(bytes, { lengths: out })).equals(Buffer.from(content))).toBe(true);
        },
      ),
    );
  });

  it('does not open where any one bit is turned', async () => {
    const bytes = await sealed(randomBytes(2 * SIZE + 3));
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const wrong = Buffer.from(bytes);
      wrong.writeUInt8(wrong.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      await expect(opened(wrong), `bit ${bit}`).rejects.toThrow(SealError);
    }
  });

  it('does not open where it is cut off anywhere, at the bound of a chunk too', async () => {
    const bytes = await sealed(randomBytes(3 * SIZE));
    for (let length = 0; length < bytes.length; length += 1)
      await expect(opened(bytes.subarray(0, length)), `${length} bytes`).rejects.toThrow(SealError);
  });

  it('does not open where something follows its end', async () => {
    const bytes = await sealed(randomBytes(SIZE));
    await expect(opened(Buffer.concat([bytes, Buffer.from([0])]))).rejects.toThrow(SealError);
    await expect(opened(Buffer.concat([bytes, bytes.subarray(HEADER)]))).rejects.toThrow(SealError);
    await expect(opened(Buffer.concat([bytes, Buffer.alloc(16)]))).rejects.toThrow(SealError);
  });

  it('does not open where chunks change places, are left out or come twice', async () => {
    const bytes = await sealed(randomBytes(4 * SIZE));
    const header = bytes.subarray(0, HEADER);
    const chunks = [0, 1, 2, 3].map((i) => bytes.subarray(HEADER + i * SEALED, HEADER + (i + 1) * SEALED));
    const put = (...order: number[]) => Buffer.concat([header, ...order.map((i) => chunks[i] ?? header)]);
    expect(put(0, 1, 2, 3).equals(bytes)).toBe(true);
    for (const order of [
      [1, 0, 2, 3],
      [0, 2, 1, 3],
      [0, 1, 3, 2],
      [0, 2, 3],
      [1, 2, 3],
      [0, 1, 1, 2, 3],
      [3],
    ])
      await expect(opened(put(...order)), order.join()).rejects.toThrow(SealError);
  });

  it('does not open with another key, or under the name of another object', async () => {
    const bytes = await sealed(Buffer.from('a transcript'));
    await expect(opened(bytes, { key: randomBytes(32) })).rejects.toThrow(SealError);
    await expect(opened(bytes, { name: 'object-2' })).rejects.toThrow(SealError);
  });

  it('hands on nothing of a chunk before all of it has proven authentic', async () => {
    const content = randomBytes(3 * SIZE);
    const bytes = await sealed(content);
    bytes.writeUInt8(bytes.readUInt8(HEADER + SEALED) ^ 1, HEADER + SEALED);
    const read: Buffer[] = [];
    const reading = (async () => {
      for await (const chunk of unseal(key, NAME, stream(bytes))) read.push(chunk);
    })();
    await expect(reading).rejects.toThrow(SealError);
    expect(Buffer.concat(read).equals(content.subarray(0, SIZE))).toBe(true);
  });

  it('tells neither the content nor that two contents are the same', async () => {
    const content = Buffer.from('the very same words, twice over and over again');
    const [one, two] = await Promise.all([sealed(content), sealed(content)]);
    expect(one.includes('very same')).toBe(false);
    expect(one.subarray(8).equals(two.subarray(8))).toBe(false);
  });

  it('lets go of its source where the reader stops early', async () => {
    const bytes = await sealed(randomBytes(10 * SIZE));
    let ended = false;
    async function* source() {
      try {
        yield* stream(bytes);
      } finally {
        ended = true;
      }
    }
    for await (const _first of unseal(key, NAME, source())) break;
    expect(ended).toBe(true);
  });
});
