import type { Context } from '../context.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { groupRows, loadsMany, loadsOne } from '../platform/loader.ts';
import { leftOutOf } from './bulk/bulk-progress.ts';
import { countToldOf, selectImports, selectImportsOfRuns, selectRunsOfImports } from './import.store.ts';
import { type ImportReport, type ImportRow, NO_REPORT } from './import.ts';
import { type ReadingRow, selectReadings } from './import-reading.store.ts';
import { type RereadingRow, selectRereadings } from './rereading.store.ts';

export type { ReadingChange, ReadingRow } from './import-reading.store.ts';
export type { RereadingRow } from './rereading.store.ts';

export const importById = loadsOne<Context, ImportRow>('importById', async (context, ids) => {
  const rows = await selectImports(context.db, context.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

export const importOfEvalRun = loadsOne<Context, ImportRow>('importOfEvalRun', async (context, ids) => {
  const rows = await selectImportsOfRuns(context.db, context.viewer, ids);
  return new Map(rows.map(({ runId, ...row }) => [runId, row]));
});

const madeBy = loadsMany<Context, { importId: bigint; runId: bigint }>(
  'evalRunsOfImport',
  async (context, ids) =>
    groupRows(await selectRunsOfImports(context.db, context.viewer, ids), (row) => row.importId),
);

/** The eval runs that an import made, or found recorded from other files, as far as they may be seen. */
export async function evalRunsOfImport(context: Context, row: ImportRow): Promise<LineageNodeRow[]> {
  const { recordedBefore, runsRecordedBefore } = row.report ?? NO_REPORT;
  const before = (runsRecordedBefore ?? (recordedBefore === null ? [] : [recordedBefore])).map(BigInt);
  const ids = [...new Set([...before, ...(await context.load(madeBy, row.id)).map((made) => made.runId)])];
  const runs = await Promise.all(ids.map((id) => context.load(nodeById, id)));
  return runs.filter((run) => run !== null);
}

/** Of imports, whether all that the file tells of is seen: counted with the viewer's own rights, and with all. */
const seenWhole = loadsOne<Context, boolean>('importsSeenWhole', async (context, ids) => {
  const [all, seen] = await Promise.all([
    countToldOf(context.beyondSight, null, ids),
    countToldOf(context.db, context.viewer, ids),
  ]);
  const told = new Map(all.map((row) => [row.id, row.told]));
  return new Map(seen.map((row) => [row.id, row.told === told.get(row.id)]));
});

/**
 * What is told of the fields of a file: nothing where it tells of something that the viewer may not see, since it names
 * runs, models and datasets; as nothing of the file itself is given then.
 */
export async function reportOfImport(context: Context, row: ImportRow): Promise<ImportReport> {
  if ((await context.load(seenWhole, row.id)) !== true) return NO_REPORT;
  return row.report ?? { ...NO_REPORT, leftOut: leftOutOf(row) };
}

/** The first of them; null where there is none to be seen. */
export async function evalRunOfImport(context: Context, row: ImportRow): Promise<LineageNodeRow | null> {
  return (await evalRunsOfImport(context, row))[0] ?? null;
}

/** The readings of an import after the first, the first first. */
export const readingsOfImport = loadsMany('readingsOfImport', async (context: Context, ids) =>
  groupRows(
    await selectReadings(context.beyondSight, context.viewer, { importIds: ids }),
    (row) => row.importId,
  ),
);

export const readingById = loadsOne<Context, ReadingRow>('readingById', async (context, ids) => {
  const rows = await selectReadings(context.beyondSight, context.viewer, { ids });
  return new Map(rows.map((row) => [row.id, row]));
});

/** How far a file of many eval runs has come that is being read again; null where none is. */
export const rereadingOfImport = loadsOne<Context, RereadingRow>(
  'rereadingOfImport',
  async (context, ids) => {
    const rows = await selectRereadings(context.beyondSight, context.viewer, ids);
    return new Map(rows.map((row) => [row.importId, row]));
  },
);
