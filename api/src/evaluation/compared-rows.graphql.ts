import type { ObjectRef } from '@pothos/core';
import type { SchemaTypes } from '../graphql/builder.ts';
import { PValueCorrectionEnum } from '../graphql/enums.ts';
import type { FieldBuilder } from '../graphql/mutation.ts';
import type { ComparedRows } from './compared-rows.ts';

type RefOf<T> = ObjectRef<SchemaTypes, T>;

/** The fields of whatever is compared row by row; `says` describes those that depend on what that is. */
export function comparedRowsFields<Row, Thing, Of extends ComparedRows<Row, Thing>>(
  t: FieldBuilder<Of>,
  { row, thing }: { row: RefOf<Row>; thing: RefOf<Thing> },
  says: { rows: string; onlyInOne: string; onlyInTwo: string; tested: string },
) {
  return {
    rows: t.field({ type: [row], description: says.rows, resolve: (found) => found.rows as never }),
    onlyInOne: t.field({
      type: [thing],
      description: says.onlyInOne,
      resolve: (found) => found.onlyInOne as never,
    }),
    onlyInTwo: t.field({
      type: [thing],
      description: says.onlyInTwo,
      resolve: (found) => found.onlyInTwo as never,
    }),
    tested: t.int({ description: says.tested, resolve: (found) => found.tested }),
    correction: t.field({
      type: PValueCorrectionEnum,
      description: 'By which correction.',
      resolve: (found) => found.correction,
    }),
  };
}
