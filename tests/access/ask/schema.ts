// The schema under test, which notes each of its fields as it resolves.
import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { buildSchema } from '../../../api/src/graphql/schema.ts';

export interface Watched {
  schema: GraphQLSchema;
  /** Coordinates that have resolved: `Type.field`. */
  hit: Set<string>;
  /** How many times any has. */
  resolved: number;
  /** Every coordinate there is. */
  all: readonly string[];
}

export function watchedSchema(): Watched {
  const schema = buildSchema();
  const watched = { schema, hit: new Set<string>(), resolved: 0 };
  const all: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const resolve = field.resolve ?? defaultFieldResolver;
      all.push(coordinate);
      field.resolve = (...asked) => {
        watched.hit.add(coordinate);
        watched.resolved += 1;
        return resolve(...asked);
      };
    }
  }
  return Object.assign(watched, { all: all.sort() });
}
