import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/*
 * The sealed form of a stream of bytes (docs/decisions/0014): AES-256-GCM in the STREAM construction, so that a
 * reader is given only what is authentic, in order, and learns of a missing end.
 *
 *   header  16 bytes   "HWSEAL" | version 1 | log2 of the chunk's size | 7 random bytes of nonce | 0
 *   chunk   size + 16  each but the last holds exactly `size` bytes of the content, then the tag
 *
 * The nonce of a chunk is the header's 7 bytes, its number (32 bits, big-endian, from 0), and 1 for the last chunk or
 * else 0. Every tag also covers the header and the object's name. A last chunk is empty only where the content is,
 * so that one content has one form. A key seals one stream, ever.
 */

/** What was sealed does not open: another key, another object, or bytes that are not as they were. */
export class SealError extends Error {}

export const KEY_BYTES = 32;
const TAG_BYTES = 16;
const HEADER_BYTES = 16;
const MAGIC = Buffer.from('HWSEAL', 'latin1');
const VERSION = 1;
/** 64 KiB: what is held in memory for each stream, and what is authenticated before any of it is handed on. */
const STANDARD_LOG2 = 16;
const MOST_CHUNKS = 2 ** 32;

/** How many bytes the sealed form of `bytes` bytes has. */
export function sealedLength(bytes: number, log2 = STANDARD_LOG2): number {
  return HEADER_BYTES + bytes + Math.max(1, Math.ceil(bytes / 2 ** log2)) * TAG_BYTES;
}

export async function* seal(
  key: Uint8Array,
  name: string,
  content: AsyncIterable<Uint8Array>,
  log2 = STANDARD_LOG2,
): AsyncGenerator<Buffer, void, undefined> {
  const header = Buffer.concat([MAGIC, Buffer.from([VERSION, log2]), randomBytes(7), Buffer.from([0])]);
  yield header;
  for await (const { bytes, number, last } of inPieces(content, 2 ** log2)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(header, number, last));
    cipher.setAAD(aadOf(header, name));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** @throws SealError at the first byte that is not as it was sealed; what was handed on before is authentic. */
export async function* unseal(
  key: Uint8Array,
  name: string,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  const { header, rest } = await readHeader(sealed);
  for await (const piece of inPieces(rest, 2 ** header.log2 + TAG_BYTES)) {
    const content = openChunk(key, name, header.bytes, piece);
    if (content.length > 0) yield content;
  }
}

/** What of a sealed object must be read for a piece of its content, in bytes. */
export interface SealedPiece {
  /** The number of the first chunk. */
  first: number;
  from: number;
  length: number;
}

/** Where `length` bytes of the content from `from` on lie in the sealed form of `bytes` bytes: whole chunks. */
export function sealedPiece(bytes: number, from: number, length: number, log2 = STANDARD_LOG2): SealedPiece {
  if (from < 0 || length < 1 || from + length > bytes) throw new SealError('There is no such piece of it.');
  const size = 2 ** log2;
  const first = Math.floor(from / size);
  const last = Math.floor((from + length - 1) / size);
  const end = Math.min(sealedLength(bytes, log2), HEADER_BYTES + (last + 1) * (size + TAG_BYTES));
  const start = HEADER_BYTES + first * (size + TAG_BYTES);
  return { first, from: start, length: end - start };
}

/**
 * The content of some chunks of an object whose content has `bytes` bytes, each authentic and in its place. Whether the
 * object goes on behind them is not asked.
 * @throws SealError as `unseal` does.
 */
export async function* unsealPiece(
  key: Uint8Array,
  name: string,
  header: SealHeader,
  of: { bytes: number; first: number },
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  const size = 2 ** header.log2;
  const lastOfAll = Math.max(1, Math.ceil(of.bytes / size)) - 1;
  for await (const piece of inPieces(sealed, size + TAG_BYTES)) {
    const number = of.first + piece.number;
    const content = openChunk(key, name, header.bytes, {
      bytes: piece.bytes,
      number,
      last: number === lastOfAll,
    });
    if (content.length > 0) yield content;
  }
}

/** How many bytes of a sealed object must be read before any of it can be opened. */
export const SEAL_HEADER_BYTES = HEADER_BYTES;

/** What a sealed object begins with. */
export interface SealHeader {
  bytes: Buffer;
  /** Of the size of its chunks. */
  log2: number;
}

/** @throws SealError where this is no header of a sealed object. */
export function sealHeader(bytes: Buffer): SealHeader {
  const log2 = bytes.length === HEADER_BYTES ? bytes.readUInt8(7) : 0;
  if (!bytes.subarray(0, 6).equals(MAGIC) || log2 < 1 || log2 > 24 || bytes.readUInt8(6) !== VERSION)
    throw new SealError('This is no sealed object, or one of a later version.');
  return { bytes, log2 };
}

function openChunk(key: Uint8Array, name: string, header: Buffer, { bytes, number, last }: Piece): Buffer {
  if (bytes.length < TAG_BYTES || (last && number > 0 && bytes.length === TAG_BYTES)) throw broken();
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(header, number, last), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(aadOf(header, name));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const content = decipher.update(bytes.subarray(0, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    throw broken();
  }
  return content;
}

const broken = () => new SealError('The sealed object does not open: it is not as it was sealed.');

function nonceOf(header: Buffer, number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  header.copy(nonce, 0, 8, 15);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}

const aadOf = (header: Buffer, name: string) => Buffer.concat([header, Buffer.from(name, 'utf8')]);

async function readHeader(
  sealed: AsyncIterable<Uint8Array>,
): Promise<{ header: SealHeader; rest: AsyncIterable<Uint8Array> }> {
  const chunks = sealed[Symbol.asyncIterator]();
  try {
    let held = Buffer.alloc(0);
    while (held.length < HEADER_BYTES) {
      const next = await chunks.next();
      if (next.done === true) throw broken();
      held = Buffer.concat([held, next.value]);
    }
    const header = sealHeader(held.subarray(0, HEADER_BYTES));
    return { header, rest: following(held.subarray(HEADER_BYTES), chunks) };
  } catch (error) {
    await chunks.return?.();
    throw error;
  }
}

async function* following(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    // Whoever stops reading early lets go of what the bytes come from.
    await rest.return?.();
  }
}

interface Piece {
  bytes: Buffer;
  number: number;
  last: boolean;
}

/** Cuts a stream into pieces of exactly `size` bytes; the last may be shorter, and is empty only if all is. */
async function* inPieces(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Piece> {
  let held: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  for await (const chunk of content) {
    if (chunk.length === 0) continue;
    held.push(chunk);
    length += chunk.length;
    if (length <= size) continue;
    const whole = Buffer.concat(held, length);
    let from = 0;
    // A piece goes out only when something follows it: only then is it known not to be the last.
    for (; length - from > size; from += size) {
      if (number + 1 >= MOST_CHUNKS) throw new SealError('The content is too long for one sealed object.');
      yield { bytes: whole.subarray(from, from + size), number, last: false };
      number += 1;
    }
    held = [whole.subarray(from)];
    length -= from;
  }
  yield { bytes: Buffer.concat(held, length), number, last: true };
}
