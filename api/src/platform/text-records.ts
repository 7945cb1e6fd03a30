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

/** In bytes, unless a reader asks for more. */
export const LONGEST_RECORD = 64 * 1024;
const CHUNK = 1024 * 1024;
export const NEWLINE = 10;
const tooLong = (longest: number) => `The line is longer than ${longest.toLocaleString('en')} bytes.`;
const UNCLOSED = 'A quotation mark is opened and not closed.';
const NOT_UTF8 = 'The line is not in UTF-8.';
const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The records from `from` on, in groups as they are read. Where `quoted`, a line's end within quotation marks does not
 * end a record, as RFC 4180 has it for CSV.
 */
export async function* textRecords(
  path: string,
  options: { from?: Place; quoted: boolean; longest?: number },
): AsyncGenerator<TextRecord[]> {
  const { quoted, longest = LONGEST_RECORD } = options;
  let place = options.from ?? BEGINNING;
  let rest: Buffer = Buffer.alloc(0);
  /** Whether what comes next is the end of a line that was given up. */
  let passing = false;
  for await (const chunk of createReadStream(path, { start: place.offset, highWaterMark: CHUNK })) {
    const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    const cut = bytes.lastIndexOf(NEWLINE) + 1;
    const taken = recordsIn(bytes.subarray(0, cut), place, { quoted, longest, last: false });
    place = taken.place;
    rest = bytes.subarray(taken.used);
    // What is longer than a record may be has no end in sight: its beginning is given up, the rest of it is passed by.
    if (rest.length > longest && rest.indexOf(NEWLINE) < 0) {
      place = { offset: place.offset + rest.length, line: place.line };
      rest = Buffer.alloc(0);
    }
    if (taken.records.length === 0) {
      passing ||= bytes.length > longest && rest.length === 0;
      continue;
    }
    if (passing) giveUp(taken.records[0]!, longest);
    passing = cut < bytes.length && rest.length === 0;
    yield taken.records;
  }
  const { records } = recordsIn(rest, place, { quoted, longest, last: true });
  if (passing && records[0] !== undefined) giveUp(records[0], longest);
  if (records.length > 0) yield records;
}

function giveUp(record: TextRecord, longest: number): void {
  record.text = '';
  record.problem = tooLong(longest);
}

interface Taken {
  records: TextRecord[];
  /** Bytes that belong to them. */
  used: number;
  place: Place;
}

interface Reading {
  quoted: boolean;
  longest: number;
  /** Nothing comes after these bytes. */
  last: boolean;
}

function recordsIn(bytes: Buffer, from: Place, reading: Reading): Taken {
  const records: TextRecord[] = [];
  let { offset, line } = from;
  let used = 0;
  while (used < bytes.length) {
    const { end, lines, problem } = recordEnd(bytes, used, reading);
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

function recordEnd(bytes: Buffer, from: number, { quoted, longest, last }: Reading): End {
  const newline = bytes.indexOf(NEWLINE, from);
  const first = newline < 0 ? bytes.length : newline + 1;
  const problemTo = (end: number) => (end - from > longest ? tooLong(longest) : null);
  if (newline < 0 && !last) return { end: null, lines: 0, problem: null };
  let open = quoted && hasOddMarks(bytes, from, first);
  if (!open) return { end: first, lines: 1, problem: problemTo(first) };
  let lines = 1;
  for (let end = first; ; lines += 1) {
    // A mark that was never closed would take the rest of the file: its line alone is broken.
    if (problemTo(end) !== null || (end === bytes.length && last))
      return { end: first, lines: 1, problem: UNCLOSED };
    if (end === bytes.length) return { end: null, lines: 0, problem: null };
    const at = bytes.indexOf(NEWLINE, end);
    const next = at < 0 ? bytes.length : at + 1;
    // Each byte is looked at once, however many lines there are within the marks.
    if (hasOddMarks(bytes, end, next)) open = !open;
    end = next;
    if (!open) return { end, lines: lines + 1, problem: problemTo(end) };
  }
}

const MARK = 34;

/** Whether a quotation mark between two places opens or closes something beyond them. */
function hasOddMarks(bytes: Buffer, from: number, to: number): boolean {
  const line = bytes.subarray(from, to);
  let odd = false;
  for (let at = line.indexOf(MARK); at >= 0; at = line.indexOf(MARK, at + 1)) odd = !odd;
  return odd;
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
