import type { JsonHandlers, JsonPath } from '../inspect/json-scanner.ts';
import type { JsonValue } from '../inspect/json-value.ts';

const MOST_FIELDS = 500;

/** Holds the fields of one JSON object that are asked for, and counts what is passed over. */
export class PickedFields implements JsonHandlers {
  readonly fields = new Map<string, JsonValue>();
  /** Values passed over, by field. */
  readonly passed = new Map<string, number>();
  /** Whether the document is a list, so that none of its fields can be had. */
  isList = false;
  readonly #picks: (field: string) => boolean;

  constructor(picks: (field: string) => boolean) {
    this.#picks = picks;
  }

  decide(path: JsonPath): 'descend' | 'build' | 'skip' {
    const field = path[0];
    if (field === undefined) return 'descend';
    if (typeof field === 'number') this.isList = true;
    return typeof field === 'string' && this.#picks(field) && this.fields.size < MOST_FIELDS
      ? 'build'
      : 'skip';
  }

  value(path: JsonPath, value: JsonValue): void {
    if (typeof path[0] === 'string') this.fields.set(path[0], value);
  }

  skipped(path: JsonPath, count: number): void {
    if (this.passed.size < MOST_FIELDS) this.passed.set(String(path[0] ?? ''), count);
  }

  tooLarge(path: JsonPath): void {
    if (this.passed.size < MOST_FIELDS) this.passed.set(String(path[0] ?? ''), 1);
  }

  closed(): void {}
}
