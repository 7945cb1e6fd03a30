// Reads the members of a zip by name, in pieces, with bounds: nothing is ever unpacked to disk or held whole.
import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import yauzl from 'yauzl';
import type { ReadLimits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { type RandomFile, RandomReader } from './transcript/random-file.ts';
import { OneZstdFrame } from './zstd-frame.ts';

const ZSTD = 93;
/** In bytes: no file system of those in use has a longer path, and a zip may name each of its members by 65,535. */
const LONGEST_NAME = 4_096;
const METHODS: Readonly<Record<number, string>> = { 0: 'stored', 8: 'deflate', [ZSTD]: 'zstd' };

/** Ends the reading of a member of which enough was read. */
class Enough extends Error {}

export interface ZipMember {
  name: string;
  entry: yauzl.Entry;
}

export class ZipMembers {
  readonly #file: yauzl.ZipFile;
  readonly #limits: ReadLimits;
  #inflated = 0;

  constructor(file: yauzl.ZipFile, limits: ReadLimits) {
    this.#file = file;
    this.#limits = limits;
  }

  static open(path: string, limits: ReadLimits): Promise<ZipMembers> {
    return opened(limits, (done) => yauzl.open(path, OPTIONS, done));
  }

  /** A zip of which only what is asked for is read. */
  static over(file: RandomFile, limits: ReadLimits): Promise<ZipMembers> {
    return opened(limits, (done) =>
      yauzl.fromRandomAccessReader(new RandomReader(file), file.bytes, OPTIONS, done),
    );
  }

  /** Every member, in the order of the central directory. */
  list(onMember: (member: ZipMember) => void): Promise<void> {
    const file = this.#file;
    return new Promise((resolve, reject) => {
      file.on('error', (error: Error) => reject(damaged(error)));
      file.on('end', () => resolve());
      file.on('entry', (entry: yauzl.Entry) => {
        if (entry.fileNameRaw.length > LONGEST_NAME)
          return reject(new Refusal(`A member of the zip has a name longer than ${LONGEST_NAME} bytes.`));
        onMember({ name: entry.fileNameRaw.toString('utf8'), entry });
        file.readEntry();
      });
      file.readEntry();
    });
  }

  /** Passes the inflated bytes of a member to `sink`, piece by piece, and checks its size and CRC-32. */
  async read(member: ZipMember, sink: (chunk: Uint8Array) => void): Promise<void> {
    const { name, entry } = member;
    let size = 0;
    let crc = 0;
    await this.#inflate(member, (chunk) => {
      size += chunk.length;
      crc = zlib.crc32(chunk, crc);
      sink(chunk);
    });
    if (size !== entry.uncompressedSize || crc !== entry.crc32) {
      throw new Refusal(`The member ${name} is damaged: its size or checksum is not what the zip states.`);
    }
  }

  /** As `read`, until `sink` says that it has enough: of what is not read, neither size nor checksum is known. */
  async readHead(member: ZipMember, sink: (chunk: Uint8Array) => boolean): Promise<void> {
    try {
      await this.#inflate(member, (chunk) => {
        if (sink(chunk)) throw new Enough();
      });
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
    }
  }

  async #inflate({ name, entry }: ZipMember, sink: (chunk: Uint8Array) => void): Promise<void> {
    this.#refuseAtSight(name, entry);
    let size = 0;
    const take = (chunk: Uint8Array) => {
      size += chunk.length;
      this.#inflated += chunk.length;
      this.#refuseBomb(name, size, entry.compressedSize);
      sink(chunk);
    };
    const raw = await this.#raw(entry);
    try {
      if (entry.compressionMethod === ZSTD) await inflateZstd(raw, take);
      else if (entry.compressionMethod === 0) for await (const chunk of raw) take(chunk as Buffer);
      else {
        const inflate = zlib.createInflateRaw();
        raw.on('error', (error) => inflate.destroy(error));
        for await (const chunk of raw.pipe(inflate)) take(chunk as Buffer);
      }
    } catch (error) {
      if (error instanceof Enough) throw error;
      if (error instanceof Refusal) throw new Refusal(`In ${name}: ${error.message}`);
      throw new Refusal(`The member ${name} does not inflate: ${(error as Error).message}.`);
    } finally {
      raw.destroy();
    }
  }

  close(): void {
    this.#file.close();
  }

  #raw(entry: yauzl.Entry): Promise<NodeJS.ReadableStream & { destroy(error?: Error): void }> {
    return new Promise((resolve, reject) => {
      this.#file.openReadStream(entry, { decodeFileData: false }, (error, stream) => {
        if (error || !stream) reject(damaged(error));
        else resolve(stream);
      });
    });
  }

  #refuseAtSight(name: string, entry: yauzl.Entry): void {
    if ((entry.generalPurposeBitFlag & 1) !== 0) throw new Refusal(`The member ${name} is encrypted.`);
    if (!(entry.compressionMethod in METHODS)) {
      const known = Object.values(METHODS).join(', ');
      throw new Refusal(
        `The member ${name} uses compression method ${entry.compressionMethod}; read are ${known}.`,
      );
    }
    this.#refuseBomb(name, entry.uncompressedSize, entry.compressedSize);
  }

  #refuseBomb(name: string, size: number, compressed: number): void {
    const { memberBytes, inflatedBytes, inflationRatio, ratioGraceBytes } = this.#limits;
    if (size > memberBytes) throw new Refusal(`The member ${name} inflates past ${memberBytes} bytes.`);
    if (this.#inflated > inflatedBytes) throw new Refusal(`The zip inflates past ${inflatedBytes} bytes.`);
    if (size > ratioGraceBytes && size > compressed * inflationRatio) {
      throw new Refusal(`The member ${name} inflates to more than ${inflationRatio} times its size.`);
    }
  }
}

const OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false } as const;

function opened(
  limits: ReadLimits,
  open: (done: (error: Error | null, file: yauzl.ZipFile) => void) => void,
): Promise<ZipMembers> {
  return new Promise((resolve, reject) => {
    open((error, file) => {
      if (error || !file) return reject(damaged(error));
      if (file.entryCount > limits.zipEntries) {
        file.close();
        return reject(
          new Refusal(`The zip has ${file.entryCount} members; at most ${limits.zipEntries} are read.`),
        );
      }
      resolve(new ZipMembers(file, limits));
    });
  });
}

/** So much of a member goes to the decoder at once, in bytes: in between it is seen how many blocks that was. */
const PIECE = 4 * 1024;
/** Blocks of which nobody asks how little is in them; the others hold so much on average, in bytes, of up to 128 KiB. */
const FREE_BLOCKS = 256;
const LEAST_IN_BLOCK = 1024;

async function inflateZstd(raw: NodeJS.ReadableStream, take: (chunk: Uint8Array) => void): Promise<void> {
  const frame = new OneZstdFrame();
  let inflated = 0;
  const inflate = new Decompress((chunk) => {
    inflated += chunk.length;
    if (chunk.length > 0) take(chunk);
  });
  for await (const chunk of raw as AsyncIterable<Buffer>)
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      frame.look(piece);
      inflate.push(piece);
      if (frame.blocks > FREE_BLOCKS + inflated / LEAST_IN_BLOCK)
        throw new Refusal('It is cut into very many blocks with next to nothing in them.');
    }
  inflate.push(new Uint8Array(0), true);
}

function damaged(error: Error | null): Refusal {
  return new Refusal(`The zip cannot be read: ${error?.message ?? 'it has no directory'}.`);
}
