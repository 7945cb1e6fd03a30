/*
 * A resident graph on disk: arrays of numbers as they lie in memory, one after the other, and a SHA-256 of it all.
 *
 *   each array   64 bytes: its name in ASCII (48), its type (1), 7 of zeros, its length in bytes (8, little-endian);
 *                then the array, as this machine lays it out
 *   the first    `about`, JSON that says what the file is of
 *   the last     `end`, empty; then 32 bytes of SHA-256 of everything before them
 */
import { createHash, type Hash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Numbers, withSpare } from './columns.ts';
import { type Section, Sections } from './snapshot-sections.ts';

/** A snapshot file is not what it should be. */
export class SnapshotRefusal extends Error {}

const ABOUT = 'about';
const END = 'end';
const HEAD = 64;
const NAME = 48;
const LENGTH_AT = 56;
const DIGEST = 32;
const MOST_ABOUT = 16_384;
/** How much is read, written and summed at once: the process does other things in between. */
const PIECE = 2 ** 21;
const TYPES = [Uint8Array, Uint32Array, Int32Array, Float64Array] as const;
const PARTIAL = '.partial';
/** What a process left behind that was killed while it wrote. */
const ABANDONED_MS = 60 * 60_000;

/**
 * Writes a file beside `path` that only this account may read, has it `marked` by its digest, and puts it in the place
 * of the one before. Each array is asked for when its turn comes. Where anything fails, the old file stays.
 */
export async function writeSnapshot(
  path: string,
  about: object,
  sections: readonly Section[],
  marked: (digest: Buffer) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await clearAbandoned(dirname(path));
  const partial = `${path}.${randomBytes(6).toString('hex')}${PARTIAL}`;
  const file = await open(partial, 'wx', 0o600);
  try {
    const digest = await written(file, [[ABOUT, () => bytesOf(JSON.stringify(about))], ...sections]);
    await file.sync();
    await file.close();
    await marked(digest);
    await rename(partial, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
  await synced(dirname(path));
}

async function written(file: FileHandle, sections: readonly Section[]): Promise<Buffer> {
  const hash = createHash('sha256');
  // What is summed and what is written must be the same, though an array may change meanwhile: so each piece is copied.
  const piece = Buffer.alloc(PIECE);
  const put = async (bytes: Uint8Array) => {
    for (let from = 0; from < bytes.length; from += PIECE) {
      const size = Math.min(PIECE, bytes.length - from);
      piece.set(bytes.subarray(from, from + size));
      hash.update(piece.subarray(0, size));
      await file.writeFile(piece.subarray(0, size));
    }
  };
  for (const [name, values] of sections) {
    const array = values();
    await put(head(name, array));
    await put(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  await put(head(END, new Uint8Array(0)));
  const digest = hash.digest();
  await file.writeFile(digest);
  return digest;
}

/**
 * What a file holds, and its digest; null where there is none. `accept` is shown what it says it is of before the rest
 * is read. SnapshotRefusal where the file is cut off, altered, of another sort, or larger than `most` bytes.
 */
export async function readSnapshot(
  path: string,
  most: number,
  accept: (about: unknown) => Promise<void>,
): Promise<{ sections: Sections; digest: Buffer } | null> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    if (size > most)
      throw new SnapshotRefusal(`it has ${size} bytes, which is more than the lineage may take`);
    const reader = new Reader(file, size);
    await accept(await reader.about());
    return await reader.rest();
  } finally {
    await file.close();
  }
}

class Reader {
  private readonly file: FileHandle;
  private readonly hash: Hash = createHash('sha256');
  private left: number;

  constructor(file: FileHandle, size: number) {
    this.file = file;
    this.left = size;
  }

  async about(): Promise<unknown> {
    const { name, length } = await this.next();
    if (name !== ABOUT || length > MOST_ABOUT) throw new SnapshotRefusal('it does not say what it is of');
    const bytes = await this.fill(new Uint8Array(length));
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw new SnapshotRefusal('it does not say what it is of');
    }
  }

  async rest(): Promise<{ sections: Sections; digest: Buffer }> {
    const sections = new Sections();
    for (;;) {
      const { name, type, length } = await this.next();
      if (name === END) break;
      const rows = length / type.BYTES_PER_ELEMENT;
      if (!Number.isInteger(rows)) throw new SnapshotRefusal(`its ${name} is cut off`);
      const values = new type(withSpare(rows));
      await this.fill(new Uint8Array(values.buffer, 0, length));
      sections.add(name, { values, length: rows });
    }
    const digest = this.hash.digest();
    const said = Buffer.alloc(DIGEST);
    const { bytesRead } = await this.file.read(said, 0, DIGEST);
    if (this.left !== DIGEST || bytesRead !== DIGEST || !said.equals(digest))
      throw new SnapshotRefusal('it is not as it was written');
    return { sections, digest };
  }

  private async next() {
    const bytes = Buffer.from(await this.fill(new Uint8Array(HEAD)));
    const name = bytes.toString('latin1', 0, NAME).replace(/\0+$/, '');
    const type = TYPES[bytes[NAME]!];
    const length = Number(bytes.readBigUInt64LE(LENGTH_AT));
    if (type === undefined || length > this.left) throw new SnapshotRefusal('it is cut off, or no snapshot');
    return { name, type, length };
  }

  private async fill(bytes: Uint8Array): Promise<Uint8Array> {
    if (bytes.length > this.left) throw new SnapshotRefusal('it is cut off');
    for (let at = 0; at < bytes.length; ) {
      const wanted = Math.min(PIECE, bytes.length - at);
      const { bytesRead } = await this.file.read(bytes, at, wanted);
      if (bytesRead === 0) throw new SnapshotRefusal('it is cut off');
      this.hash.update(bytes.subarray(at, at + bytesRead));
      at += bytesRead;
    }
    this.left -= bytes.length;
    return bytes;
  }
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

function head(name: string, array: Numbers): Buffer {
  const bytes = Buffer.alloc(HEAD);
  bytes.write(name, 0, NAME, 'latin1');
  bytes[NAME] = TYPES.findIndex((type) => array instanceof type);
  bytes.writeBigUInt64LE(BigInt(array.byteLength), LENGTH_AT);
  return bytes;
}

async function clearAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(PARTIAL)) continue;
    const path = join(folder, name);
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > ABANDONED_MS) await rm(path, { force: true });
  }
}

/** The new name outlives a power failure. Not every system can be asked for it. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
