// Names, numbers and times of a log, as far as the record can hold them.
import { createHash } from 'node:crypto';
import { bounded, sha256 } from '../platform/bounded-text.ts';

export { bounded, sha256 };

export const LONGEST_NAME = 200;
export const LARGEST_INT = 2_147_483_647;

/** A refusal of a log that reads well but says something that cannot be recorded: the reason, in a sentence. */
export class UnfitLog extends Error {
  /** The format that the bytes showed before the refusal; `unknown` where they showed none. */
  readonly format: string;
  /** That it may be read under the folders in which it lay, whose names tell what the file does not. */
  readonly needsFolders: boolean;

  constructor(reason: string, format = 'unknown', needsFolders = false) {
    super(reason);
    this.format = format;
    this.needsFolders = needsFolders;
  }
}

export function int(value: number | null, what: string, warnings: string[]): number | null {
  if (value === null || value <= LARGEST_INT) return value;
  warnings.push(`The ${what}, ${value}, is larger than can be: it is left out.`);
  return null;
}

/** Postgres knows no year 0, and a run of another century is a clock that was never set. */
export function moment(instant: string | null, warnings: string[]): Date | null {
  if (instant === null) return null;
  const date = new Date(instant);
  const year = date.getUTCFullYear();
  if (year >= 1970 && year < 10_000) return date;
  warnings.push(`The log dates its run to the year ${year}: the time is left out.`);
  return null;
}

/** As `bounded`, and without the @ that separates a version from the name. */
export function thingName(text: string): string {
  return bounded(text.replaceAll('@', '#'), LONGEST_NAME);
}

/**
 * SHA-256, in hexadecimal, of the value's JSON with its names sorted. The text is made a piece at a time, so that of a
 * file's samples no more than one is held as text; what an iterator gives is told as a list.
 */
export function digestOf(value: unknown): string {
  const hash = createHash('sha256');
  for (const piece of piecesOf(value, 0)) hash.update(piece);
  return hash.digest('hex');
}

/** Lists of samples stand in the whole, or in a member of it: what is below them is made at once. */
const DEEPEST_PIECE = 2;

function* piecesOf(value: unknown, depth: number): Generator<string> {
  if (depth === DEEPEST_PIECE || !isContainer(value)) {
    yield JSON.stringify(value, namesSorted);
    return;
  }
  let separator = '';
  if (Array.isArray(value) || isIterator(value)) {
    yield '[';
    for (const element of value) {
      yield separator;
      yield* hasText(element) ? piecesOf(element, depth + 1) : ['null'];
      separator = ',';
    }
    yield ']';
    return;
  }
  yield '{';
  for (const [name, part] of Object.entries(sorted(value))) {
    if (!hasText(part)) continue;
    yield `${separator}${JSON.stringify(name)}:`;
    yield* piecesOf(part, depth + 1);
    separator = ',';
  }
  yield '}';
}

function namesSorted(_name: string, part: unknown): unknown {
  return part !== null && typeof part === 'object' && !Array.isArray(part) ? sorted(part) : part;
}

function sorted(part: object): object {
  return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Dates, and whatever else says of itself what its text is, are none. */
function isContainer(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !('toJSON' in value);
}

function isIterator(value: object): value is IterableIterator<unknown> {
  return Symbol.iterator in value && 'next' in value;
}

function hasText(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}
