import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { selectNodes } from './node.store.ts';
import type { LineageNodeRow } from './node.ts';

/** A lineage node by its internal id; null where it is not, or is not visible. */
export const nodeById = loadsOne<Context, LineageNodeRow>('nodeById', async (context, ids) => {
  const rows = await selectNodes(context.db, context.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

/** Nodes by internal ids, in that order, leaving out what is not visible. */
export async function nodesByIds(context: Context, ids: readonly bigint[]): Promise<LineageNodeRow[]> {
  const nodes = await Promise.all(ids.map((id) => context.load(nodeById, id)));
  return nodes.filter((node) => node !== null);
}
