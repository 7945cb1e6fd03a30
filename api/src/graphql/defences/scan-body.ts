import { isUtf8 } from 'node:buffer';
import { BODY } from './limits.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Why a body's bytes are refused before they are parsed as JSON; null where they are not. One pass without
 * recursion that ends at the first limit, since parsing a long or deep value is dearer than refusing it.
 */
export function scanBody(body: Buffer): string | null {
  if (!isUtf8(body)) return 'The body is not encoded in UTF-8.';
  let depth = 0;
  let values = 0;
  let strings = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at]!;
    if (byte === QUOTE) {
      strings += 1;
      at = endOfString(body, at);
      if (at < 0) return 'The body is no JSON: a string in it does not end.';
    } else if (byte === COMMA) values += 1;
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    else continue;
    if (depth > BODY.depth) return `JSON may be nested ${BODY.depth} deep at most.`;
    if (values > BODY.values || strings > 2 * BODY.values)
      return `JSON may hold ${BODY.values.toLocaleString('en')} values at most.`;
  }
  return null;
}

/** Where the string that begins at `start` ends; -1 where it does not. */
function endOfString(body: Buffer, start: number): number {
  let end = body.indexOf(QUOTE, start + 1);
  while (end > 0 && isEscaped(body, end)) end = body.indexOf(QUOTE, end + 1);
  return end;
}

function isEscaped(body: Buffer, at: number): boolean {
  let backslashes = 0;
  while (body[at - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
