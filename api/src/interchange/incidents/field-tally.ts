import { oneLine } from '../../platform/file-name.ts';
import type { ImportReport } from '../import.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import { isObject, shorten } from '../inspect/plain-values.ts';

const MOST_FIELDS = 500;
const LONGEST_FIELD = 200;
const MOST_WARNINGS = 200;
const OTHERS = '(further fields)';

/** Tells what became of every field of the records of a file: each name once, however many records have it. */
export class FieldTally {
  readonly #how: Readonly<Record<string, string>>;
  readonly #kept = new Map<string, string>();
  readonly #lost = new Map<string, { field: string; count: number; reason: string }>();
  readonly #warnings = new Map<string, number>();

  /** `how`: as what the known fields are kept, by their paths. */
  constructor(how: Readonly<Record<string, string>>) {
    this.#how = how;
  }

  /** Every name of the record, and every name within those that hold more: none is passed over in silence. */
  walk(record: JsonObject): void {
    for (const [name, value] of Object.entries(record)) {
      this.#keep(name);
      const parts = Array.isArray(value) ? value : [value];
      // Cut before it is put together with each of many names: it may be as long as the record.
      const short = shorten(name, LONGEST_FIELD);
      const path = Array.isArray(value) ? `${short}[]` : short;
      for (const part of parts) {
        if (!isObject(part)) continue;
        for (const inner of Object.keys(part)) this.#keep(`${path}.${inner}`);
      }
    }
  }

  #keep(path: string): void {
    const field = shorten(path, LONGEST_FIELD);
    if (this.#kept.has(field)) return;
    if (this.#kept.size >= MOST_FIELDS) this.#kept.set(OTHERS, AS_IT_IS);
    else this.#kept.set(field, this.#known(path) ?? AS_IT_IS);
  }

  #known(path: string): string | null {
    if (Object.hasOwn(this.#how, path)) return this.#how[path]!;
    const parent = path.replace(/(?:\[\])?\.[^.]*$/s, '');
    return parent !== path && Object.hasOwn(this.#how, parent) ? UNDERSTOOD_WITH(parent) : null;
  }

  leaveOut(field: string, reason: string, count = 1): void {
    const full =
      this.#lost.size >= MOST_FIELDS && !this.#lost.has(`${shorten(field, LONGEST_FIELD)}\0${reason}`);
    const name = full ? OTHERS : shorten(field, LONGEST_FIELD);
    const why = full ? 'more was left out than is listed' : reason;
    const entry = this.#lost.get(`${name}\0${why}`);
    if (entry) entry.count += count;
    else this.#lost.set(`${name}\0${why}`, { field: name, count, reason: why });
  }

  /** Said once, with how often it holds. */
  warn(sentence: string): void {
    const known = this.#warnings.get(sentence);
    if (known !== undefined || this.#warnings.size < MOST_WARNINGS)
      this.#warnings.set(sentence, (known ?? 0) + 1);
  }

  report(): ImportReport {
    const times = (n: number) => (n === 1 ? '' : ` (${n.toLocaleString('en')} records)`);
    return {
      kept: [...this.#kept].map(([field, how]) => ({ field: oneLine(field), how })),
      leftOut: [...this.#lost.values()].map((lost) => ({ ...lost, field: oneLine(lost.field) })),
      warnings: [...this.#warnings].map(([sentence, n]) => `${oneLine(sentence)}${times(n)}`),
      recordedBefore: null,
    };
  }
}

const AS_IT_IS = 'not understood: kept as it is, in the record of what the source says';
const UNDERSTOOD_WITH = (parent: string) => `kept with ${parent}, in the record of what the source says`;
