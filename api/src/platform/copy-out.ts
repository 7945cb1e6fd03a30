// A COPY … TO STDOUT (FORMAT BINARY) of a pg client, whose rows are read where they lie in what the socket brought.
import type pg from 'pg';
import { BinaryCopyReader, type BinaryRow } from './binary-copy.ts';

const COPY_DATA = 0x64;
const COPY_DONE = 0x63;
const COPY_OUT = 0x48;
const ERROR = 0x45;
/** Of a message: its code, and its length, which counts itself. */
const HEAD = 5;
const NOTHING = Buffer.alloc(0);

type Take = (bytes: Buffer) => void;

/**
 * Calls `each` for every row that the statement copies, and answers how many there were. Error where the server refuses
 * it, where the connection is lost, or where it is no binary COPY, and whatever `each` throws: after the COPY has ended,
 * since a connection whose COPY is left in the middle answers nothing more.
 */
export function copyOut(client: pg.Client, text: string, each: (row: BinaryRow) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyOut(text, each, resolve, reject));
  });
}

/** What pg asks of a query of one's own. */
class CopyOut implements pg.Submittable {
  private readonly text: string;
  private readonly reader: BinaryCopyReader;
  private readonly resolve: (rows: number) => void;
  private readonly reject: (error: unknown) => void;
  private failure: unknown = null;
  private stream: NodeJS.ReadableStream | null = null;
  /** What pg itself does with what comes. */
  private others: Take = () => undefined;
  private readonly own: Take = (chunk) => this.take(chunk);
  /** The beginning of a message that goes on in the next chunk. */
  private rest: Buffer = NOTHING;

  constructor(
    text: string,
    each: (row: BinaryRow) => void,
    resolve: (rows: number) => void,
    reject: (error: unknown) => void,
  ) {
    [this.text, this.resolve, this.reject] = [text, resolve, reject];
    this.reader = new BinaryCopyReader(each);
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    const [others] = stream.listeners('data') as Take[];
    // Until the COPY has ended, what comes is read here: pg makes an object of every row.
    stream.on('data', this.own);
    stream.removeListener('data', others!);
    [this.stream, this.others] = [stream, others!];
    connection.query(this.text);
  }

  handleError(error: Error): void {
    this.detach();
    this.reject(error);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    try {
      if (this.failure !== null) throw this.failure;
      this.resolve(this.reader.end());
    } catch (error) {
      this.reject(error);
    }
  }

  private take(chunk: Buffer): void {
    const from = this.rest.length === 0 ? 0 : this.complete(chunk);
    if (this.rest.length > 0) return;
    if (this.stream === null) this.leave(chunk, from);
    else this.messages(chunk, from);
  }

  /** Takes in the message that began in an earlier chunk; answers where the next one begins. */
  private complete(chunk: Buffer): number {
    let from = 0;
    const more = (length: number) => {
      const taken = Math.max(0, Math.min(length - this.rest.length, chunk.length - from));
      this.rest = Buffer.concat([this.rest, chunk.subarray(from, from + taken)]);
      from += taken;
      return this.rest.length >= length;
    };
    if (!more(HEAD) || !more(1 + this.rest.readUInt32BE(1))) return from;
    const whole = this.rest;
    this.rest = NOTHING;
    this.messages(whole, 0);
    return from;
  }

  private messages(bytes: Buffer, from: number): void {
    this.reader.over(bytes);
    let at = from;
    while (at + HEAD <= bytes.length) {
      const code = bytes[at]!;
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      if (code === ERROR || (code === COPY_DONE && end <= bytes.length)) {
        this.leave(bytes, code === ERROR ? at : end);
        return;
      }
      if (end > bytes.length) break;
      if (code === COPY_DATA) this.row(at + HEAD, end);
      else if (code !== COPY_OUT) this.others(bytes.subarray(at, end));
      at = end;
    }
    this.rest = bytes.subarray(at);
  }

  private row(at: number, end: number): void {
    if (this.failure !== null) return;
    try {
      this.reader.take(at, end);
    } catch (error) {
      this.failure = error ?? new Error('A row could not be read.');
    }
  }

  /** Leaves what comes from here on to pg. */
  private leave(bytes: Buffer, at: number): void {
    this.detach();
    if (at < bytes.length) this.others(bytes.subarray(at));
  }

  private detach(): void {
    if (this.stream === null) return;
    this.stream.on('data', this.others);
    this.stream.removeListener('data', this.own);
    this.stream = null;
  }
}
