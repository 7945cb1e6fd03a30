import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { selectNodes } from './node.store.ts';
import type { LineageNodeRow } from './node.ts';
import { seenNow } from './source-on.ts';

/** A lineage node by its internal id, from memory where it is there; null where it is not, or is not visible. */
export const nodeById = loadsOne<Context, LineageNodeRow>('nodeById', async (context, ids) => {
  const memory = await seenNow(context);
  const found = new Map<bigint, LineageNodeRow>();
  const unknown: bigint[] = [];
  for (const id of ids) {
    const row = memory?.node(id);
    if (row === undefined) unknown.push(id);
    else found.set(id, row);
  }
  for (const row of await selectNodes(context.db, context.viewer, unknown)) found.set(row.id, row);
  return found;
});

/** Nodes by internal ids, in that order, leaving out what is not visible. */
export async function nodesByIds(context: Context, ids: readonly bigint[]): Promise<LineageNodeRow[]> {
  const nodes = await Promise.all(ids.map((id) => context.load(nodeById, id)));
  return nodes.filter((node) => node !== null);
}
