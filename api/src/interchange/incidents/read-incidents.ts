// A file of incidents as a plan: whatever its shape, each record once, and every field accounted for.
import { csvFields } from '../../platform/csv-record.ts';
import { textRecords } from '../../platform/text-records.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { Refusal } from '../inspect/refusal.ts';
import { UnfitLog } from '../plan-values.ts';
import { AIID_KEPT, AIID_PASSED, aiidRecords } from './aiid-record.ts';
import { AVID_KEPT, avidRecord, isAvid } from './avid-record.ts';
import { FieldTally } from './field-tally.ts';
import type { IncidentFilePlan, IncidentFormat, PlannedRecord } from './planned-incident.ts';
import { MOST_RECORDS, readElements, tooMany } from './read-elements.ts';
import type { IncidentFile } from './tells-incidents.ts';

/** A line of CSV, in bytes: the database's rows hold whole reports. */
const LONGEST_LINE = 1024 * 1024;
/** What the plan of one file may keep of its texts, in UTF-16 units. */
const MOST_KEPT = 64 * 1024 * 1024;
const SOURCE = { AVID: 'AVID', AIID: 'AI Incident Database' } as const;

/** Throws UnfitLog with the reason, in a sentence, where the file cannot be read or holds nothing of an incident. */
export async function readIncidents(
  file: { path: string },
  { catalogue, columns }: IncidentFile,
): Promise<IncidentFilePlan> {
  const format = (kind: string) => `${catalogue.toLowerCase()}-${kind}` as IncidentFormat;
  const gathered = new Gathered(new FieldTally(catalogue === 'AVID' ? AVID_KEPT : AIID_KEPT));
  let read = format(columns === null ? 'json' : 'csv');
  try {
    if (columns !== null) await readCsv(file.path, columns, gathered);
    else if ((await readJson(file.path, gathered)) > 1) read = format('jsonl');
  } catch (error) {
    if (error instanceof Refusal) throw new UnfitLog(error.message, read);
    if (error instanceof UnfitLog) throw new UnfitLog(error.message, read);
    throw error;
  }
  return { format: read, source: SOURCE[catalogue], ...gathered.plan(read) };
}

function readJson(path: string, gathered: Gathered): Promise<number> {
  return readElements(path, {
    passed: (field) => Object.hasOwn(AIID_PASSED, field),
    element: ({ record }) => gathered.add(record),
    lost: (field, why, count) =>
      gathered.tally.leaveOut(
        field,
        why === 'passed' ? AIID_PASSED[field]! : 'larger than one value may be (4 MiB)',
        count,
      ),
    stray: () => gathered.tally.leaveOut('(no object)', 'a record is an object'),
  });
}

async function readCsv(path: string, columns: readonly string[], gathered: Gathered): Promise<void> {
  let first = true;
  for await (const group of textRecords(path, { quoted: true, longest: LONGEST_LINE })) {
    for (const { text, problem, line } of group) {
      if (first || (text.trim() === '' && problem === null)) {
        first = false;
        continue;
      }
      const values = problem === null ? csvFields(text) : [];
      if (problem !== null) gathered.tally.leaveOut('(lines)', problem);
      else if (values.length !== columns.length)
        gathered.tally.leaveOut('(lines)', 'a line has another number of fields than the first');
      else gathered.add(rowOf(columns, values), `line ${line}`);
    }
  }
}

/** The fields of a row that say something; a list that stands in one as JSON is read as one. */
function rowOf(columns: readonly string[], values: readonly string[]): JsonObject {
  const fields = columns.flatMap((column, i): [string, JsonValue][] => {
    const text = values[i]!.replaceAll('\0', '').trim();
    return text === '' ? [] : [[column, text.startsWith('[') ? listOf(text) : text]];
  });
  return Object.fromEntries(fields.filter(([column]) => !Object.hasOwn(AIID_PASSED, column)));
}

function listOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

class Gathered {
  readonly tally: FieldTally;
  readonly #records: PlannedRecord[] = [];
  #elements = 0;
  #kept = 0;

  constructor(tally: FieldTally) {
    this.tally = tally;
  }

  add(record: JsonObject, place?: string): void {
    this.#elements += 1;
    if (this.#elements > MOST_RECORDS) throw tooMany(MOST_RECORDS);
    const where = place ?? `record ${this.#elements}`;
    const made = isAvid(record)
      ? [avidRecord(record, where, this.tally)].filter((one) => one !== null)
      : aiidRecords(record, where, this.tally);
    for (const one of made) {
      this.#kept += JSON.stringify(one.content).length + (one.incident?.summary.length ?? 0);
      this.#records.push(one);
    }
    if (this.#kept > MOST_KEPT)
      throw new UnfitLog('The file says more than one import keeps (64 MiB of text): cut it in several.');
  }

  plan(format: string): Pick<IncidentFilePlan, 'records' | 'report'> {
    const report = this.tally.report();
    if (this.#records.length === 0) {
      const why = [...new Set(report.leftOut.map(({ reason }) => reason))].slice(0, 3).join('; ');
      throw new UnfitLog(
        `The file holds no incident and nothing of one${why === '' ? '' : `: ${why}`}.`,
        format,
      );
    }
    const first = this.#records.filter(({ incident }) => incident !== null);
    const then = this.#records.filter(({ incident }) => incident === null);
    return { records: [...first, ...then], report };
  }
}
