// The fields of one record of a file: JSON's values, or CSV's texts, read as what they are to be.

export type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with a record, in a sentence for whoever wrote it. */
export class FieldProblem extends Error {}

const LONGEST_TEXT = 2_000;
/** What UTF-8 in the database cannot hold: two such texts would become one. */
const UNWRITABLE = /[\0\p{Surrogate}]/u;

export function textField(fields: Fields, name: string, longest = LONGEST_TEXT): string | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new FieldProblem(`${name} is a text.`);
  if (value.length > longest) throw new FieldProblem(`${name} has more than ${longest} characters.`);
  if (UNWRITABLE.test(value))
    throw new FieldProblem(`${name} holds what no text may: U+0000, or half a character.`);
  return value;
}

export function neededText(fields: Fields, name: string, longest?: number): string {
  const value = textField(fields, name, longest);
  if (value === null) throw new FieldProblem(`${name} is missing.`);
  return value;
}

export function numberField(fields: Fields, name: string): number | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) throw new FieldProblem(`${name} is a number.`);
  return number;
}

const MOST = 2n ** 63n - 1n;

/** A whole number from 0 to 2⁶³ − 1; as a text where JSON's numbers would lose digits. */
export function countField(fields: Fields, name: string): bigint | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  const exact = typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string';
  if (!exact || !/^\d{1,19}$/.test(String(value)) || BigInt(String(value)) > MOST)
    throw new FieldProblem(`${name} is a whole number, zero or more.`);
  return BigInt(String(value));
}

export function wordField<W extends string>(fields: Fields, name: string, words: readonly W[]): W | null {
  const value = textField(fields, name);
  if (value === null) return null;
  const word = words.find((w) => w === value);
  if (word === undefined) throw new FieldProblem(`${name} is one of ${words.join(', ')}.`);
  return word;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

/** RFC 3339, as everywhere else. */
export function momentField(fields: Fields, name: string): Date | null {
  const value = textField(fields, name);
  if (value === null) return null;
  const date = new Date(value);
  if (!MOMENT.test(value) || Number.isNaN(date.getTime()))
    throw new FieldProblem(`${name} is a moment with its zone, such as 2025-05-22T00:00:00Z.`);
  return date;
}

/** What is not known would be passed over in silence: a name written wrong is said. */
export function refuseUnknown(fields: Fields, known: ReadonlySet<string>): void {
  for (const name in fields)
    if (!known.has(name) && fields[name] !== '' && fields[name] !== null)
      throw new FieldProblem(`${name.slice(0, 60)} is no field of such a line.`);
}
