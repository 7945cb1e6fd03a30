import SchemaBuilder from '@pothos/core';
import type { Context } from '../context.ts';

import type { Json } from '../platform/json.ts';

export type { Json };

/** The types that Pothos checks every field of the schema against. */
interface Shapes {
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    String: { Input: string; Output: string };
    Int: { Input: number; Output: number };
    Float: { Input: number; Output: number };
    Boolean: { Input: boolean; Output: boolean };
    BigInt: { Input: bigint; Output: bigint };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: Json; Output: Json };
    NodeRef: { Input: string; Output: string };
  };
}

/** The same, as Pothos completes it: what refs are typed by. */
export type SchemaTypes = PothosSchemaTypes.ExtendDefaultTypes<Shapes>;

/** The same with Pothos's defaults filled in: what its refs are made of. */
export type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

export const builder = new SchemaBuilder<Shapes>({
  defaultFieldNullability: false,
});

builder.queryType({
  description: 'Everything that can be read. Each answer holds what the viewer may see, and nothing else.',
});
builder.mutationType({
  description:
    'Everything that can be changed. Each mutation is one transaction with its events; expected failures are members of its result union.',
});
