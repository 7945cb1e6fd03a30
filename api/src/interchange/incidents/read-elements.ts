// The records of a JSON file, one at a time: of a list, of lines, of lists within one object, or the object itself.
import { createReadStream } from 'node:fs';
import { MemoryBudget, MOST_KEPT } from '../formats/memory-budget.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import { type Decision, type JsonHandlers, type JsonPath, JsonScanner } from '../inspect/json-scanner.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { isObject } from '../inspect/plain-values.ts';
import { UnfitLog } from '../plan-values.ts';

export interface Element {
  record: JsonObject;
  /** The list of an object that it stands in; null where the file is a list, lines, or one record. */
  list: string | null;
}

export interface ElementHandlers {
  /** Fields of a record that are passed over, unread. */
  passed: (field: string) => boolean;
  element: (element: Element) => void;
  /** A field that was passed over, or is larger than one value may be. */
  lost: (field: string, why: 'passed' | 'too large', count: number) => void;
  /** Something in the place of a record that is none. */
  stray: () => void;
}

export interface ElementBounds {
  /** Records that one object may hold in its lists. */
  records: number;
  /** What may be held at a time, in bytes, roughly. */
  keptBytes: number;
}

/** Records that one file may bring. */
export const MOST_RECORDS = 50_000;
export const tooMany = (most: number) =>
  new UnfitLog(`The file holds more than ${most.toLocaleString('en')} records: cut it in several.`);

const BOUNDS = { nesting: 100, valueBytes: 4 * 1024 * 1024 };
const NEWLINE = 10;
/** The lists by which snapshots and answers of an API hold records. */
const LISTS: ReadonlySet<string> = new Set([
  'incidents',
  'reports',
  'classifications',
  'duplicates',
  'incident_links',
  'vulnerabilities',
]);

/**
 * Reads a file's records and answers how many JSON documents it holds: several where each line is one. Throws `Refusal`
 * where it is no JSON, and UnfitLog where it holds more than the bounds. Memory holds one record at a time, and of an
 * object with lists their records, without what is passed over: until its end nobody knows whether it is one itself.
 */
export async function readElements(
  path: string,
  on: ElementHandlers,
  bounds: ElementBounds = { records: MOST_RECORDS, keptBytes: MOST_KEPT },
): Promise<number> {
  let documents = 0;
  let reading: { document: Document; scanner: JsonScanner } | null = null;
  const end = () => {
    reading?.scanner.end();
    reading?.document.end();
    reading = null;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    const bytes = chunk as Buffer;
    for (let at = 0; at < bytes.length; ) {
      const newline = bytes.indexOf(NEWLINE, at);
      const to = newline < 0 ? bytes.length : newline + 1;
      // A new document begins at a line's beginning alone: one that follows another in its line is a mistake.
      if (reading === null && !blank(bytes, at, to)) {
        const document = new Document(on, bounds);
        reading = { document, scanner: new JsonScanner(document, BOUNDS) };
        documents += 1;
      }
      const open = reading as { document: Document; scanner: JsonScanner } | null;
      open?.scanner.write(bytes.subarray(at, to));
      if (newline >= 0 && open?.document.closedWhole) end();
      at = to;
    }
  }
  if (reading !== null) end();
  return documents;
}

function blank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at]! > 0x20) return false;
  return true;
}

type Root = 'list' | 'object';

/** One document: a list of records, an object with lists of them, or a record. */
class Document implements JsonHandlers {
  closedWhole = false;
  readonly #on: ElementHandlers;
  readonly #own = new Map<string, JsonValue>();
  readonly #lists = new Map<string, JsonValue[]>();
  readonly #bounds: ElementBounds;
  #budget: MemoryBudget;
  #held = 0;
  #root: Root | null = null;
  #current = new Map<string, JsonValue>();

  constructor(on: ElementHandlers, bounds: ElementBounds) {
    this.#on = on;
    this.#bounds = bounds;
    this.#budget = new MemoryBudget(bounds.keptBytes);
  }

  decide(path: JsonPath): Decision {
    if (path.length === 0) return 'descend';
    this.#root ??= typeof path[0] === 'number' ? 'list' : 'object';
    const within = this.#within(path);
    // Lists, records of lists, and an envelope are entered; what stands in a record is built or passed over.
    if (within === 'list' || within === 'record') return 'descend';
    return this.#on.passed(String(path.at(-1))) ? 'skip' : 'build';
  }

  value(path: JsonPath, value: JsonValue): void {
    if (path.length === 0) {
      this.closedWhole = true;
      this.#on.stray();
      return;
    }
    this.#budget.take(String(path.at(-1)), value);
    const within = this.#within(path);
    if (within === 'record') this.#inList(path, value);
    else if (within === 'field of a record') this.#current.set(String(path.at(-1)), value);
    else this.#own.set(String(path.at(-1)), value);
  }

  skipped(path: JsonPath, count: number): void {
    this.#on.lost(String(path.at(-1)), 'passed', count);
  }

  tooLarge(path: JsonPath): void {
    this.#on.lost(String(path.at(-1)), 'too large', 1);
  }

  closed(path: JsonPath): void {
    if (path.length === 0) {
      this.closedWhole = true;
      return;
    }
    const name = String(path.at(-1));
    if (this.#within(path) !== 'record') {
      // Also where it is empty: a record with no reports says so.
      if (LISTS.has(name)) this.#listNamed(name);
      return;
    }
    const record = objectOf(this.#current);
    this.#current = new Map();
    if (this.#root === 'list') {
      this.#budget = new MemoryBudget(this.#bounds.keptBytes);
      this.#on.element({ record, list: null });
    } else this.#inList(path, record);
  }

  /** An object whose lists hold records tells of them; any other is a record, its lists with it. */
  end(): void {
    if (this.#root !== 'object') return;
    if (!this.#isEnvelope()) {
      this.#on.element({ record: objectOf(new Map([...this.#own, ...this.#lists])), list: null });
      return;
    }
    for (const [list, records] of this.#lists)
      for (const record of records) {
        if (isObject(record)) this.#on.element({ record, list });
        else this.#on.stray();
      }
  }

  /** A record says what it is itself; an envelope says nothing but, perhaps, when it was made. */
  #isEnvelope(): boolean {
    const names = [...this.#own.keys()];
    const says = [
      'data_type',
      'affects',
      'problemtype',
      'incident_id',
      'report_number',
      'namespace',
      'embedding',
    ];
    return this.#lists.size > 0 && !names.some((name) => says.includes(name));
  }

  #within(path: JsonPath): 'list' | 'record' | 'field of a record' | 'field' {
    if (this.#root === 'list') return path.length === 1 ? 'record' : 'field of a record';
    const depth = path[0] === 'data' ? 1 : 0;
    if (path.length === depth) return 'list';
    const named = LISTS.has(String(path[depth]));
    if (path.length === depth + 1) return named ? 'list' : 'field';
    return path.length === depth + 2 ? 'record' : 'field of a record';
  }

  #inList(path: JsonPath, value: JsonValue): void {
    const name = path.at(-2);
    this.#held += 1;
    if (this.#held > this.#bounds.records) throw tooMany(this.#bounds.records);
    this.#budget.take();
    if (typeof name === 'string') this.#listNamed(name).push(value);
    else this.#on.stray();
  }

  #listNamed(name: string): JsonValue[] {
    const list = this.#lists.get(name) ?? [];
    this.#lists.set(name, list);
    return list;
  }
}

/** Own members only, whatever their names. */
const objectOf = (members: ReadonlyMap<string, JsonValue>): JsonObject =>
  Object.fromEntries(members) as JsonObject;
