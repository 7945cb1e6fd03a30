import { type GraphQLSchema, isObjectType } from 'graphql';
import { checkLength } from '../platform/text-length.ts';

/** Longest text that is searched for: each of its characters is compared with each row's. */
const LONGEST_SEARCH = 200;

/** Refuses a text to search for that is too long, wherever the arguments of a list hold one. */
export function checkSearch(args: { search?: unknown; filter?: unknown }): void {
  check(args.search, ['search']);
  const { filter } = args;
  if (typeof filter === 'object' && filter !== null && 'search' in filter)
    check(filter.search, ['filter', 'search']);
}

function check(search: unknown, path: readonly string[]): void {
  if (typeof search === 'string') checkLength(search, LONGEST_SEARCH, path, 'The text to search for');
}

/** Has every field that searches check what for, so that no list can leave it out. */
export function boundingSearches(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (resolve === undefined || !field.args.some(({ name }) => name === 'search' || name === 'filter'))
        continue;
      field.resolve = (source, args, context, info) => {
        checkSearch(args);
        return resolve(source, args, context, info);
      };
    }
  }
  return schema;
}
