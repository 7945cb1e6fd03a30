import type { Context } from '../context.ts';
import { LINEAGE_TYPE } from '../lineage/lineage.refs.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import type { GlobalType } from '../platform/global-id.ts';
import type { LoaderOf } from '../platform/loader.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { builder } from './builder.ts';

/** Anything with a global id: its row under the name of its type. */
export interface Identified {
  type: GlobalType;
  row: { id: bigint };
}

const loaders = new Map<GlobalType, LoaderOf<Context, bigint, { id: bigint } | null>>();
const typeOfRow = new WeakMap<object, GlobalType>();

/** Tells `node(id:)` how to find a type's rows by internal id. Lineage nodes need none: they are all known here. */
export function registerNode<T extends { id: bigint }>(
  type: GlobalType,
  loader: LoaderOf<Context, bigint, T | null>,
): void {
  if (loaders.has(type)) throw new Error(`The type ${type} is registered twice.`);
  loaders.set(type, loader);
}

export const NodeInterface = builder.interfaceRef<{ id: bigint }>('Node').implement({
  description: 'Anything that has a global id.',
  resolveType: (row) => typeOfRow.get(row) ?? LINEAGE_TYPE[(row as LineageNodeRow).kind],
  fields: (t) => ({
    id: t.id({
      description: 'The global id: opaque, the same as long as the installation lives.',
      resolve: (row, _args, context) =>
        context.ids.encode(typeOfRow.get(row) ?? LINEAGE_TYPE[(row as LineageNodeRow).kind], row.id),
    }),
  }),
});

/** The `id` field of a type that is no lineage node: `id: t.id(idOf('Claim'))`. */
export function idOf(type: GlobalType) {
  return {
    description: 'The global id: opaque, the same as long as the installation lives.',
    resolve: (row: { id: bigint }, _args: unknown, context: Context) => context.ids.encode(type, row.id),
  };
}

const lineageTypes: ReadonlySet<GlobalType> = new Set(Object.values(LINEAGE_TYPE));

/** A row, marked so that the Node interface knows its type. */
export function asNode<R extends { id: bigint }>(type: GlobalType, row: R): R {
  typeOfRow.set(row, type);
  return row;
}

/** The row of a type by internal id, marked so that the Node interface knows its type; null where not visible. */
export async function loadIdentified(
  context: Context,
  type: GlobalType,
  id: bigint,
): Promise<{ id: bigint } | null> {
  if (lineageTypes.has(type)) {
    const node = await context.load(nodeById, id);
    return node !== null && LINEAGE_TYPE[node.kind] === type ? node : null;
  }
  const loader = loaders.get(type);
  const row = loader === undefined ? null : await context.load(loader, id);
  return row === null ? null : asNode(type, row);
}

/** The internal id behind a global id of one of `types`; an InputRefusal where it is none. */
export function decodeId<T extends GlobalType>(
  context: Pick<Context, 'ids'>,
  id: string,
  types: readonly T[],
  path: readonly (string | number)[],
): { type: T; id: bigint } {
  return decodeGlobalId(context.ids, id, types, path);
}

const MOST_NODES = 100;

builder.queryFields((t) => ({
  node: t.field({
    type: NodeInterface,
    nullable: true,
    description: 'The thing with this global id; null where there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'A global id.' }) },
    resolve: (_root, { id }, context) => find(context, id),
  }),
  nodes: t.field({
    type: [NodeInterface],
    nullable: { list: false, items: true },
    description: 'The things with these global ids, in that order: at most 100.',
    args: { ids: t.arg.idList({ required: true, description: 'Global ids.' }) },
    resolve: (_root, { ids }, context) => {
      if (ids.length > MOST_NODES)
        throw new InputRefusal(['ids'], 'At most 100 ids at once.', 'up to 100 ids');
      return Promise.all(ids.map((id) => find(context, id)));
    },
  }),
}));

async function find(context: Context, id: string): Promise<{ id: bigint } | null> {
  const decoded = context.ids.decode(id);
  return decoded === null ? null : loadIdentified(context, decoded.type, decoded.id);
}
