import { readFileSync } from 'node:fs';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { BOUNDED_OTHERWISE, plainLists } from '../../api/src/graphql/list-truncation.ts';
import { buildSchema } from '../../api/src/graphql/schema.ts';

const schema = buildSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description ? [] : [type.name];
  if (isEnumType(type)) {
    for (const value of type.getValues()) if (!value.description) missing.push(`${type.name}.${value.name}`);
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      if (!field.description) missing.push(`${type.name}.${field.name}`);
    }
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      if (!field.description) missing.push(`${type.name}.${field.name}`);
      for (const argument of field.args) {
        if (!argument.description) missing.push(`${type.name}.${field.name}(${argument.name})`);
      }
    }
  }
  return missing;
}

describe('the GraphQL schema', () => {
  it('is committed as it is printed: run `npm run schema` after a change', () => {
    const committed = readFileSync(new URL('../../api/schema.graphql', import.meta.url), 'utf8');
    expect(committed.trim()).toBe(printSchema(lexicographicSortSchema(schema)).trim());
  });

  it('describes every type, field, argument and enum value', () => {
    expect(types.flatMap(undescribed)).toEqual([]);
  });

  it('lets every type with plain lists say which of them are cut', () => {
    const silent = types.filter(
      (type) => isObjectType(type) && plainLists(type).length > 0 && !('truncations' in type.getFields()),
    );
    expect(silent.map((type) => type.name)).toEqual([]);
    const named = types.map((type) => type.name);
    expect([...BOUNDED_OTHERWISE.keys()].filter((name) => !named.includes(name))).toEqual([]);
  });

  it('gives every mutation one input, and a result union with the four errors', () => {
    const wrong = Object.values(schema.getMutationType()?.getFields() ?? {}).filter((field) => {
      const union = String(field.type);
      const members = schema.getTypeMap()[union.replace('!', '')];
      const names = members && 'getTypes' in members ? members.getTypes().map((type) => type.name) : [];
      const errors = ['InputError', 'NotFoundError', 'ConflictError', 'TransitionError'];
      return (
        field.args.length !== 1 ||
        field.args[0]?.name !== 'input' ||
        !errors.every((name) => names.includes(name))
      );
    });
    expect(wrong.map((field) => field.name)).toEqual([]);
  });
});
