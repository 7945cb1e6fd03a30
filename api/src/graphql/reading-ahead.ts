// A list reads what is asked of its things for all of them at once, before they are answered one by one: what was one
// promise for each field of each thing is one for the list.
import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Context } from '../context.ts';
import { fieldsBelow } from './fields-below.ts';
import { AHEAD, type Ahead, soon } from './loaded.ts';

/** Lets every list of things that have fields to be read ahead read them. */
export function readingAhead(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const of = getNamedType(field.type);
      if (!isListType(getNullableType(field.type)) || !isObjectType(of) || !leadsOn(of)) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: Context, info) =>
        soon(resolve(source, args, context, info) as unknown, (list) => {
          const { fieldNodes } = info;
          // Of a single thing nothing is to be gained; and a list of a list was read with it.
          if (!Array.isArray(list) || list.length < 2 || context.loaders.heldSelections(fieldNodes))
            return list;
          const reading = { context, info, rows: list.length };
          const read = mayReadOn(reading) ? readBelow(of, fieldNodes, list, reading) : null;
          return read === null ? list : read.then(() => list);
        });
    }
  }
  return schema;
}

const aheadOf = (field: { extensions: Readonly<Record<string, unknown>> }) =>
  field.extensions[AHEAD] as Ahead | undefined;

const leadsOn = (type: GraphQLObjectType) =>
  Object.values(type.getFields()).some((field) => aheadOf(field) !== undefined);

/** A list that is being read, and how many things its reading has come to. */
interface Reading {
  context: Context;
  info: GraphQLResolveInfo;
  rows: number;
}

/** Reads what is selected of these things, and of what that leads to; null where nothing is to be read. */
function readBelow(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  things: readonly unknown[],
  reading: Reading,
): Promise<unknown> | null {
  const reads: Promise<unknown>[] = [];
  for (const [name, selected] of fieldsBelow(type, nodes, reading.info)) {
    const field = type.getFields()[name];
    const ahead = field === undefined ? undefined : aheadOf(field);
    if (field === undefined || ahead === undefined) continue;
    reads.push(readField(getNamedType(field.type), ahead, selected, things, reading));
  }
  return reads.length === 0 ? null : Promise.all(reads);
}

async function readField(
  of: GraphQLNamedType,
  ahead: Ahead,
  nodes: readonly FieldNode[],
  things: readonly unknown[],
  reading: Reading,
): Promise<void> {
  let found: unknown[];
  try {
    found = await ahead.read(reading.context, things);
  } catch {
    // Asked again by each thing's own field, which tells the error in its place.
    return;
  }
  reading.context.loaders.giveSelections(nodes);
  if (!isObjectType(of) || found.length === 0) return;
  reading.rows += found.length;
  if (mayReadOn(reading)) await readBelow(of, nodes, found, reading);
}

/** What the operation's bound would end is not read ahead of it, nor is anything for whoever has hung up. */
function mayReadOn({ context: { allowance }, rows }: Reading): boolean {
  return allowance === null || (!allowance.closed && allowance.rows + rows <= allowance.costLimit);
}
