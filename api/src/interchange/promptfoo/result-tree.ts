import type { Decision, JsonHandlers, JsonPath } from '../inspect/json-scanner.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { isObject, member, setMember } from '../inspect/plain-values.ts';
import { Losses } from '../plan-losses.ts';
import { digestOf, sha256 } from '../plan-values.ts';
import { shapeAt } from './result-shape.ts';

/** Of one result, in UTF-16 units: a test may have any number of assertions, each with a prompt of its own. */
const MOST_KEPT = 1024 * 1024;
const VALUE = 64;
const MOST_PASSED = 500;
/** Of a name in a field's path, which is put together for each value below it. */
const LONGEST_NAME = 200;

/** One result as far as it is read. Paths are from the result on. */
export class ResultTree implements JsonHandlers {
  readonly result: { [field: string]: JsonValue } = {};
  /** Values passed over, by field. */
  readonly passed = new Map<string, number>();
  /** Fields of which a value was larger than is kept. */
  readonly tooLargeAt: string[] = [];
  /** Whether there was more than is kept of one result. */
  isCut = false;
  #kept = 0;

  decide(path: JsonPath): Decision {
    const shape = shapeAt(path);
    if (shape === undefined) return 'skip';
    // The result states the variables of its test a second time.
    if (path[0] === 'vars' && isObject(member(this.result.testCase, 'vars'))) return 'skip';
    if (path.length > 1 && this.#kept > MOST_KEPT) {
      this.isCut = true;
      return 'skip';
    }
    return shape.leaf === undefined ? 'descend' : 'build';
  }

  value(path: JsonPath, value: JsonValue): void {
    const leaf = shapeAt(path)?.leaf ?? 'keep';
    const kept = leaf === 'keep' ? value : digestOfValue(leaf === 'settings' ? withoutSecrets(value) : value);
    this.#kept += VALUE + (typeof kept === 'string' ? kept.length : (JSON.stringify(kept)?.length ?? 0));
    put(this.#holderOf(path), path.at(-1)!, kept);
  }

  skipped(path: JsonPath, count: number): void {
    const field = fieldOf(path);
    if (this.passed.size < MOST_PASSED || this.passed.has(field))
      this.passed.set(field, (this.passed.get(field) ?? 0) + count);
  }

  tooLarge(path: JsonPath): void {
    this.tooLargeAt.push(fieldOf(path));
  }

  /** What is empty, or holds nothing that is kept, is not absent. */
  closed(path: JsonPath): void {
    const part = path.at(-1);
    if (part === undefined) return;
    const holder = this.#holderOf(path);
    if ((Array.isArray(holder) ? holder[Number(part)] : member(holder, String(part))) !== undefined) return;
    this.#kept += VALUE;
    put(holder, part, {});
  }

  #holderOf(path: JsonPath): Holder {
    let holder: Holder = this.result;
    for (let i = 0; i < path.length - 1; i += 1) holder = containerIn(holder, path[i]!, path[i + 1]!);
    return holder;
  }
}

type Holder = JsonValue[] | { [key: string]: JsonValue };

/** What stands in the place and can hold the part that comes next; made where nothing does. */
function containerIn(holder: Holder, part: string | number, next: string | number): Holder {
  const held = Array.isArray(holder) ? holder[Number(part)] : member(holder, String(part));
  if (typeof next === 'number' ? Array.isArray(held) : isObject(held)) return held as Holder;
  const made: Holder = typeof next === 'number' ? [] : {};
  put(holder, part, made);
  return made;
}

function put(holder: Holder, part: string | number, value: JsonValue): void {
  if (Array.isArray(holder)) {
    // Of an element before it nothing may have been kept.
    while (holder.length < Number(part)) holder.push({});
    holder[Number(part)] = value;
  } else if (part === '__proto__') setMember(holder, part, value);
  else holder[part] = value;
}

/** Variables have names of anybody's. */
function fieldOf(path: JsonPath): string {
  const names = path.flatMap((part) => (typeof part === 'string' ? part.slice(0, LONGEST_NAME) : []));
  const vars = names.indexOf('vars');
  return (vars < 0 ? names : names.slice(0, vars + 1)).join('.');
}

const digestOfValue = (value: JsonValue): string =>
  value !== null && typeof value === 'object' ? digestOf(value) : sha256(JSON.stringify(value));

const withoutSecrets = (value: JsonValue): JsonValue => new Losses().bounded('', value) ?? null;
