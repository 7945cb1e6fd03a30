import { GraphQLError, Kind, type ValueNode } from 'graphql';
import { builder, type Json } from './builder.ts';

const LARGEST = 9_223_372_036_854_775_807n;

function bigint(value: unknown): bigint {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,19}$/.test(text)) {
    throw new GraphQLError('A BigInt is a whole number, written as a string of decimal digits.');
  }
  const number = BigInt(text);
  if (number > LARGEST || number < -LARGEST) throw new GraphQLError('The BigInt is out of range (64 bits).');
  return number;
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

function dateTime(value: unknown): Date {
  if (typeof value !== 'string' || !RFC3339.test(value)) {
    throw new GraphQLError('A DateTime is RFC 3339 with a time and a zone, such as 2025-05-22T00:00:00Z.');
  }
  const date = new Date(value);
  const year = date.getUTCFullYear();
  // NaN, where there is no date at all, is between no two numbers.
  if (!(year >= 1 && year <= 9999) || !isDay(value.slice(0, 10)) || value.slice(11, 13) === '24')
    throw new GraphQLError(`There is no such moment as ${value}.`);
  return date;
}

/** Whether a month has such a day: Date would take 30 February for a day of March. */
function isDay(day: string): boolean {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const found = new Date(0);
  found.setUTCFullYear(year, month - 1, date);
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date;
}

const LARGEST_JSON = 65_536;

function json(value: unknown): Json {
  const text = JSON.stringify(value, finite);
  if (text === undefined) throw new GraphQLError('The value is not JSON.');
  if (text.length > LARGEST_JSON)
    throw new GraphQLError(`A JSON value may have ${LARGEST_JSON} characters at most.`);
  return value as Json;
}

/** JSON has no infinity: `1e999` is read as one, and would be written as null. Nor has it whole numbers beyond a double's. */
function finite(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)))
    throw new GraphQLError('A number in JSON is finite, and no BigInt.');
  return value;
}

function jsonLiteral(node: ValueNode, variables: Record<string, unknown> | null | undefined): Json {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.BOOLEAN:
    case Kind.STRING:
    case Kind.ENUM:
      return node.value;
    case Kind.LIST:
      return node.values.map((v) => jsonLiteral(v, variables));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((f) => [f.name.value, jsonLiteral(f.value, variables)]));
    case Kind.VARIABLE:
      return (variables?.[node.name.value] ?? null) as Json;
  }
}

function stringLiteral(node: ValueNode): string | null {
  return node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : null;
}

builder.scalarType('BigInt', {
  description: 'A whole number of up to 64 bits, as a decimal string.',
  serialize: (value) => String(value) as unknown as bigint,
  parseValue: bigint,
  parseLiteral: (node) => bigint(stringLiteral(node)),
});
builder.scalarType('DateTime', {
  description: 'A moment: RFC 3339 with milliseconds, in UTC.',
  serialize: (value) => value.toISOString() as unknown as Date,
  parseValue: dateTime,
  parseLiteral: (node) => dateTime(node.kind === Kind.STRING ? node.value : null),
});
builder.scalarType('JSON', {
  description: 'Any JSON value, of at most 65,536 characters as input.',
  serialize: (value) => value,
  parseValue: json,
  parseLiteral: (node, variables) => json(jsonLiteral(node, variables)),
});
builder.scalarType('NodeRef', {
  description:
    'Names a lineage node: a global id, or kind:name[@version] as people type it, such as dataset:the-pile@1.0.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string' || value === '' || value.length > 800) {
      throw new GraphQLError('A NodeRef is a global id, or kind:name[@version].');
    }
    return value;
  },
  parseLiteral: (node) => {
    if (node.kind !== Kind.STRING) throw new GraphQLError('A NodeRef is a string.');
    return node.value;
  },
});
