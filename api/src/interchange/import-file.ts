import { authorise, type Change, inChange } from '../access/change.ts';
import type { Context } from '../context.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { shownFileName, statedFolders } from '../platform/file-name.ts';
import { AccessRefusal, Refusal } from '../platform/refusal.ts';
import type { Stored } from '../platform/vault.ts';
import type { EnsuredDataset } from './ensure-dataset-version.ts';
import type { EnsuredModel } from './ensure-model-version.ts';
import { failImport } from './fail-import.ts';
import { finishImport, insertImport, type NewImport, selectByDigest, takeTurn } from './import.store.ts';
import { importIncidents } from './incidents/import-incidents.ts';
import { tellsIncidents } from './incidents/tells-incidents.ts';
import { joinReports } from './join-reports.ts';
import { keepLater, withKeptFile } from './keep-file.ts';
import { insertKept } from './kept-file.store.ts';
import { confirmedHere } from './known-here.ts';
import { measureFile } from './measure-file.ts';
import { UnfitLog } from './plan-values.ts';
import type { FilePlan } from './planned.ts';
import { readFile } from './read-file.ts';
import { type RecordedRun, recordRun, refOfRun } from './record-run.ts';

/** As many as a plain list shows, so that an import shows all that it made. */
const MOST_RUNS = 1_000;

export interface ImportOutcome {
  id: bigint;
  /** These very bytes had been imported before: nothing was done. */
  alreadyImported: boolean;
}

/**
 * Brings in one file: reads it, then records everything it says in one transaction. The same bytes again give the
 * same import. A file that cannot be read, or contradicts the record, leaves a FAILED import with the reason and
 * nothing else. A file of incidents goes its own way, batch by batch. Throws AccessRefusal where the viewer may not write
 * what the file tells of.
 */
export async function importFile(
  context: Context,
  file: { path: string; name: string; visibility?: VisibilityWord | null },
): Promise<ImportOutcome> {
  // Who may not read could neither find what is there to be reused, nor be told what came of the file.
  authorise(context, 'read');
  const incidents = await tellsIncidents(file.path);
  if (incidents !== null) return importIncidents(context, { ...file, told: incidents });
  const by = authorise(context, 'write:evals');
  const teamId = by.teamIds[0];
  if (teamId === undefined)
    throw new AccessRefusal('FORBIDDEN', 'You belong to no team, so you cannot assert anything.');
  const { digest, bytes } = await measureFile(file.path);
  const known: NewImport = {
    format: 'unknown',
    fileName: shownFileName(file.name),
    digest,
    bytes,
    visibility: file.visibility ?? 'MEMBERS',
  };
  const earlier = await selectByDigest(context.beyondSight, teamId, digest);
  if (earlier !== null) {
    await keepLater(context, earlier, file.path, digest);
    return { id: earlier, alreadyImported: true };
  }
  const readable = {
    path: file.path,
    name: known.fileName,
    folders: statedFolders(file.name),
    digest,
    bytes,
  };
  const plan = await readFile(readable, confirmedHere(context)).catch(refusalOf);
  if (plan instanceof UnfitLog)
    return failImport(context, 'write:evals', { ...known, format: plan.format }, plan.message);
  const stated = { ...known, format: plan.format };
  if (plan.runs.length > MOST_RUNS)
    return failImport(
      context,
      'write:evals',
      stated,
      `The file tells of ${plan.runs.length} eval runs; one file may tell of ${MOST_RUNS}.`,
    );
  try {
    return await withKeptFile(context, file.path, digest, (kept) =>
      inChange(context, 'write:evals', async (change) => {
        const outcome = await record(change, stated, plan, kept);
        return { answer: outcome, used: !outcome.alreadyImported };
      }),
    );
  } catch (error) {
    if (plan.runs.length > 1 && tookTooLong(error))
      return failImport(
        context,
        'write:evals',
        stated,
        `The file tells of ${plan.runs.length} eval runs, more than could be recorded in the time of one change. Nothing of it was recorded: send it in parts, or again when the server has less to do.`,
      );
    if (error instanceof UnfitLog || error instanceof Refusal)
      return failImport(context, 'write:evals', stated, error.message);
    throw error;
  }
}

/** Prisma's word for a transaction that was ended because its time was up. */
function tookTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2028';
}

function refusalOf(error: unknown): UnfitLog {
  if (error instanceof UnfitLog) return error;
  throw error;
}

async function record(
  change: Change,
  file: NewImport,
  plan: FilePlan,
  kept: Stored | null,
): Promise<ImportOutcome> {
  const { tx, teamId } = change;
  await takeTurn(tx, teamId);
  const earlier = await selectByDigest(tx, teamId, file.digest);
  if (earlier !== null) return { id: earlier, alreadyImported: true };
  const keptAs = kept === null ? null : await insertKept(tx, kept);
  const id = await insertImport(tx, { teamId, actorId: change.by.actorId }, file, keptAs);
  const recorded: RecordedRun[] = [];
  const about = {
    ...file,
    importId: id,
    source: plan.source,
    models: new Map<string, EnsuredModel>(),
    datasets: new Map<string, EnsuredDataset>(),
  };
  for (const run of plan.runs) recorded.push(await recordRun(change, run, about));
  await finish(change, id, file, plan, recorded);
  return { id, alreadyImported: false };
}

async function finish(
  change: Change,
  importId: bigint,
  file: NewImport,
  plan: FilePlan,
  runs: readonly RecordedRun[],
): Promise<void> {
  const before = runs.filter((run) => run.before).map((run) => String(run.id));
  const reports = [plan.report, ...plan.runs.map((run) => run.report)];
  await finishImport(change.tx, importId, {
    ...joinReports(reports, [...new Set(runs.flatMap((run) => run.warnings))]),
    recordedBefore: before.length === runs.length ? before[0]! : null,
    runsRecordedBefore: before,
  });
  const { fileName, format, digest, visibility } = file;
  await change.event(
    { type: 'LOG_IMPORTED', fileName, format, digest, ref: refOfRun(runs[0]!.name) },
    { nodes: runs.map((run) => run.id), visibility },
  );
}
