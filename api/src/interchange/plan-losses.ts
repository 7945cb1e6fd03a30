import { oneLine } from '../platform/file-name.ts';
import type { JsonValue } from './inspect/json-value.ts';

const LARGEST_VALUE = 262_144;
const LONGEST_FIELD = 200;

/** Cut at each step: what stands below a name of megabytes would else copy it for each of its fields. */
const below = (field: string, name: string) => `${field}.${name}`.slice(0, LONGEST_FIELD);

/** What the plan itself leaves out, beside what the reader did. */
export class Losses {
  readonly all: { field: string; count: number; reason: string }[] = [];

  /** The value without what may hold credentials, and without values too large for a record. */
  bounded(field: string, value: JsonValue): JsonValue | undefined {
    const clean = this.#withoutSecrets(field, value);
    const size = JSON.stringify(clean)?.length ?? 0;
    if (size <= LARGEST_VALUE) return clean;
    this.all.push({ field, count: 1, reason: 'larger than the record keeps (262,144 characters)' });
    return undefined;
  }

  #withoutSecrets(field: string, value: JsonValue): JsonValue {
    if (Array.isArray(value)) return value.map((item) => this.#withoutSecrets(`${field}[]`, item));
    if (value === null || typeof value !== 'object') return value;
    const kept: [string, JsonValue][] = [];
    for (const [name, part] of Object.entries(value)) {
      if (SECRET.test(name) && part !== null) {
        this.all.push({ field: oneLine(below(field, name)), count: 1, reason: 'may hold credentials' });
      } else kept.push([name, this.#withoutSecrets(below(field, name), part)]);
    }
    return Object.fromEntries(kept);
  }
}

/** Names under which people put keys and addresses with keys in them. */
const SECRET =
  /api_?-?key|secret|passw|authorization|credential|private_?key|access_?token|auth_?token|bearer|cookie|extra_headers|model_args|base_url|^(?:hf_|hub_)?token$/i;

/** Whether a field of this name may hold what lets somebody in. */
export const mayHoldCredentials = (name: string): boolean => SECRET.test(name);
