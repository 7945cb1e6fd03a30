import { defaultFieldResolver, GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';
import { Refusal } from '../platform/refusal.ts';

/**
 * Lets a field that refuses its arguments answer with an ordinary GraphQL error. A Refusal has a `path` of its own,
 * which graphql-js would take for the place in the answer.
 */
export function refusingPlainly(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type === schema.getMutationType()) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      // No promise is made where none is there: a list has such fields by the hundred.
      field.resolve = (...asked) => {
        try {
          const value: unknown = resolve(...asked);
          return value instanceof Promise ? value.catch(plainly) : value;
        } catch (error) {
          return plainly(error);
        }
      };
    }
  }
  return schema;
}

function plainly(error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  const extensions = { code: 'BAD_USER_INPUT', argument: error.path.map(String) };
  throw new GraphQLError(error.message, { extensions });
}
