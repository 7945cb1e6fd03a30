import SchemaBuilder from '@pothos/core';
import type { Context } from '../context.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The types that Pothos checks every field of the schema against. */
export interface SchemaTypes {
  Context: Context;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
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

export const builder = new SchemaBuilder<SchemaTypes>({
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: false,
});

builder.queryType({
  description: 'Everything that can be read. Each answer holds what the viewer may see, and nothing else.',
});
builder.mutationType({
  description:
    'Everything that can be changed. Each mutation is one transaction with its events; expected failures are members of its result union.',
});
