// The records of a text file, one a line, read a chunk at a time: whatever its size, memory holds one chunk.
import { createReadStream } from 'node:fs';

export interface TextRecord {
  /** The line at which it begins, from 1. */
  line: number;
  /** Without its line's end; empty where `problem` says why it cannot be read. */
  text: string;
  problem: string | null;
  /** The place of the byte after it. */
  end: number;
}

/** Where to go on reading: a byte, and the number of the line that begins there. */
export interface Place {
  offset: number;
  line: number;
}

export const BEGINNING: Place = { offset: 0, line: 1 };

/** In bytes. */
export const LONGEST_RECORD = 64 * 1024;
const CHUNK = 1024 * 1024;
export const NEWLINE = 10;
const TOO_LONG = `The line is longer than ${LONGEST_RECORD.toLocaleString('en')} bytes.`;
const UNCLOSED = 'A quotation mark is opened and not closed.';
const NOT_UTF8 = 'The line is not in UTF-8.';
const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The records from `from` on, in groups as they are read. Where `quoted`, a line's end within quotation marks does not
 * end a record, as RFC 4180 has it for CSV.
 */
export async function* textRecords(
  path: string,
  options: { from?: Place; quoted: boolean },
): AsyncGenerator<TextRecord[]> {
  let place = options.from ?? BEGINNING;
  let rest: Buffer = Buffer.alloc(0);
  /** Whether what comes next is the end of a line that was given up. */
  let passing = false;
  for await (const chunk of createReadStream(path, { start: place.offset, highWaterMark: CHUNK })) {
    const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    const cut = bytes.lastIndexOf(NEWLINE) + 1;
    const taken = recordsIn(bytes.subarray(0, cut), place, options.quoted, false);
    place = taken.place;
    rest = bytes.subarray(taken.used);
    // What is longer than a record may be has no end in sight: its beginning is given up, the rest of it is passed by.
    if (rest.length > LONGEST_RECORD && rest.indexOf(NEWLINE) < 0) {
      place = { offset: place.offset + rest.length, line: place.line };
      rest = Buffer.alloc(0);
    }
    if (taken.records.length === 0) {
      passing ||= bytes.length > LONGEST_RECORD && rest.length === 0;
      continue;
    }
    if (passing) giveUp(taken.records[0]!);
    passing = cut < bytes.length && rest.length === 0;
    yield taken.records;
  }
  const { records } = recordsIn(rest, place, options.quoted, true);
  if (passing && records[0] !== undefined) giveUp(records[0]);
  if (records.length > 0) yield records;
}

function giveUp(record: TextRecord): void {
  record.text = '';
  record.problem = TOO_LONG;
}

interface Taken {
  records: TextRecord[];
  /** Bytes that belong to them. */
  used: number;
  place: Place;
}

/** `last`: nothing comes after these bytes. */
function recordsIn(bytes: Buffer, from: Place, quoted: boolean, last: boolean): Taken {
  const records: TextRecord[] = [];
  let { offset, line } = from;
  let used = 0;
  while (used < bytes.length) {
    const { end, lines, problem } = recordEnd(bytes, used, quoted, last);
    if (end === null) break;
    const text = problem === null ? textOf(bytes, used, end) : '';
    offset += end - used;
    records.push({
      line,
      text: text ?? '',
      problem: problem ?? (text === null ? NOT_UTF8 : null),
      end: offset,
    });
    line += lines;
    used = end;
  }
  return { records, used, place: { offset, line } };
}

interface End {
  /** The place after its line's end; null where it goes on beyond these bytes. */
  end: number | null;
  lines: number;
  problem: string | null;
}

function recordEnd(bytes: Buffer, from: number, quoted: boolean, last: boolean): End {
  const newline = bytes.indexOf(NEWLINE, from);
  const first = newline < 0 ? bytes.length : newline + 1;
  const tooLong = (end: number) => end - from > LONGEST_RECORD;
  if (newline < 0 && !last) return { end: null, lines: 0, problem: null };
  if (!quoted || isClosed(bytes, from, first))
    return { end: first, lines: 1, problem: tooLong(first) ? TOO_LONG : null };
  let lines = 1;
  for (let end = first; ; lines += 1) {
    // A mark that was never closed would take the rest of the file: its line alone is broken.
    if (tooLong(end) || (end === bytes.length && last)) return { end: first, lines: 1, problem: UNCLOSED };
    if (end === bytes.length) return { end: null, lines: 0, problem: null };
    const at = bytes.indexOf(NEWLINE, end);
    end = at < 0 ? bytes.length : at + 1;
    if (isClosed(bytes, from, end)) return { end, lines: lines + 1, problem: tooLong(end) ? TOO_LONG : null };
  }
}

const MARK = 34;

/** Whether the quotation marks between two places come in pairs. */
function isClosed(bytes: Buffer, from: number, to: number): boolean {
  let open = false;
  for (let at = bytes.indexOf(MARK, from); at >= 0 && at < to; at = bytes.indexOf(MARK, at + 1)) open = !open;
  return !open;
}

/** Null where it is no UTF-8. */
function textOf(bytes: Buffer, from: number, to: number): string | null {
  let end = to;
  if (end > from && bytes[end - 1] === NEWLINE) end -= 1;
  if (end > from && bytes[end - 1] === 13) end -= 1;
  const text = bytes.toString('utf8', from, end);
  if (!text.includes('\ufffd')) return text;
  try {
    return whole.decode(bytes.subarray(from, end));
  } catch {
    return null;
  }
}
