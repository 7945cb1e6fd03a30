import { createHash, randomBytes } from 'node:crypto';
import { type MasterKeys, unwrapKey, wrapKey } from './master-keys.ts';
import { leftBehind, type ObjectStore } from './object-store.ts';
import {
  KEY_BYTES,
  SEAL_HEADER_BYTES,
  SealError,
  type SealHeader,
  seal,
  sealedPiece,
  sealHeader,
  unseal,
  unsealPiece,
} from './sealing.ts';

/** What must be recorded of a sealed object for it to be opened again. */
export interface SealedObject {
  name: string;
  masterKeyId: string;
  wrappedKey: Uint8Array;
}

/** What was put away: with the SHA-256 of its bytes in hexadecimal, and how many they were. */
export interface Stored extends SealedObject {
  digest: string;
  bytes: number;
}

export interface Vault {
  /** Seals content with a key of its own under a random name. Where it rejects, nothing is left. */
  put(content: AsyncIterable<Uint8Array>): Promise<Stored>;
  /** The content, each piece authentic; rejects with a SealError or ObjectMissing where it can't be had whole. */
  get(object: SealedObject): AsyncGenerator<Buffer, void, undefined>;
  /** The content by pieces, in any order; `bytes` is how many it has, as recorded. */
  open(object: SealedObject, bytes: number): SealedFile;
  /** Takes back what was put and not recorded; where that fails, the log is told, and nobody else. */
  remove(name: string): Promise<void>;
  /** The object's key under the newest master key; null where it is so already. Throws a SealError where it can't be had. */
  rewrap(object: SealedObject): SealedObject | null;
  /** The id of the master key that wraps by now. */
  newestKey(): string;
}

/** Sealed content of which only the chunks that are asked for are read and opened. */
export interface SealedFile {
  /** How many bytes the content has. */
  bytes: number;
  /** `length` bytes from `from` on, each authentic and in its place; rejects as `get` does. */
  stream(from: number, length: number): AsyncGenerator<Buffer, void, undefined>;
}

export function vault(keys: MasterKeys, store: ObjectStore): Vault {
  const keyOf = ({ name, masterKeyId, wrappedKey }: SealedObject) =>
    unwrapKey(keys, name, { masterKeyId, wrapped: wrappedKey });
  const remove = (name: string) => store.remove(name).catch(leftBehind(name));
  return {
    async put(content) {
      const name = randomBytes(16).toString('hex');
      const key = randomBytes(KEY_BYTES);
      // Where there is no master key, nothing is sealed in vain.
      keys.newest();
      const hash = createHash('sha256');
      let bytes = 0;
      async function* counted() {
        for await (const chunk of content) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      }
      await store.put(name, seal(key, name, counted()));
      // Only now: while it was on its way, which may take an hour, another master key may have become the newest.
      try {
        const { masterKeyId, wrapped } = wrapKey(keys, name, key);
        return { name, masterKeyId, wrappedKey: wrapped, digest: hash.digest('hex'), bytes };
      } catch (error) {
        await remove(name);
        throw error;
      }
    },
    async *get(object) {
      const key = keyOf(object);
      yield* unseal(key, object.name, await store.get(object.name));
    },
    open: (object, bytes) => sealedFile(store, keyOf(object), object.name, bytes),
    remove,
    rewrap(object) {
      if (object.masterKeyId === keys.newest().id) return null;
      const { masterKeyId, wrapped } = wrapKey(keys, object.name, keyOf(object));
      return { name: object.name, masterKeyId, wrappedKey: wrapped };
    },
    newestKey: () => keys.newest().id,
  };
}

function sealedFile(store: ObjectStore, key: Buffer, name: string, bytes: number): SealedFile {
  let read: Promise<SealHeader> | null = null;
  const readHeader = async () =>
    sealHeader(await readWhole(buffers(await store.range(name, 0, SEAL_HEADER_BYTES)), SEAL_HEADER_BYTES));
  return {
    bytes,
    async *stream(from, length) {
      if (length === 0) return;
      read ??= readHeader();
      const header = await read;
      const piece = sealedPiece(bytes, from, length, header.log2);
      const sealed = await store.range(name, piece.from, piece.length);
      let at = piece.first * 2 ** header.log2;
      const of = { bytes, first: piece.first };
      for await (const content of unsealPiece(key, name, header, of, sealed)) {
        const begin = Math.max(0, from - at);
        const end = Math.min(content.length, from + length - at);
        if (end > begin) yield content.subarray(begin, end);
        at += content.length;
      }
      if (at < from + length) throw new SealError('The sealed object ends before its content does.');
    },
  };
}

async function* buffers(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of content) yield Buffer.from(chunk);
}

/** All of it at once, as far as it is no longer than `most` bytes. */
export async function readWhole(content: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > most) throw new SealError('The content is longer than was recorded.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
