// How the tables of a resident graph are told to a snapshot file and had back from it: as named arrays of numbers.
import type { Column, Numbers, NumbersOf, SparseColumn } from './columns.ts';

/**
 * A named array and how to have it when its turn to be written has come. What only grows may be asked for late, so that
 * whatever was written before refers to nothing that is missing.
 */
export type Section = readonly [name: string, values: () => Numbers];

/** An array that was read: `values` may be longer than what it holds, so that more can be added. */
export interface Held<A extends Numbers = Numbers> {
  readonly values: A;
  readonly length: number;
}

/** What was read of a file, by name. */
export class Sections {
  private readonly held = new Map<string, Held>();

  add(name: string, held: Held): void {
    this.held.set(name, held);
  }

  /** RangeError where there is none of this name and type. */
  get<A extends Numbers>(name: string, make: NumbersOf<A>): Held<A> {
    const held = this.held.get(name);
    if (held === undefined || !(held.values instanceof make))
      throw new RangeError(`the snapshot has no ${name} as it should be`);
    return held as Held<A>;
  }
}

type Columns = Readonly<Record<string, Column | SparseColumn>>;

/** The first `length` rows of columns, as they stand now; what changes in these rows meanwhile may show. */
export function sectionsOf(prefix: string, columns: Columns, length: number): Section[] {
  return Object.entries(columns).map(([name, column]) => {
    const first = column.first(length);
    return [`${prefix}.${name}`, () => first];
  });
}

/** Fills columns with what `sectionsOf` told. RangeError where it is missing, or is not of the table's length. */
export function adopt(prefix: string, columns: Columns, sections: Sections, length: number): void {
  for (const [name, column] of Object.entries(columns)) {
    const held = sections.get(`${prefix}.${name}`, column.make);
    const whole = column.sparse ? held.length <= length : held.length === length;
    if (!whole) throw new RangeError(`${prefix}.${name} holds ${held.length} rows of ${length}`);
    column.adopt(held as never);
  }
}
