import { type GraphQLScalarType, parseValue as literal } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from './schema.ts';

const schema = buildSchema();
const scalar = (name: string) => schema.getType(name) as GraphQLScalarType;
const moment = (text: string) => (scalar('DateTime').parseValue(text) as Date).toISOString();

describe('a DateTime', () => {
  it.each([
    ['2025-05-22T00:00:00Z', '2025-05-22T00:00:00.000Z'],
    ['2024-02-29T23:59:59.999+14:00', '2024-02-29T09:59:59.999Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('is the moment that its text says: %s', (text, expected) => {
    expect(moment(text)).toBe(expected);
  });

  it.each([
    ['a day that its month has not', '2025-02-30T00:00:00Z'],
    ['a leap day of another year', '2025-02-29T12:00:00Z'],
    ['the 31st of a month of 30', '2025-04-31T00:00:00+05:00'],
    ['an hour after the last', '2025-05-22T24:00:00Z'],
    ['a month after the last', '2025-13-01T00:00:00Z'],
    ['the year 0', '0000-06-01T00:00:00Z'],
    ['a year before the first, in UTC', '0001-01-01T00:00:00+01:00'],
    ['a year after the last, in UTC', '9999-12-31T23:59:59-01:00'],
  ])('is refused for %s', (_what, text) => {
    expect(() => moment(text)).toThrow(/There is no such moment/);
  });
});

describe('a JSON value', () => {
  const json = scalar('JSON');

  it('is taken as it was sent', () => {
    const value = { a: [1, -2.5e300, 'x', null, true] };
    expect(json.parseValue(value)).toEqual(value);
    expect(json.parseLiteral(literal('{ a: [1, -2.5e300, "x", null, true] }'), {})).toEqual(value);
  });

  it('is refused where a number in it is none that JSON can write', () => {
    expect(() => json.parseLiteral(literal('{ a: [1e999] }'), {})).toThrow(/finite/);
    expect(() => json.parseValue(JSON.parse('{"a":[-1e999]}'))).toThrow(/finite/);
    expect(() => json.parseLiteral(literal('{ a: $n }', { noLocation: true }), { n: 5n })).toThrow(/finite/);
  });
});
