import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLSchema,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Context } from '../../context.ts';

/**
 * Counts what lists truly hold while an operation runs, since plain lists are weighed by a guess beforehand, and
 * ends it at the limit. Stops as well where the caller has hung up.
 */
export function countingRows(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isListType(getNullableType(field.type))) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (parent, args, context: Context, info) => {
        const found = resolve(parent, args, context, info);
        if (context.allowance === null) return found;
        return found instanceof Promise
          ? found.then((list) => counted(list, context))
          : counted(found, context);
      };
    }
  }
  return schema;
}

function counted<T>(list: T, { allowance }: Context): T {
  if (allowance === null || !Array.isArray(list)) return list;
  if (allowance.closed)
    throw new GraphQLError('The caller hung up.', { extensions: { code: 'BAD_REQUEST' } });
  allowance.rows += list.length;
  if (allowance.rows <= allowance.costLimit) return list;
  const message = `The operation returns more than ${allowance.costLimit.toLocaleString('en')} rows. Ask for fewer at once.`;
  throw new GraphQLError(message, {
    extensions: { code: 'COST_EXCEEDED', cost: allowance.rows, limit: allowance.costLimit },
  });
}
