// What a file looks like, told by its bytes: enough to say which reader it is for, or what it is instead.
import { open } from 'node:fs/promises';
import { type JsonHandlers, JsonScanner } from '../inspect/json-scanner.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { DEFAULT_LIMITS } from '../inspect/limits.ts';
import { Refusal } from '../inspect/refusal.ts';
import { ZipMembers } from '../inspect/zip-members.ts';

export type FileKind = 'empty' | 'zip' | 'object' | 'list' | 'lines' | 'html' | 'table' | 'text' | 'binary';

export interface Outline {
  kind: FileKind;
  /** Names of the document, of the first line, or of the first member of a list. */
  names: ReadonlyMap<string, NameInFile>;
  /** Names of a zip's members. */
  members: readonly string[];
  /** The first line of what is no JSON, shortened. */
  firstLine: string;
  /** Whether `names` are all there are, rather than those in the beginning of the file. */
  whole: boolean;
}

export interface NameInFile {
  /** Names one level below; of a list, those of its first member. */
  below: ReadonlySet<string>;
  list: boolean;
  /** Where it is a number, a text or the like. */
  value: JsonValue | undefined;
}

const BEGINNING = 1024 * 1024;
const CHUNK = 256 * 1024;
const MOST_NAMES = 1_000;
const BOUNDS = { nesting: DEFAULT_LIMITS.nesting, valueBytes: 64 * 1024 };

/** Reads the first MiB, or the whole file where `whole`; memory holds the names alone. */
export async function outlineOf(path: string, whole = false): Promise<Outline> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, 0);
    const head = buffer.subarray(0, bytesRead);
    const other = { names: new Map(), members: [], firstLine: firstLineOf(head), whole: true };
    if (head.length >= 2 && head[0] === 0x50 && head[1] === 0x4b)
      return { ...other, kind: 'zip', members: await membersOf(path) };
    const kind = kindOfText(head);
    if (kind !== null) return { ...other, kind };
    const names = new NameCollector(/^\ufeff?\s*\[/.test(head.toString('utf8')));
    const scanner = new JsonScanner(names, BOUNDS);
    for await (const chunk of file.createReadStream({ start: 0, highWaterMark: CHUNK, autoClose: false })) {
      names.read += (chunk as Buffer).length;
      if (!names.take(scanner, chunk as Buffer)) break;
      if (!whole && names.read >= BEGINNING) break;
    }
    return { ...other, ...names.found(bytesRead < CHUNK || whole) };
  } finally {
    await file.close();
  }
}

async function membersOf(path: string): Promise<string[]> {
  const names: string[] = [];
  try {
    const zip = await ZipMembers.open(path, DEFAULT_LIMITS);
    try {
      await zip.list(({ name }) => names.push(name));
    } finally {
      zip.close();
    }
  } catch (error) {
    // What is wrong with it is told by whoever reads it.
    if (!(error instanceof Refusal)) throw error;
  }
  return names;
}

/** Null where it begins as JSON does. */
function kindOfText(head: Buffer): FileKind | null {
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text === '') return 'empty';
  if (text.startsWith('{') || text.startsWith('[')) return null;
  if (head.subarray(0, 4096).includes(0)) return 'binary';
  if (/^<(?:!doctype html|html|head|table|body)\b/i.test(text)) return 'html';
  const first = text.split(/\r?\n/, 1)[0]!;
  return /^[^,;\t|]+(?:[,;\t|][^,;\t|]*)+$/.test(first) ? 'table' : 'text';
}

function firstLineOf(head: Buffer): string {
  const [line] = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
    .split(/\r?\n/, 1);
  return (line ?? '').slice(0, 120);
}

class NameCollector implements JsonHandlers {
  read = 0;
  readonly #names = new Map<string, { below: Set<string>; list: boolean; value: JsonValue | undefined }>();
  readonly #list: boolean;
  #closed = false;
  #more = false;
  #broken = false;

  constructor(list: boolean) {
    this.#list = list;
  }

  /** Takes a piece; false where nothing further is of interest. */
  take(scanner: JsonScanner, chunk: Buffer): boolean {
    // One at a time after the document has ended: what follows it tells JSON Lines from JSON.
    let from = 0;
    while (from < chunk.length && !this.#closed) {
      const end = chunk.indexOf(0x0a, from);
      const until = end < 0 ? chunk.length : end + 1;
      try {
        scanner.write(chunk.subarray(from, until));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.#broken = !this.#closed;
        this.#more = this.#closed;
        return false;
      }
      from = until;
    }
    if (!this.#closed) return true;
    this.#more ||= chunk.subarray(from).some((byte) => byte > 0x20);
    return !this.#more;
  }

  found(read: boolean): Pick<Outline, 'kind' | 'names' | 'whole'> {
    const kind = this.#list ? 'list' : this.#more ? 'lines' : 'object';
    return { kind, names: this.#names, whole: read || this.#more || this.#broken };
  }

  decide(path: readonly (string | number)[]): 'descend' | 'skip' {
    if (path.length === 0) return 'descend';
    const inner = this.#list ? path.slice(1) : path;
    if (this.#list && (path[0] as number) > 0) return 'skip';
    const [first, second, third] = inner;
    if (typeof first === 'string') {
      const found = this.#found(first);
      if (typeof second === 'number') found.list = true;
      const named = typeof second === 'number' ? third : second;
      if (typeof named === 'string' && found.below.size < MOST_NAMES) found.below.add(named);
      // Of a list, the names of its first member alone.
      if (typeof second === 'number') return inner.length === 2 && second === 0 ? 'descend' : 'skip';
    }
    return inner.length < 2 ? 'descend' : 'skip';
  }

  value(path: readonly (string | number)[], value: JsonValue): void {
    const inner = this.#list ? path.slice(1) : path;
    if (inner.length === 1 && typeof inner[0] === 'string') this.#found(inner[0]).value = value;
  }

  skipped(): void {}
  tooLarge(): void {}
  closed(path: readonly (string | number)[]): void {
    if (path.length === 0) this.#closed = true;
  }

  #found(name: string) {
    let found = this.#names.get(name);
    if (found === undefined) {
      found = { below: new Set(), list: false, value: undefined };
      if (this.#names.size < MOST_NAMES) this.#names.set(name, found);
    }
    return found;
  }
}
