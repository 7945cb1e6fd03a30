// Reads JSON and JSON Lines in pieces: memory does not grow with the file, nor with a line of it.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type JsonHandlers, JsonScanner, type ScannerBounds } from '../inspect/json-scanner.ts';
import { Refusal } from '../inspect/refusal.ts';
import { UnfitLog } from '../plan-values.ts';
import type { ReadableFile } from './readable-file.ts';

const CHUNK = 256 * 1024;
const NEWLINE = 10;

/** Nesting as everywhere; one value of at most 128 KiB, since a file of many tasks keeps many. */
export const SUMMARY_BOUNDS: ScannerBounds = { nesting: 1000, valueBytes: 128 * 1024 };

/** Passes the document to `handlers`. Throws UnfitLog where it is no JSON, or not the file that was measured. */
export async function readJson(
  file: ReadableFile,
  format: string,
  handlers: JsonHandlers,
  bounds: ScannerBounds = SUMMARY_BOUNDS,
): Promise<{ replaced: number }> {
  const scanner = new JsonScanner(handlers, bounds);
  await inFormat(format, async () => {
    await eachChunk(file, (chunk) => scanner.write(chunk));
    scanner.end();
  });
  return { replaced: scanner.replaced };
}

export interface LineHandlers {
  /** Asked as each line begins, from 1. */
  begin(line: number): JsonHandlers;
  ended(line: number): void;
  /** A line that is no JSON. What was told of it before is to be forgotten. */
  broken(line: number, reason: string): void;
}

/** As `readJson`, a document a line; empty lines are passed over. A broken line is told and not thrown. */
export async function readJsonLines(
  file: ReadableFile,
  format: string,
  lines: LineHandlers,
  bounds: ScannerBounds = SUMMARY_BOUNDS,
): Promise<void> {
  const reading = new LineReading(lines, bounds);
  await inFormat(format, async () => {
    await eachChunk(file, (chunk) => {
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        reading.take(chunk.subarray(from, end));
        reading.endLine();
        from = end + 1;
      }
      reading.take(chunk.subarray(from));
    });
    reading.endLine();
  });
}

class LineReading {
  readonly #lines: LineHandlers;
  readonly #bounds: ScannerBounds;
  #line = 1;
  #scanner: JsonScanner | null = null;
  #problem: string | null = null;

  constructor(lines: LineHandlers, bounds: ScannerBounds) {
    this.#lines = lines;
    this.#bounds = bounds;
  }

  take(piece: Buffer): void {
    if (this.#problem !== null) return;
    if (this.#scanner === null) {
      if (!piece.some((byte) => byte !== 0x20 && byte !== 0x0d && byte !== 0x09)) return;
      this.#scanner = new JsonScanner(this.#lines.begin(this.#line), this.#bounds);
    }
    this.#attempt((scanner) => scanner.write(piece));
  }

  endLine(): void {
    if (this.#scanner !== null && this.#problem === null) this.#attempt((scanner) => scanner.end());
    if (this.#problem !== null) this.#lines.broken(this.#line, this.#problem);
    else if (this.#scanner !== null) this.#lines.ended(this.#line);
    this.#scanner = null;
    this.#problem = null;
    this.#line += 1;
  }

  #attempt(work: (scanner: JsonScanner) => void): void {
    try {
      work(this.#scanner!);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#problem = error.message;
    }
  }
}

async function eachChunk(file: ReadableFile, take: (chunk: Buffer) => void): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file.path, { highWaterMark: CHUNK })) {
    hash.update(chunk as Buffer);
    take(chunk as Buffer);
  }
  if (hash.digest('hex') !== file.digest) throw new UnfitLog('The file changed while it was read.');
}

/** A refusal of the scanner or of a reader, under the name of the format that the bytes showed. */
export async function inFormat<T>(format: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnfitLog) throw new UnfitLog(error.message, format, error.needsFolders);
    if (error instanceof Refusal) throw new UnfitLog(error.message, format);
    throw error;
  }
}
