import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ObjectMissing } from './object-store.ts';
import { diskStore } from './object-store-disk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-objects-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NAME = 'ab'.repeat(16);

async function* words(...chunks: string[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function read(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe('a store on the disk', () => {
  it('gives back what was put, and forgets what is removed', async () => {
    const store = diskStore(folder);
    await store.put(NAME, words('one ', 'two'));
    expect(await read(await store.get(NAME))).toBe('one two');
    expect(files()).toHaveLength(1);
    expect(statSync(join(folder, 'ab', NAME)).mode & 0o777).toBe(0o600);
    await store.remove(NAME);
    await store.remove(NAME);
    await expect(store.get(NAME)).rejects.toThrow(ObjectMissing);
    expect(files()).toEqual([]);
  });

  it('keeps nothing of a content that breaks off', async () => {
    async function* broken() {
      yield Buffer.from('a beginning');
      throw new Error('gone');
    }
    await expect(diskStore(folder).put(NAME, broken())).rejects.toThrow('gone');
    expect(files()).toEqual([]);
  });

  it('never writes over what is there', async () => {
    const store = diskStore(folder);
    await store.put(NAME, words('first'));
    await expect(store.put(NAME, words('second'))).rejects.toThrow('EEXIST');
    expect(await read(await store.get(NAME))).toBe('first');
    expect(files()).toHaveLength(1);
  });

  it('takes what is put after it could not be prepared, once it can', async () => {
    const place = join(folder, 'objects');
    writeFileSync(place, 'a file where its folder should be');
    const store = diskStore(place);
    await expect(store.put(NAME, words('first'))).rejects.toThrow(/ENOTDIR|EEXIST/);
    rmSync(place);
    await store.put(NAME, words('second'));
    expect(await read(await store.get(NAME))).toBe('second');
  });

  it('keeps nothing whose name could not be brought onto the disk', async () => {
    const handle = await open(folder, 'r');
    const sync = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync');
    await handle.close();
    // Of the file, then of the folder that names it.
    sync.mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('The disk is gone.'));
    await expect(diskStore(folder).put(NAME, words('words'))).rejects.toThrow('The disk is gone.');
    expect(sync).toHaveBeenCalledTimes(2);
    sync.mockRestore();
    expect(files()).toEqual([]);
  });

  it('takes no name that could lead out of its folder', async () => {
    const store = diskStore(folder);
    for (const name of ['../../etc/passwd', `../${NAME}`, '', 'ab/cd', `${NAME}/x`, NAME.toUpperCase()]) {
      await expect(store.put(name, words('x')), name).rejects.toThrow('no name of an object');
      await expect(store.get(name), name).rejects.toThrow('no name of an object');
    }
    expect(files()).toEqual([]);
  });
});
