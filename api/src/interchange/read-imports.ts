import type { Context } from '../context.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { loadsOne } from '../platform/loader.ts';
import { selectImports, selectImportsOfRuns, selectRunsOfImports } from './import.store.ts';
import type { ImportRow } from './import.ts';

export const importById = loadsOne<Context, ImportRow>('importById', async (context, ids) => {
  const rows = await selectImports(context.db, context.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

export const importOfEvalRun = loadsOne<Context, ImportRow>('importOfEvalRun', async (context, ids) => {
  const rows = await selectImportsOfRuns(context.db, context.viewer, ids);
  return new Map(rows.map(({ runId, ...row }) => [runId, row]));
});

const madeBy = loadsOne<Context, bigint>('evalRunOfImport', async (context, ids) => {
  const rows = await selectRunsOfImports(context.db, context.viewer, ids);
  return new Map(rows.map((row) => [row.importId, row.runId]));
});

/** The eval run that an import made, or found recorded from another file; null where there is none to be seen. */
export async function evalRunOfImport(context: Context, row: ImportRow): Promise<LineageNodeRow | null> {
  const before = row.report?.recordedBefore ?? null;
  const id = before === null ? await context.load(madeBy, row.id) : BigInt(before);
  return id === null ? null : context.load(nodeById, id);
}
