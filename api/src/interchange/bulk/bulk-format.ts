// The files of many lines that can be brought in: what they are told by, and how their lines are read.
import { open } from 'node:fs/promises';
import { csvFields } from '../../platform/csv-record.ts';
import type { Fields } from '../../platform/field-reading.ts';
import { BEGINNING, LONGEST_RECORD, NEWLINE, type Place, textRecords } from '../../platform/text-records.ts';

export type BulkContent = 'lineage' | 'documents';
export type BulkFormat = `${BulkContent}-${'jsonl' | 'csv'}`;
export const BULK_FORMATS: readonly BulkFormat[] = [
  'lineage-jsonl',
  'lineage-csv',
  'documents-jsonl',
  'documents-csv',
];

/** How a file's lines are read, and where the first of them begins. */
export interface BulkLayout {
  format: BulkFormat;
  /** A CSV file's columns; null for JSON Lines. */
  columns: string[] | null;
  first: Place;
}

/** What the names of a first line's fields say that the file holds; null where they say nothing of the kind. */
function contentOf(names: readonly string[]): BulkContent | null {
  if (names.includes('document')) return 'documents';
  if (names.includes('node') || (names.includes('downstream') && names.includes('upstream')))
    return 'lineage';
  return null;
}

/** What a file is by its first line; null where it is none of these. */
export async function bulkLayout(path: string): Promise<BulkLayout | null> {
  if (!(await beginsWithLine(path))) return null;
  for await (const group of textRecords(path, { quoted: true })) {
    const head = group.find((record) => record.text.trim() !== '' || record.problem !== null);
    if (head === undefined) continue;
    if (head.problem !== null) return null;
    const text = head.text.replace(/^\ufeff/, '');
    if (text.startsWith('{')) {
      const fields = jsonFields(text);
      const content = typeof fields === 'string' ? null : contentOf(Object.keys(fields));
      return content === null ? null : { format: `${content}-jsonl`, columns: null, first: BEGINNING };
    }
    const columns = csvFields(text).map((column) => column.trim());
    const content = contentOf(columns);
    if (content === null) return null;
    return { format: `${content}-csv`, columns, first: { offset: head.end, line: head.line + 1 } };
  }
  return null;
}

/** Whether a line ends, or the file does, where one might: a log in one line of gigabytes is not read for it. */
async function beginsWithLine(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(LONGEST_RECORD), 0, LONGEST_RECORD, 0);
    return bytesRead < LONGEST_RECORD || buffer.includes(NEWLINE);
  } finally {
    await file.close();
  }
}

/** The fields of one line; a sentence where it has none. */
export function fieldsOf(text: string, columns: readonly string[] | null): Fields | string {
  if (columns === null) return jsonFields(text);
  const values = csvFields(text);
  if (values.length !== columns.length)
    return `The line has ${values.length} fields, and the first line names ${columns.length}.`;
  const fields: Record<string, string> = {};
  for (let i = 0; i < columns.length; i += 1) fields[columns[i]!] = values[i]!;
  return fields;
}

const NO_OBJECT = 'The line is no JSON object.';

function jsonFields(text: string): Fields | string {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : NO_OBJECT;
  } catch {
    return NO_OBJECT;
  }
}
