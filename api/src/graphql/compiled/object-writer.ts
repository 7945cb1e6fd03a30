import { ANSWER_CHARACTERS } from '../defences/limits.ts';
import { LeftToTheOrdinaryPath, type Selected } from './selected.ts';

/** Writes a value as JSON: that of the row at a place of an answer. */
export type Writer<A> = (answer: A, at: number) => string;

/** How each field of a type is written, by its name; what is not here is left to the ordinary path. */
export type Fields<A> = Readonly<Record<string, (selected: Selected) => Writer<A>>>;

/** Writes an object of the fields that are selected, in their order. */
export function objectWriter<A>(selected: readonly Selected[], fields: Fields<A>): Writer<A> {
  const parts = selected.map((one, i) => {
    if (!Object.hasOwn(fields, one.name)) throw new LeftToTheOrdinaryPath(`the field ${one.name}`);
    return { lead: `${i === 0 ? '{' : ','}${JSON.stringify(one.key)}:`, write: fields[one.name]!(one) };
  });
  return (answer, at) => {
    let text = '';
    for (const { lead, write } of parts) text += lead + write(answer, at);
    return `${text}}`;
  };
}

/** Writes the objects at these places as a list; one that is longer than an answer is left to the ordinary path. */
export function listOf<A>(write: Writer<A>, places: readonly number[], answer: A): string {
  let text = '[';
  for (let i = 0; i < places.length; i++) {
    text += (i === 0 ? '' : ',') + write(answer, places[i]!);
    if (text.length > ANSWER_CHARACTERS) throw new LeftToTheOrdinaryPath('a long answer');
  }
  return `${text}]`;
}

/** What is asked of a field's object. */
export function below(selected: Selected): readonly Selected[] {
  if (selected.below === null) throw new LeftToTheOrdinaryPath(`no selection of ${selected.name}`);
  return selected.below.fields;
}

export const string = (value: string | null): string => (value === null ? 'null' : JSON.stringify(value));

/** A Float or Int; what is none in JSON is left to the ordinary path, which refuses it. */
export function number(value: number | null): string {
  if (value === null) return 'null';
  if (!Number.isFinite(value)) throw new LeftToTheOrdinaryPath('a number that JSON has not');
  return String(Object.is(value, -0) ? 0 : value);
}

/** A moment in milliseconds since 1970. */
export const moment = (ms: number | null): string =>
  ms === null ? 'null' : `"${new Date(ms).toISOString()}"`;

/** Something that needs no escaping, such as a name of ours. */
export const plain = (word: string | null): string => (word === null ? 'null' : `"${word}"`);

const LARGEST_INT = 2_147_483_647;

/** An Int; what is none in GraphQL is left to the ordinary path, which refuses it. */
export function whole(value: number | null): string {
  if (value === null) return 'null';
  if (!Number.isInteger(value) || Math.abs(value) > LARGEST_INT)
    throw new LeftToTheOrdinaryPath('a number that is no Int');
  return number(value);
}
