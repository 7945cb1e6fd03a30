// Whether a file is of incidents, by its first bytes and never by its name.
import { open } from 'node:fs/promises';
import { csvFields } from '../../platform/csv-record.ts';
import { type Decision, type JsonHandlers, type JsonPath, JsonScanner } from '../inspect/json-scanner.ts';
import { Refusal } from '../inspect/refusal.ts';
import { isAiid } from './aiid-record.ts';
import type { Catalogue } from './planned-incident.ts';

const HEAD = 256 * 1024;

export interface IncidentFile {
  catalogue: Catalogue;
  /** The columns that a CSV file's first line names; null for JSON. */
  columns: string[] | null;
}

/** What a file is where it is of incidents; null where its beginning says nothing of the kind. */
export async function tellsIncidents(path: string): Promise<IncidentFile | null> {
  const head = await headOf(path);
  const text = head
    .subarray(0, 64)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text.startsWith('{') || text.startsWith('[')) return tellJson(head);
  const line = /^\ufeff?([^\r\n]+)\r?\n/.exec(head.toString('utf8'))?.[1];
  if (line === undefined || !line.includes(',')) return null;
  const columns = csvFields(line).map((column) => column.trim());
  return isAiid(columns) ? { catalogue: 'AIID', columns } : null;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function tellJson(head: Buffer): IncidentFile | null {
  const names = new FirstNames();
  try {
    new JsonScanner(names, { nesting: 100, valueBytes: 1024 }).write(head);
  } catch (error) {
    // Lines of JSON, or a mistake further on: what stands before it tells enough.
    if (!(error instanceof Refusal)) throw error;
  }
  for (const found of [names.first, names.data, names.root]) {
    const all = [...found];
    if (names.isAvid || (all.includes('affects') && all.includes('problemtype')))
      return { catalogue: 'AVID', columns: null };
    if (isAiid(all)) return { catalogue: 'AIID', columns: null };
  }
  return null;
}

/** The lists that hold the database's incidents in an envelope. */
const ENVELOPED = ['incidents', 'reports', 'classifications', 'vulnerabilities'];

/** The names in a document's root, in its `data`, and in the first record of the list that it is or holds. */
class FirstNames implements JsonHandlers {
  isAvid = false;
  readonly root = new Set<string>();
  readonly data = new Set<string>();
  readonly first = new Set<string>();

  decide(path: JsonPath): Decision {
    const [one, two] = path;
    const name = path.at(-1);
    if (path.length === 0) return 'descend';
    if (typeof one === 'number') {
      if (path.length === 2 && one === 0) this.first.add(String(name));
      return path.length === 1 && one === 0 ? 'descend' : this.#word(name);
    }
    const inner = one === 'data' ? path.slice(1) : path;
    if (inner.length === 0) return 'descend';
    if (inner.length === 1) (one === 'data' ? this.data : this.root).add(String(name));
    const listed = ENVELOPED.includes(String(one === 'data' ? two : one));
    if (listed && inner.length <= 2 && (inner.length === 1 || inner[1] === 0)) return 'descend';
    if (listed && inner.length === 3) this.first.add(String(name));
    return this.#word(name);
  }

  #word(name: string | number | undefined): Decision {
    return name === 'data_type' ? 'build' : 'skip';
  }

  value(path: JsonPath, value: unknown): void {
    if (path.at(-1) === 'data_type' && value === 'AVID') this.isAvid = true;
  }

  skipped(): void {}
  tooLarge(): void {}
  closed(): void {}
}
