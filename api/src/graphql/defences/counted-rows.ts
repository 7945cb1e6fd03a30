import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Context } from '../../context.ts';
import { soon } from '../loaded.ts';
import type { Allowance } from './allowance.ts';
import { ANSWER_CHARACTERS } from './limits.ts';
import { stillAsked } from './still-asked.ts';

/**
 * Counts what lists truly hold while an operation runs, since plain lists are weighed by a guess beforehand, and how
 * long the texts are, of which few may be more than all rows; and ends it at the limit of either. Ends it as well where
 * nobody waits for it any more.
 */
export function countingRows(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const count = counterOf(field.type);
      if (count === null && field.args.length === 0) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      const works = field.args.length > 0;
      field.resolve = (parent, args, context: Context, info) => {
        const { allowance } = context;
        if (allowance === null) return resolve(parent, args, context, info);
        if (works) stillAsked(allowance);
        const found: unknown = resolve(parent, args, context, info);
        return count === null ? found : soon(found, (value) => count(value, allowance));
      };
    }
  }
  return schema;
}

/** Scalars whose values may be of any length. */
const TEXTS: ReadonlySet<string> = new Set(['String', 'ID', 'NodeRef', 'JSON']);

type Counter = (value: unknown, allowance: Allowance) => unknown;

/** How a field's values are counted; null where they need not be. */
function counterOf(type: GraphQLOutputType): Counter | null {
  const isText = TEXTS.has(getNamedType(type).name);
  if (!isListType(getNullableType(type))) return isText ? countedText : null;
  return isText ? (list, allowance) => countedText(countedRows(list, allowance), allowance) : countedRows;
}

function countedRows(list: unknown, allowance: Allowance): unknown {
  if (!Array.isArray(list)) return list;
  stillAsked(allowance);
  allowance.rows += list.length;
  if (allowance.rows <= allowance.costLimit) return list;
  throw tooMuch(`${allowance.costLimit.toLocaleString('en')} rows`, allowance.rows, allowance.costLimit);
}

function countedText(value: unknown, allowance: Allowance): unknown {
  allowance.characters += typeof value === 'string' ? value.length : charactersIn(value);
  if (allowance.characters <= ANSWER_CHARACTERS) return value;
  throw tooMuch(
    `${ANSWER_CHARACTERS.toLocaleString('en')} characters`,
    allowance.characters,
    ANSWER_CHARACTERS,
  );
}

/** About as many as it takes to write JSON. */
function charactersIn(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 5;
  let characters = 2;
  if (Array.isArray(value)) for (const item of value) characters += charactersIn(item) + 1;
  else for (const name in value) characters += name.length + 3 + charactersIn(value[name as keyof object]);
  return characters;
}

function tooMuch(what: string, cost: number, limit: number): GraphQLError {
  return new GraphQLError(`The operation returns more than ${what}. Ask for fewer at once.`, {
    extensions: { code: 'COST_EXCEEDED', cost, limit },
  });
}
