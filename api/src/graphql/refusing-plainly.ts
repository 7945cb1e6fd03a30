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
      field.resolve = async (...asked) => {
        try {
          return await resolve(...asked);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          const extensions = { code: 'BAD_USER_INPUT', argument: error.path.map(String) };
          throw new GraphQLError(error.message, { extensions });
        }
      };
    }
  }
  return schema;
}
