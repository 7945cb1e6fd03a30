// Reading a kept file again, with today's reader.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { authorise, type Change } from '../access/change.ts';
import type { Context } from '../context.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { AccessRefusal, ConflictRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { takeTurn } from './import.store.ts';
import type { ImportReport, ImportRow } from './import.ts';
import {
  insertReading,
  type ReadingChange,
  selectEarlierRun,
  selectLastReport,
} from './import-reading.store.ts';
import { joinReports } from './join-reports.ts';
import { confirmedHere } from './known-here.ts';
import { UnfitLog } from './plan-values.ts';
import type { FilePlan } from './planned.ts';
import { readFile } from './read-file.ts';
import { importById } from './read-imports.ts';
import { type KeptFileRow, keptFileOfImport } from './read-kept-files.ts';
import { changesOfReport, changesOfRun } from './reading-changes.ts';
import { recordRun, refOfRun } from './record-run.ts';
import { inReadingTurn } from './transcript-turns.ts';

export interface RereadInput {
  import: string;
}

/** What the file says to today's reader. Nothing is recorded yet, and no transaction is open. */
export async function readAgain(
  context: Context,
  input: RereadInput,
): Promise<{ row: ImportRow; file: KeptFileRow; plan: FilePlan }> {
  const by = authorise(context, 'write:evals');
  const { id } = decodeGlobalId(context.ids, input.import, ['Import'], ['import']);
  const [row, file] = await Promise.all([context.load(importById, id), context.load(keptFileOfImport, id)]);
  if (row === null || file === null)
    throw new NotFoundRefusal(['import'], 'There is no such file to be read again.', input.import);
  // What it says is recorded in the names of whoever sent it.
  if (file.teamId !== by.teamIds[0])
    throw new AccessRefusal('FORBIDDEN', 'Only the team that sent a file may have it read again.');
  const plan = await inReadingTurn(context.viewer, () => planOf(context, file));
  return { row, file, plan };
}

async function planOf(context: Context, file: KeptFileRow): Promise<FilePlan> {
  const folder = join(context.dataFolder, 'imports');
  const path = join(folder, randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await pipeline(context.vault.get(file.object), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    const { fileName: name, digest, bytes } = file;
    return await readFile({ path, name, folders: [], digest, bytes: Number(bytes) }, confirmedHere(context));
  } catch (error) {
    if (error instanceof UnfitLog && error.needsFolders) throw needsFolders();
    if (error instanceof UnfitLog)
      throw new ConflictRefusal(
        ['import'],
        `It is not read any more, and stands as it was read: ${error.message}`,
      );
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}

const needsFolders = () =>
  new ConflictRefusal(
    ['import'],
    'Part of what this file says stands in the folders that it was sent under, which are not kept: it cannot be read again, and stands as it was read.',
  );

/** Refuses a file whose folders told what tells its run from others: without them it would make another run. */
async function refuseWithoutFolders({ tx }: Change, importId: bigint, plan: FilePlan): Promise<void> {
  if (plan.needsFolders !== true) return;
  for (const { runIdentity } of plan.runs)
    if ((await selectEarlierRun(tx, importId, runIdentity)) === null) throw needsFolders();
}

/**
 * Records what a kept file says to today's reader: where that is what it said before, that it does; else a new reading
 * beside the old one, with what changed. What was recorded stays: whoever finds it wrong retracts it.
 */
export async function rereadImport(
  change: Change,
  _input: RereadInput,
  { row, file, plan }: Awaited<ReturnType<typeof readAgain>>,
): Promise<{ importId: bigint; readingId: bigint }> {
  const { tx, teamId, by } = change;
  await takeTurn(tx, teamId);
  await refuseWithoutFolders(change, row.id, plan);
  const { fileName, digest } = file;
  const about = {
    importId: row.id,
    source: plan.source,
    fileName,
    digest,
    visibility: row.visibility,
    models: new Map(),
    datasets: new Map(),
  };
  const changes: ReadingChange[] = [];
  const made: { id: bigint; name: string }[] = [];
  const warnings: string[] = [];
  for (const run of plan.runs) {
    const recorded = await recordRun(change, run, about);
    warnings.push(...recorded.warnings);
    if (recorded.before) continue;
    made.push(recorded);
    const earlier = await selectEarlierRun(tx, row.id, run.runIdentity, recorded.id);
    changes.push(...(await changesOfRun(tx, earlier, recorded)));
  }
  const report = joinReports([plan.report, ...plan.runs.map((run) => run.report)], warnings);
  const before = (await selectLastReport(tx, row.id)) as ImportReport | null;
  if (made.length > 0 && before !== null) changes.push(...changesOfReport(before, report));
  const { visibility } = row;
  const readingId = await insertReading(tx, {
    importId: row.id,
    same: made.length === 0,
    changes,
    report,
    visibility,
    teamId,
    actorId: by.actorId,
  });
  const refs = made.map((run) => refOfRun(run.name));
  await change.event(
    { type: 'IMPORT_REREAD', fileName, digest, refs, changes: changes.length },
    { nodes: made.map((run) => run.id), visibility },
  );
  return { importId: row.id, readingId };
}
