import type { Context } from '../context.ts';
import { behaviorById } from '../evaluation/read-evaluations.ts';
import { scoringRuleVersionById } from '../evaluation/scoring/read-scoring.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { groupRows, loadsMany, loadsOne } from '../platform/loader.ts';
import { type BulkProgress, leftOutOf } from './bulk/bulk-progress.ts';
import { selectImports, selectImportsOfRuns, selectRunsOfImports } from './import.store.ts';
import { type ImportReport, type ImportRow, NO_REPORT, type ToldByRule } from './import.ts';
import { type ReadingRow, selectReadings } from './import-reading.store.ts';
import { asIfAll } from './reading-changes.ts';
import { type RereadingRow, selectRereadings } from './rereading.store.ts';
import { seenWhole } from './seen-whole.ts';
import { READER_WAS_TOLD, readsAgainstRecord, SENDER_WAS_TOLD, toldTo } from './told-report.ts';

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

/**
 * What is told of the fields of a file: nothing where it tells of something that the viewer may not see, since it names
 * runs, models and datasets; as nothing of the file itself is given then.
 */
export async function reportOfImport(context: Context, row: ImportRow): Promise<ImportReport> {
  if ((await context.load(seenWhole, row.id)) !== true) return NO_REPORT;
  return reportTold(context, row.actorId, row.report ?? { ...NO_REPORT, leftOut: leftOutOf(row) });
}

/** A report as it is told to the viewer: by the rules that they see, and of which they see all that these measured. */
async function reportTold(context: Context, senderId: bigint, report: ImportReport): Promise<ImportReport> {
  const seen = new Set<ToldByRule>();
  const isSeen = async ({ version, behaviors }: ToldByRule) =>
    behaviors !== null &&
    (version === null || (await context.load(scoringRuleVersionById, BigInt(version))) !== null) &&
    (await Promise.all(behaviors.map((id) => context.load(behaviorById, BigInt(id))))).every(
      (behavior) => behavior !== null,
    );
  await Promise.all(
    (report.byRules ?? []).map(async (rule) => {
      if (await isSeen(rule)) seen.add(rule);
    }),
  );
  return toldTo(context.viewer, senderId, report, (rule) => seen.has(rule));
}

/** How far it has come; null where it tells of something that the viewer may not see, which it would count. */
export async function progressOfImport(context: Context, row: ImportRow): Promise<BulkProgress | null> {
  return (await context.load(seenWhole, row.id)) === true ? row.progress : null;
}

/** Why it failed; null where it did not. */
export function errorOfImport({ viewer }: Context, row: ImportRow): string | null {
  if (row.error === null || row.report?.errorOfFile === true || readsAgainstRecord(viewer, row.actorId))
    return row.error;
  return SENDER_WAS_TOLD;
}

/** The first of them; null where there is none to be seen. */
export async function evalRunOfImport(context: Context, row: ImportRow): Promise<LineageNodeRow | null> {
  return (await evalRunsOfImport(context, row))[0] ?? null;
}

/** The readings of an import after the first, the first first. */
export const readingsOfImport = loadsMany('readingsOfImport', async (context: Context, ids) =>
  groupRows(await readingsSeen(context, { importIds: ids }), (row) => row.importId),
);

export const readingById = loadsOne<Context, ReadingRow>('readingById', async (context, ids) => {
  return new Map((await readingsSeen(context, { ids })).map((row) => [row.id, row]));
});

/**
 * Readings of files of which all is seen: what a change says of an eval run is seen with the run, and a reading that
 * made one which is hidden is not seen, as if the file had not been read again.
 */
async function readingsSeen(
  context: Context,
  by: Parameters<typeof selectReadings>[2],
): Promise<ReadingRow[]> {
  const rows = await selectReadings(context.db, context.viewer, by);
  const whole = await Promise.all(rows.map((row) => context.load(seenWhole, row.importId)));
  return Promise.all(
    rows
      .filter((_row, i) => whole[i] === true)
      .map(async (row) => ({
        ...row,
        changes: asIfAll(row.changes, readsAgainstRecord(context.viewer, row.actorId)),
        report: await reportTold(context, row.actorId, row.report),
      })),
  );
}

/**
 * How far a file of many eval runs has come that is being read again; null where none is, or not all that the file tells
 * of is seen. Why it was broken off is told in full to whoever had it read: it may name what another does not see.
 */
export const rereadingOfImport = loadsOne<Context, RereadingRow>(
  'rereadingOfImport',
  async (context, ids) => {
    const { viewer } = context;
    const rows = await selectRereadings(context.db, viewer, ids);
    const whole = await Promise.all(rows.map((row) => context.load(seenWhole, row.importId)));
    const told = (row: RereadingRow) =>
      row.error === null || readsAgainstRecord(viewer, row.actorId) ? row.error : READER_WAS_TOLD;
    return new Map(
      rows.filter((_row, i) => whole[i] === true).map((row) => [row.importId, { ...row, error: told(row) }]),
    );
  },
);
