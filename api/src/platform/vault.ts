import { createHash, randomBytes } from 'node:crypto';
import { type MasterKeys, unwrapKey, wrapKey } from './master-keys.ts';
import type { ObjectStore } from './object-store.ts';
import { KEY_BYTES, SealError, seal, unseal } from './sealing.ts';

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
  /** Takes back what was put and not recorded. */
  remove(name: string): Promise<void>;
  /** The object's key under the newest master key; null where it is so already. */
  rewrap(object: SealedObject): SealedObject | null;
}

export function vault(keys: MasterKeys, store: ObjectStore): Vault {
  const keyOf = ({ name, masterKeyId, wrappedKey }: SealedObject) =>
    unwrapKey(keys, name, { masterKeyId, wrapped: wrappedKey });
  return {
    async put(content) {
      const name = randomBytes(16).toString('hex');
      const key = randomBytes(KEY_BYTES);
      const { masterKeyId, wrapped } = wrapKey(keys, name, key);
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
      return { name, masterKeyId, wrappedKey: wrapped, digest: hash.digest('hex'), bytes };
    },
    async *get(object) {
      const key = keyOf(object);
      yield* unseal(key, object.name, await store.get(object.name));
    },
    remove: (name) => store.remove(name),
    rewrap(object) {
      if (object.masterKeyId === keys.newest().id) return null;
      const { masterKeyId, wrapped } = wrapKey(keys, object.name, keyOf(object));
      return { name: object.name, masterKeyId, wrappedKey: wrapped };
    },
  };
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
