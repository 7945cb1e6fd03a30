import { createHash } from 'node:crypto';
import type { Fields } from '../../platform/field-reading.ts';
import { type Place, type TextRecord, textRecords } from '../../platform/text-records.ts';
import { fieldsOf } from './bulk-format.ts';
import type { RefusedLine } from './bulk-progress.ts';

export interface NumberedFields {
  line: number;
  fields: Fields;
}

/** Some lines of a file that are taken together. */
export interface Batch {
  records: NumberedFields[];
  broken: RefusedLine[];
  firstLine: number;
  lastLine: number;
  /** Where the next batch begins. */
  next: Place;
  /** SHA-256 of the lines as they were read, in hexadecimal. */
  content: string;
}

/** The batches of a file from a place on, each of `size` lines but the last. */
export async function* readBatches(
  path: string,
  from: Place,
  columns: readonly string[] | null,
  size: number,
): AsyncGenerator<Batch> {
  let taken: TextRecord[] = [];
  for await (const group of textRecords(path, { from, quoted: columns !== null })) {
    for (let at = 0; at < group.length; ) {
      const until = Math.min(group.length, at + size - taken.length);
      taken = taken.length === 0 ? group.slice(at, until) : taken.concat(group.slice(at, until));
      at = until;
      if (taken.length < size) continue;
      yield batchOf(taken, columns);
      taken = [];
    }
  }
  if (taken.length > 0) yield batchOf(taken, columns);
}

function batchOf(taken: readonly TextRecord[], columns: readonly string[] | null): Batch {
  const records: NumberedFields[] = [];
  const broken: RefusedLine[] = [];
  const hash = createHash('sha256');
  for (const { line, text, problem } of taken) {
    if (problem === null && (text === '' || text.trim() === '')) continue;
    hash.update(text).update('\n');
    const fields = problem ?? fieldsOf(text, columns);
    if (typeof fields === 'string') broken.push({ line, reason: fields });
    else records.push({ line, fields });
  }
  const [first, last] = [taken[0]!, taken.at(-1)!];
  // A record may hold lines of its own: the next one's number is one more than its last.
  const within = last.text.split('\n').length;
  return {
    records,
    broken,
    firstLine: first.line,
    lastLine: last.line,
    next: { offset: last.end, line: last.line + within },
    content: hash.digest('hex'),
  };
}
