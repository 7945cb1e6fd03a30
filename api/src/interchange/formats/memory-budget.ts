import type { JsonValue } from '../inspect/json-value.ts';
import { UnfitLog } from '../plan-values.ts';

const MIB = 1024 * 1024;
/** What the values kept of one file may take together; with what a process takes by itself, well below 300 MiB. */
export const MOST_KEPT = 96 * MIB;
/** About what an object of a few fields takes by itself. */
const OBJECT = 120;

const tooMuch = (most: number): Error =>
  new UnfitLog(`The file holds more than is kept of one (${Math.round(most / MIB)} MiB): send it in parts.`);

/** Adds up what is kept of a file, in bytes, roughly. A file that passes the bound is refused. */
export class MemoryBudget {
  readonly #most: number;
  readonly #refusal: (most: number) => Error;
  #taken = 0;

  /** `refusal` is what is thrown by readers that refuse in a way of their own. */
  constructor(most = MOST_KEPT, refusal = tooMuch) {
    this.#most = most;
    this.#refusal = refusal;
  }

  take(...values: readonly (JsonValue | undefined)[]): void {
    this.takeBytes(sizeOfAll(values));
  }

  takeBytes(bytes: number): void {
    this.#taken += bytes;
    if (this.#taken > this.#most) throw this.#refusal(this.#most);
  }

  /** What was taken for these values is kept no longer. */
  giveBack(...values: readonly (JsonValue | undefined)[]): void {
    this.#taken -= sizeOfAll(values);
  }
}

function sizeOfAll(values: readonly (JsonValue | undefined)[]): number {
  return values.reduce<number>((size, value) => size + sizeOf(value), OBJECT);
}

function sizeOf(value: JsonValue | undefined): number {
  if (typeof value === 'string') return value.length;
  return value !== null && typeof value === 'object' ? 2 * (JSON.stringify(value)?.length ?? 0) : 8;
}
