import { inSlices, type Pause } from './counting-sort.ts';
import type { Section, Sections } from './snapshot-sections.ts';

// Columns of numbers and texts that grow, laid out so that ten million rows fit in memory and are walked quickly.

export type Numbers = Uint8Array | Uint32Array | Int32Array | Float64Array;
export type NumbersOf<A extends Numbers> = new (length: number) => A;

const SMALLEST = 1_024;
const GROWTH = 1.5;
/** A long column grows by less: what it might hold one day is memory that is gone now. */
const LONG = 2 ** 18;
const LONG_GROWTH = 1.125;
/** A column that was made anew has room for as many more, in parts of what it holds, before it must grow. */
const SPARE = 1 / 16;

/** How long an array is made that holds `length` rows and of which a few more are expected. */
export function withSpare(length: number): number {
  return Math.max(SMALLEST, length + Math.ceil(length * SPARE));
}

/** A column of numbers. `values` may be longer than what it holds, and is another array after it has grown. */
export class Column<A extends Numbers = Numbers> {
  values: A;
  length = 0;
  readonly sparse = false;
  readonly make: NumbersOf<A>;

  constructor(make: NumbersOf<A>, capacity = SMALLEST) {
    this.make = make;
    this.values = new make(Math.max(capacity, SMALLEST));
  }

  push(value: number): number {
    const row = this.add();
    this.values[row] = value;
    return row;
  }

  /** Adds a row of which nothing is said yet; answers its place. */
  add(): number {
    if (this.length === this.values.length) this.reserve(this.length + 1);
    this.length += 1;
    return this.length - 1;
  }

  reserve(length: number): void {
    if (length <= this.values.length) return;
    const growth = this.values.length < LONG ? GROWTH : LONG_GROWTH;
    const grown = new this.make(Math.max(length, Math.ceil(this.values.length * growth)));
    grown.set(this.values.subarray(0, this.length));
    this.values = grown;
  }

  /** The first rows, as an array that shows what changes in them until the column has grown. */
  first(length: number): A {
    return this.values.subarray(0, length) as A;
  }

  /** The largest of what it holds; -Infinity where that is nothing. */
  get most(): number {
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.length; i++) if (this.values[i]! > most) most = this.values[i]!;
    return most;
  }

  /** Takes an array over, with what it holds. */
  adopt({ values, length }: { values: A; length: number }): void {
    this.values = values;
    this.length = length;
  }

  /** Another column with the rows in another order: row i is what was at `order[i]`. */
  async inOrder(order: Int32Array, pause: Pause): Promise<Column<A>> {
    const sorted = new Column(this.make, withSpare(order.length));
    await inSlices(order.length, pause, (from, to) => {
      const [into, values] = [sorted.values, this.values];
      for (let i = from; i < to; i++) into[i] = values[order[i]!]!;
    });
    sorted.length = order.length;
    return sorted;
  }

  /** Adds the rows `from`…`to` of another column. */
  append(other: Column<A>, from: number, to: number): void {
    this.reserve(this.length + to - from);
    this.values.set(other.values.subarray(from, to), this.length);
    this.length += to - from;
  }

  get bytes(): number {
    return this.values.byteLength;
  }
}

/** A column of which most rows hold nothing: it takes no memory until one holds something. */
export class SparseColumn {
  readonly sparse = true;
  readonly make = Float64Array;
  private column: Column<Float64Array> | null = null;

  get(row: number): number | null {
    if (this.column === null || row >= this.column.length) return null;
    const value = this.column.values[row]!;
    return Number.isNaN(value) ? null : value;
  }

  set(row: number, value: number | null): void {
    if (value === null && (this.column === null || row >= this.column.length)) return;
    this.column ??= new Column(Float64Array, row + 1);
    const { column } = this;
    column.reserve(row + 1);
    if (row >= column.length) {
      column.values.fill(Number.NaN, column.length, row + 1);
      column.length = row + 1;
    }
    column.values[row] = value ?? Number.NaN;
  }

  /** See Column.first; no longer than the last row that holds something. */
  first(length: number): Float64Array {
    const { column } = this;
    return column === null ? new Float64Array(0) : column.first(Math.min(length, column.length));
  }

  /** See Column.adopt. */
  adopt(held: { values: Float64Array; length: number }): void {
    this.column = null;
    if (held.length === 0) return;
    this.column = new Column(Float64Array);
    this.column.adopt(held);
  }

  /** See Column.inOrder. */
  async inOrder(order: Int32Array, pause: Pause): Promise<SparseColumn> {
    const sorted = new SparseColumn();
    if (this.column === null) return sorted;
    await inSlices(order.length, pause, (from, to) => {
      for (let i = from; i < to; i++) sorted.set(i, this.get(order[i]!));
    });
    return sorted;
  }

  /** See Column.append; the rows keep their places. */
  append(other: SparseColumn, from: number, to: number): void {
    for (let row = from; row < to; row++) this.set(row, other.get(row));
  }

  get bytes(): number {
    return this.column?.bytes ?? 0;
  }
}

const ABSENT = 0xff_ff;

/** A few texts a row, each null or of fewer than 65,535 bytes of UTF-8. What a row held before is not given back. */
export class TextColumn {
  private bytesHeld = Buffer.alloc(SMALLEST * 16);
  private used = 0;
  private readonly starts = new Column(Float64Array);
  private readonly fields: number;

  constructor(fields: number) {
    this.fields = fields;
  }

  /** `source` holds the texts at `offsets` of these fields, with `lengths` in bytes, or -1 for null. */
  set(
    row: number,
    fields: readonly number[],
    { bytes: source, offsets, lengths }: { bytes: Uint8Array; offsets: Int32Array; lengths: Int32Array },
  ): void {
    let size = this.fields * 2;
    for (const field of fields) size += Math.max(0, lengths[field]!);
    this.makeRoom(size);
    this.starts.reserve(row + 1);
    this.starts.values[row] = this.used;
    this.starts.length = Math.max(this.starts.length, row + 1);
    for (const field of fields) {
      const length = lengths[field]!;
      if (length >= ABSENT) throw new RangeError('a text is longer than a column of texts can hold');
      const said = length < 0 ? ABSENT : length;
      this.bytesHeld[this.used] = said >> 8;
      this.bytesHeld[this.used + 1] = said & 0xff;
      this.used += 2;
      if (length <= 0) continue;
      const [into, from] = [this.bytesHeld, offsets[field]!];
      // Names are short: byte by byte is quicker than making a view of each.
      for (let i = 0; i < length; i++) into[this.used + i] = source[from + i]!;
      this.used += length;
    }
  }

  get(row: number): (string | null)[] {
    let at = this.starts.values[row]!;
    const texts: (string | null)[] = [];
    for (let f = 0; f < this.fields; f++) {
      const length = (this.bytesHeld[at]! << 8) | this.bytesHeld[at + 1]!;
      at += 2;
      if (length === ABSENT) texts.push(null);
      else {
        texts.push(length === 0 ? '' : this.bytesHeld.toString('utf8', at, at + length));
        at += length;
      }
    }
    return texts;
  }

  get bytes(): number {
    return this.bytesHeld.byteLength + this.starts.bytes;
  }

  /** See Section: where the texts of the first rows begin, and then, once those are written, all texts. */
  sections(prefix: string, length: number): Section[] {
    const starts = this.starts.first(length);
    return [
      [`${prefix}.starts`, () => starts],
      [`${prefix}.bytes`, () => this.bytesHeld.subarray(0, this.used)],
    ];
  }

  /** Takes over what `sections` told. RangeError where it is not of this length. */
  adopt(prefix: string, sections: Sections, length: number): void {
    const starts = sections.get(`${prefix}.starts`, Float64Array);
    const bytes = sections.get(`${prefix}.bytes`, Uint8Array);
    if (starts.length !== length) throw new RangeError(`${prefix} holds ${starts.length} rows of ${length}`);
    this.starts.adopt(starts);
    const { buffer, byteOffset, byteLength } = bytes.values;
    this.bytesHeld = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
    this.used = bytes.length;
  }

  private makeRoom(size: number): void {
    if (this.used + size <= this.bytesHeld.length) return;
    const grown = Buffer.alloc(Math.max(this.used + size, Math.ceil(this.bytesHeld.length * GROWTH)));
    grown.set(this.bytesHeld.subarray(0, this.used));
    this.bytesHeld = grown;
  }
}
