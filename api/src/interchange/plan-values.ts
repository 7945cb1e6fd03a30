// Names, numbers and times of a log, as far as the record can hold them.
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

export function digestOf(value: unknown): string {
  return sha256(
    JSON.stringify(value, (_key, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ),
  );
}
