import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { log } from './log.ts';
import { givenKeys, type MasterKeys } from './master-keys.ts';
import type { ObjectStore } from './object-store.ts';
import { diskStore } from './object-store-disk.ts';
import { SealError } from './sealing.ts';
import { readWhole, type Stored, type Vault, vault } from './vault.ts';

const CHUNK = 65_536;
const keys = givenKeys([randomBytes(32)]);
let folder = '';
let store: Vault;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  store = vault(keys, diskStore(folder));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function* whole(bytes: Buffer) {
  yield bytes;
}
const put = (bytes: Buffer) => store.put(whole(bytes));
const piece = (stored: Stored, from: number, length: number) =>
  readWhole(store.open(stored, stored.bytes).stream(from, length), length);
const pathOf = ({ name }: Stored) =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith(name))
    .map((path) => join(folder, path))[0]!;

describe('a sealed file', () => {
  it('gives any piece as it is in the content, whatever chunks it lies in', async () => {
    const content = randomBytes(3 * CHUNK + 77);
    const stored = await put(content);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: content.length - 1 }),
        fc.integer({ min: 1, max: 2 * CHUNK }),
        async (from, most) => {
          const length = Math.min(most, content.length - from);
          expect((await piece(stored, from, length)).equals(content.subarray(from, from + length))).toBe(
            true,
          );
        },
      ),
      { numRuns: 60 },
    );
    for (const edge of [0, CHUNK - 1, CHUNK, 3 * CHUNK, content.length - 1])
      expect((await piece(stored, edge, 1))[0]).toBe(content[edge]);
    expect((await piece(stored, 0, content.length)).equals(content)).toBe(true);
  });

  it('ends where its content is a whole number of chunks', async () => {
    const content = randomBytes(2 * CHUNK);
    const stored = await put(content);
    expect((await piece(stored, CHUNK + 1, CHUNK - 1)).equals(content.subarray(CHUNK + 1))).toBe(true);
  });

  it('has no piece beyond its content', async () => {
    const stored = await put(randomBytes(100));
    await expect(piece(stored, 90, 11)).rejects.toThrow(SealError);
    await expect(piece(stored, -1, 2)).rejects.toThrow(SealError);
  });

  it('gives nothing of a chunk that was changed, cut off, or stands in the place of another', async () => {
    const stored = await put(randomBytes(3 * CHUNK));
    const path = pathOf(stored);
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    changed[16 + CHUNK + 16 + 5]! ^= 1;
    writeFileSync(path, changed);
    await expect(piece(stored, CHUNK, 10)).rejects.toThrow(SealError);
    expect(await piece(stored, 0, 10)).toHaveLength(10);
    const sealed = CHUNK + 16;
    writeFileSync(
      path,
      Buffer.concat([
        bytes.subarray(0, 16),
        bytes.subarray(16 + sealed, 16 + 2 * sealed),
        bytes.subarray(16 + sealed),
      ]),
    );
    await expect(piece(stored, 0, 10)).rejects.toThrow(SealError);
    writeFileSync(path, bytes);
    truncateSync(path, 16 + sealed + 100);
    await expect(piece(stored, CHUNK, 10)).rejects.toThrow(SealError);
    truncateSync(path, 16 + sealed);
    await expect(piece(stored, CHUNK - 5, 10)).rejects.toThrow(SealError);
  });
});

describe('a vault whose store fails', () => {
  const failing = (more: Partial<ObjectStore>) => ({ ...diskStore(folder), ...more });

  it('tells nobody but the log that something could not be taken back: there is another answer to give', async () => {
    const remove = async () => {
      throw new Error('The store is gone.');
    };
    const logged = vi.spyOn(log, 'error').mockReturnValue(undefined);
    await vault(keys, failing({ remove })).remove('ab'.repeat(16));
    expect(logged).toHaveBeenCalledWith(
      { object: 'ab'.repeat(16), error: 'The store is gone.' },
      expect.any(String),
    );
    logged.mockRestore();
  });

  it('keeps nothing of what it could wrap no key for', async () => {
    const removed: string[] = [];
    let asked = 0;
    const lost: MasterKeys = {
      newest() {
        asked += 1;
        if (asked > 1) throw new Error('The keys are gone.');
        return keys.newest();
      },
      find: keys.find,
    };
    const remove = async (name: string) => {
      removed.push(name);
    };
    const put = vault(lost, failing({ remove })).put(whole(randomBytes(10)));
    await expect(put).rejects.toThrow('The keys are gone.');
    expect(removed).toHaveLength(1);
  });
});

describe('the stream of an object that is none', () => {
  /** A store whose objects are all these bytes, and the streams that it gave. */
  function storeOf(bytes: Buffer): { streams: Readable[]; kept: Vault } {
    const streams: Readable[] = [];
    const giving = async (from: number, to: number) => {
      const stream = Readable.from([bytes.subarray(from, to)]);
      streams.push(stream);
      return stream;
    };
    const objects: ObjectStore = {
      put: async () => undefined,
      get: () => giving(0, bytes.length),
      range: (_name, from, length) => giving(from, from + length),
      remove: async () => undefined,
    };
    return { streams, kept: vault(keys, objects) };
  }
  const header = (version: number, log2: number) =>
    Buffer.concat([Buffer.from('HWSEAL', 'latin1'), Buffer.from([version, log2]), Buffer.alloc(8)]);

  it.each([
    ['has no header', Buffer.from('no sealed object at all')],
    ['is of a later version', Buffer.concat([header(9, 16), Buffer.alloc(100)])],
    ['has chunks of no size', Buffer.concat([header(1, 200), Buffer.alloc(100)])],
    ['ends within its header', Buffer.from('HWSEAL')],
    ['ends behind its header', header(1, 16)],
    ['does not open', Buffer.concat([header(1, 16), Buffer.alloc(100)])],
  ])('is let go of where it %s', async (_what, bytes) => {
    const { streams, kept } = storeOf(bytes);
    const stored = await kept.put(whole(randomBytes(84)));
    await expect(readWhole(kept.get(stored), 84)).rejects.toThrow(SealError);
    await expect(readWhole(kept.open(stored, 84).stream(0, 84), 84)).rejects.toThrow(SealError);
    expect(streams.length).toBeGreaterThanOrEqual(2);
    for (const stream of streams) expect(stream.destroyed).toBe(true);
  });
});
