// The schema under test, which notes each of its fields as it resolves.
import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { buildSchema } from '../../../api/src/graphql/schema.ts';

export interface Watched {
  schema: GraphQLSchema;
  /** Coordinates that have resolved: `Type.field`. */
  hit: Set<string>;
  /** Every coordinate there is. */
  all: readonly string[];
}

export function watchedSchema(): Watched {
  const schema = buildSchema();
  const hit = new Set<string>();
  const all: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const resolve = field.resolve ?? defaultFieldResolver;
      all.push(coordinate);
      field.resolve = (...asked) => {
        hit.add(coordinate);
        return resolve(...asked);
      };
    }
  }
  return { schema, hit, all: all.sort() };
}
