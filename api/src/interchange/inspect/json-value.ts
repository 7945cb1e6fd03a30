// Values of JSON as Python writes it, from the text that stands for each.
import { Refusal } from './refusal.ts';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
// Neither can be stored as text in Postgres, and a log may carry both.
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** The text within quotes, its escapes resolved, and how many characters of it were replaced. */
export function unescaped(text: string): { value: string; replaced: number } {
  let value: string;
  try {
    value = JSON.parse(`"${text}"`) as string;
  } catch {
    throw new Refusal('A string in the JSON has an escape that JSON does not know.');
  }
  let replaced = 0;
  const storable = value.replace(UNSTORABLE, () => {
    replaced += 1;
    return '\ufffd';
  });
  return { value: storable, replaced };
}

export function isLiteralByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x2e
  );
}

export function literalValue(text: string): JsonValue {
  switch (text) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    case 'NaN':
      return Number.NaN;
    case 'Infinity':
      return Number.POSITIVE_INFINITY;
    case '-Infinity':
      return Number.NEGATIVE_INFINITY;
  }
  if (!NUMBER.test(text))
    throw new Refusal(`Not valid JSON: ${JSON.stringify(text.slice(0, 40))} is no value.`);
  const number = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? text : number;
}
