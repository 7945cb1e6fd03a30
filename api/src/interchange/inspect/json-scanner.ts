// JSON in pieces: the caller decides, value by value, what is built, what is entered and what is passed over.
import { isLiteralByte, type JsonValue, literalValue, unescaped } from './json-value.ts';
import { Refusal } from './refusal.ts';

export type JsonPath = readonly (string | number)[];

/** `build` holds the value, `descend` asks again for each child, `skip` holds nothing. */
export type Decision = 'build' | 'descend' | 'skip';

export interface JsonHandlers {
  /** Called as each value begins. The path is reused between calls: copy what you keep. */
  decide(path: JsonPath): Decision;
  value(path: JsonPath, value: JsonValue): void;
  /** A value passed over; `count` is its number of members, 1 for a scalar, 0 for null. */
  skipped(path: JsonPath, count: number): void;
  /** A value that was to be built but passed the bound. */
  tooLarge(path: JsonPath): void;
  /** A container that was descended into has ended. */
  closed(path: JsonPath): void;
  /** A number or word as it is written, told just before its value: 1.0 and 1 are the same value, and other versions. */
  literal?(text: string): void;
}

export interface ScannerBounds {
  nesting: number;
  valueBytes: number;
}

interface Frame {
  array: boolean;
  mode: Decision;
  target: JsonValue[] | { [key: string]: JsonValue } | null;
  key: string;
  count: number;
}

type Expect = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LONGEST_LITERAL = 1024;

/** Bytes of text that end nothing, escape nothing, and may stand there. */
const PLAIN = new Uint8Array(256).fill(1, 0x20);
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;

/**
 * A push parser for one JSON document in UTF-8. Takes what Python writes: bare NaN, Infinity and -Infinity.
 * Integers that a double cannot hold come as strings of their digits. Throws `Refusal` for anything else
 * that is not JSON, and when nesting passes its bound. Memory is bounded by `valueBytes` and the nesting.
 */
export class JsonScanner {
  /** How many characters were replaced because text in Postgres cannot hold them. */
  replaced = 0;
  /** In `decide`, where the value begins; in `closed`, where it has ended: bytes from the start of the document. */
  position = 0;

  readonly #on: JsonHandlers;
  readonly #bounds: ScannerBounds;
  readonly #frames: Frame[] = [];
  readonly #path: (string | number)[] = [];
  #depth = 0;
  #expect: Expect = 'value';
  #offset = 0;
  #text: Uint8Array[] | null = null;
  #textBytes = 0;
  #textEscaped = false;
  #afterBackslash = false;
  #textIsKey = false;
  #literal: string | null = null;
  #mode: Decision = 'descend';
  #rootDepth = 0;
  #built = 0;
  #overflowed = false;

  constructor(handlers: JsonHandlers, bounds: ScannerBounds) {
    this.#on = handlers;
    this.#bounds = bounds;
  }

  write(chunk: Uint8Array): void {
    let at = 0;
    if (this.#offset === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) at = 3;
    while (at < chunk.length) {
      if (this.#text !== null) at = this.#readText(chunk, at);
      else if (this.#literal !== null) at = this.#readLiteral(chunk, at);
      else {
        this.#structure(chunk[at]!, at);
        at += 1;
      }
    }
    this.#offset += chunk.length;
  }

  end(): void {
    if (this.#literal !== null) this.#endLiteral();
    if (this.#expect !== 'nothing' || this.#text !== null) {
      throw new Refusal('The JSON ends in the middle: the file is cut short.');
    }
  }

  #structure(byte: number, at: number): void {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return;
    const closing = byte === 0x5d || byte === 0x7d;
    switch (this.#expect) {
      case 'value-or-end':
        if (byte === 0x5d) this.#close(true, at);
        else this.#beginValue(byte, at);
        break;
      case 'value':
        this.#beginValue(byte, at);
        break;
      case 'key-or-end':
        if (byte === 0x7d) this.#close(false, at);
        else this.#beginKey(byte, at);
        break;
      case 'key':
        this.#beginKey(byte, at);
        break;
      case 'colon':
        if (byte !== 0x3a) this.#fail(at);
        this.#expect = 'value';
        break;
      case 'comma-or-end':
        if (closing) this.#close(byte === 0x5d, at);
        else if (byte !== 0x2c) this.#fail(at);
        else this.#expect = this.#frames[this.#depth - 1]!.array ? 'value' : 'key';
        break;
      case 'nothing':
        throw new Refusal('Something follows the end of the JSON document.');
    }
  }

  #beginKey(byte: number, at: number): void {
    if (byte !== QUOTE) this.#fail(at);
    this.#startText(true);
  }

  #startText(isKey: boolean): void {
    this.#text = [];
    this.#textBytes = 0;
    this.#textEscaped = false;
    this.#afterBackslash = false;
    this.#textIsKey = isKey;
  }

  #beginValue(byte: number, at: number): void {
    const parent = this.#depth > 0 ? this.#frames[this.#depth - 1]! : null;
    if (parent) parent.count += 1;
    if (parent && parent.mode !== 'descend') this.#mode = parent.mode;
    else {
      this.position = this.#offset + at;
      if (parent) {
        this.#path.length = this.#depth;
        this.#path[this.#depth - 1] = parent.array ? parent.count - 1 : parent.key;
      } else this.#path.length = 0;
      this.#mode = this.#on.decide(this.#path);
      this.#rootDepth = this.#depth;
      this.#built = 0;
      this.#overflowed = false;
    }
    if (byte === 0x7b || byte === 0x5b) {
      this.#open(byte === 0x5b);
      return;
    }
    if (this.#mode === 'descend') this.#mode = 'build';
    if (byte === QUOTE) this.#startText(false);
    else if (isLiteralByte(byte)) this.#literal = String.fromCharCode(byte);
    else this.#fail(at);
  }

  #open(array: boolean): void {
    if (this.#depth >= this.#bounds.nesting) {
      throw new Refusal(`The JSON nests deeper than ${this.#bounds.nesting} levels.`);
    }
    const target = this.#mode === 'build' && !this.#overflowed ? (array ? [] : {}) : null;
    const frame = this.#frames[this.#depth];
    if (frame) Object.assign(frame, { array, mode: this.#mode, target, key: '', count: 0 });
    else this.#frames.push({ array, mode: this.#mode, target, key: '', count: 0 });
    this.#depth += 1;
    if (this.#mode === 'build') this.#spend(32);
    this.#expect = array ? 'value-or-end' : 'key-or-end';
  }

  #close(array: boolean, at: number): void {
    const frame = this.#frames[this.#depth - 1];
    if (!frame || frame.array !== array) throw this.#invalid(at);
    this.#depth -= 1;
    const target = frame.target;
    frame.target = null;
    if (frame.mode === 'descend') {
      this.position = this.#offset + at + 1;
      this.#path.length = this.#depth;
      this.#on.closed(this.#path);
    } else if (frame.mode === 'skip') {
      if (this.#depth === this.#rootDepth) this.#on.skipped(this.#path, frame.count);
    } else this.#attach(target);
    this.#expect = this.#depth === 0 ? 'nothing' : 'comma-or-end';
  }

  #attach(value: JsonValue): void {
    if (this.#depth === this.#rootDepth) {
      if (this.#overflowed) this.#on.tooLarge(this.#path);
      else this.#on.value(this.#path, value);
      return;
    }
    const parent = this.#frames[this.#depth - 1]!;
    if (this.#overflowed || parent.target === null) return;
    if (Array.isArray(parent.target)) parent.target.push(value);
    else if (parent.key === '__proto__') {
      Object.defineProperty(parent.target, parent.key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else parent.target[parent.key] = value;
  }

  #scalar(value: JsonValue): void {
    this.#expect = this.#depth === 0 ? 'nothing' : 'comma-or-end';
    if (this.#mode === 'build') {
      this.#spend(16);
      this.#attach(value);
    } else if (this.#depth === this.#rootDepth) this.#on.skipped(this.#path, value === null ? 0 : 1);
  }

  #spend(bytes: number): void {
    this.#built += bytes;
    if (this.#built > this.#bounds.valueBytes) this.#overflowed = true;
  }

  /** Whether the text under the cursor will be wanted as a string. */
  #textWanted(): boolean {
    if (this.#textIsKey) {
      const mode = this.#frames[this.#depth - 1]!.mode;
      return mode === 'descend' || (mode === 'build' && !this.#overflowed);
    }
    return this.#mode === 'build' && !this.#overflowed;
  }

  #readText(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let at = from;
    if (this.#afterBackslash && at < length) {
      this.#afterBackslash = false;
      at += 1;
    }
    for (;;) {
      // Nearly all of a log is text, and nearly all text is plain: this loop does nothing else.
      while (at < length && PLAIN[chunk[at]!] === 1) at += 1;
      if (at >= length || chunk[at] === QUOTE) break;
      if (chunk[at] !== BACKSLASH) this.#fail(at);
      this.#textEscaped = true;
      this.#afterBackslash = at + 1 >= length;
      at += 2;
    }
    at = Math.min(at, length);
    const ended = at < length;
    if (this.#textWanted()) {
      this.#textBytes += at - from;
      if (this.#textBytes > this.#bounds.valueBytes) {
        if (this.#textIsKey) throw new Refusal('A name in the JSON is longer than any log has.');
        this.#overflowed = true;
        this.#text = [];
      } else if (at > from) this.#text!.push(ended ? chunk.subarray(from, at) : chunk.slice(from, at));
    }
    if (!ended) return at;
    this.#endText();
    return at + 1;
  }

  #endText(): void {
    const wanted = this.#textWanted();
    const text = wanted ? this.#decode(this.#text!) : '';
    this.#text = null;
    if (this.#textIsKey) {
      if (this.#mode === 'build' && this.#depth > this.#rootDepth) this.#spend(this.#textBytes);
      this.#frames[this.#depth - 1]!.key = text;
      this.#expect = 'colon';
      return;
    }
    if (wanted) this.#spend(this.#textBytes);
    this.#scalar(text);
  }

  #decode(parts: Uint8Array[]): string {
    const text = Buffer.concat(parts).toString('utf8');
    if (!this.#textEscaped) return text;
    const { value, replaced } = unescaped(text);
    this.replaced += replaced;
    return value;
  }

  #readLiteral(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && isLiteralByte(chunk[at]!)) at += 1;
    this.#literal += Buffer.from(chunk.buffer, chunk.byteOffset + from, at - from).toString('latin1');
    if (this.#literal!.length > LONGEST_LITERAL) this.#fail(at);
    if (at < chunk.length) this.#endLiteral();
    return at;
  }

  #endLiteral(): void {
    const text = this.#literal!;
    this.#literal = null;
    this.#on.literal?.(text);
    this.#scalar(literalValue(text));
  }

  #fail(at: number): never {
    throw this.#invalid(at);
  }

  #invalid(at: number): Refusal {
    return new Refusal(`Not valid JSON at byte ${this.#offset + at}.`);
  }
}
