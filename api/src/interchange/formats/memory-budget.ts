import type { JsonValue } from '../inspect/json-value.ts';
import { UnfitLog } from '../plan-values.ts';

const MIB = 1024 * 1024;
/** What the values kept of one file may take together; with what a process takes by itself, well below 300 MiB. */
const MOST = 96 * MIB;
/** About what an object of a few fields takes by itself. */
const OBJECT = 120;

/** Adds up what is kept of a file, in bytes, roughly. A file that passes the bound is refused. */
export class MemoryBudget {
  #taken = 0;

  take(...values: readonly (JsonValue | undefined)[]): void {
    this.#taken += OBJECT;
    for (const value of values) this.#taken += sizeOf(value);
    if (this.#taken > MOST)
      throw new UnfitLog(`The file holds more than is kept of one (${MOST / MIB} MiB): send it in parts.`);
  }
}

function sizeOf(value: JsonValue | undefined): number {
  if (typeof value === 'string') return value.length;
  return value !== null && typeof value === 'object' ? 2 * (JSON.stringify(value)?.length ?? 0) : 8;
}
