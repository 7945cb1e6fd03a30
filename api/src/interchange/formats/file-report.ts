import type { ImportReport, KeptField } from '../import.ts';
import { bounded } from '../plan-values.ts';

const MOST_ENTRIES = 1_000;
const MOST_WARNINGS = 500;
const LONGEST_FIELD = 200;
const LONGEST_WARNING = 1_000;

/** What becomes of each field of a file, told while it is read: nothing is left out in silence. */
export class FileReport {
  readonly #kept = new Map<string, KeptField>();
  readonly #leftOut = new Map<string, { field: string; count: number; reason: string }>();
  readonly #warnings = new Set<string>();

  keep(field: string, how: string): void {
    this.#keep({ field: bounded(field, LONGEST_FIELD), how });
  }

  /** What is worked out from the field, and is not the field itself. */
  derive(field: string, how: string): void {
    this.#keep({ field: bounded(field, LONGEST_FIELD), how, derived: true });
  }

  #keep(entry: KeptField): void {
    if (this.#kept.size < MOST_ENTRIES) this.#kept.set(entry.field, entry);
  }

  /** Adds to what was left out of the field for that reason; `count` is its values, 0 where it holds none. */
  leaveOut(field: string, count: number, reason: string): void {
    let name = bounded(field, LONGEST_FIELD);
    if (this.#leftOut.size >= MOST_ENTRIES - 1 && !this.#leftOut.has(`${name}\0${reason}`))
      name = '(further fields)';
    const key = `${name}\0${reason}`;
    const before = this.#leftOut.get(key)?.count ?? 0;
    this.#leftOut.set(key, { field: name, count: before + count, reason });
  }

  warn(sentence: string): void {
    this.#warnings.add(bounded(sentence, LONGEST_WARNING));
  }

  toReport(): ImportReport {
    const warnings = [...this.#warnings];
    const cut = warnings.length - MOST_WARNINGS;
    return {
      kept: [...this.#kept.values()],
      leftOut: [...this.#leftOut.values()],
      warnings:
        cut <= 0 ? warnings : [...warnings.slice(0, MOST_WARNINGS), `${cut} further warnings are left out.`],
      recordedBefore: null,
    };
  }
}
