// Rows of Postgres' binary COPY format, read field by field as they come, without an object for each.

const HEADER = 19;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const MOST_FIELDS = 64;
/** Microseconds of the database's clock begin in the year 2000. */
const EPOCH_2000 = 946_684_800_000;
const decoder = new TextDecoder();

/** The row at hand. What it gives is only good until the next one is read. */
export class BinaryRow {
  bytes: Uint8Array = new Uint8Array(0);
  readonly offsets = new Int32Array(MOST_FIELDS);
  /** In bytes; -1 for null. */
  readonly lengths = new Int32Array(MOST_FIELDS);
  private view: DataView = new DataView(new ArrayBuffer(0));

  isNull(field: number): boolean {
    return this.lengths[field] === -1;
  }

  /** An integer of two, four or eight bytes; exact below 2^53. */
  int(field: number): number {
    const at = this.offsets[field]!;
    switch (this.lengths[field]) {
      case 8:
        return this.view.getInt32(at) * 4_294_967_296 + this.view.getUint32(at + 4);
      case 4:
        return this.view.getInt32(at);
      default:
        return this.view.getInt16(at);
    }
  }

  float(field: number): number {
    return this.view.getFloat64(this.offsets[field]!);
  }

  bool(field: number): boolean {
    return this.bytes[this.offsets[field]!] === 1;
  }

  /** A timestamp with time zone, in milliseconds since 1970. */
  moment(field: number): number {
    return this.int(field) / 1_000 + EPOCH_2000;
  }

  text(field: number): string {
    const at = this.offsets[field]!;
    return decoder.decode(this.bytes.subarray(at, at + this.lengths[field]!));
  }

  /** Of a text: its length and its first and last byte, by which the labels of an enum are told apart. */
  shape(field: number): number {
    const at = this.offsets[field]!;
    const length = this.lengths[field]!;
    return (length << 16) | (this.bytes[at]! << 8) | this.bytes[at + length - 1]!;
  }

  over(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Finds the fields of the row that begins at `at`; answers where it ends, or -1 where it is not all there. */
  find(at: number, fields: number): number {
    const { bytes, view } = this;
    let next = at;
    for (let field = 0; field < fields; field++) {
      if (next + 4 > bytes.length) return -1;
      const length = view.getInt32(next);
      next += 4;
      this.offsets[field] = next;
      this.lengths[field] = length;
      if (length > 0) next += length;
    }
    return next > bytes.length ? -1 : next;
  }

  countAt(at: number): number {
    return this.view.getInt16(at);
  }
}

/** Reads the rows of a binary COPY as the messages of the protocol bring them: each holds whole rows, the first a header. */
export class BinaryCopyReader {
  private readonly each: (row: BinaryRow) => void;
  private readonly row = new BinaryRow();
  private begun = false;
  private ended = false;
  private count = 0;

  constructor(each: (row: BinaryRow) => void) {
    this.each = each;
  }

  /** Says that `bytes` holds what is to be taken in next. */
  over(bytes: Uint8Array): void {
    this.row.over(bytes);
  }

  /** Takes in the content of one message, which lies from `at` to `end`. Error where it is no binary COPY. */
  take(at: number, end: number): void {
    let next = this.begun ? at : this.begin(at, end);
    while (next < end && !this.ended) {
      const fields = this.row.countAt(next);
      if (fields > MOST_FIELDS) throw new Error(`A row of ${fields} fields is more than is read here.`);
      this.ended = fields === -1;
      if (this.ended) return;
      next = this.row.find(next + 2, fields);
      if (next === -1 || next > end) throw new Error('A row goes on past its message.');
      this.each(this.row);
      this.count += 1;
    }
  }

  /** How many rows there were. Error where there ought to be more. */
  end(): number {
    if (!this.ended) throw new Error('The COPY ended in the middle.');
    return this.count;
  }

  private begin(at: number, end: number): number {
    const signature = this.row.bytes.subarray(at, at + SIGNATURE.length);
    if (end - at < HEADER || !SIGNATURE.equals(signature)) throw new Error('This is no binary COPY.');
    this.begun = true;
    return at + HEADER;
  }
}
