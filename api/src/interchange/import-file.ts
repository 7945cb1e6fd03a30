import { authorise, type Change, inChange } from '../access/change.ts';
import type { Context } from '../context.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { shownFileName, statedFolders } from '../platform/file-name.ts';
import { AccessRefusal, BusyRefusal, Refusal, TooLongRefusal } from '../platform/refusal.ts';
import { insertSealed } from '../platform/sealed-objects.ts';
import type { Stored } from '../platform/vault.ts';
import type { EnsuredDataset } from './ensure-dataset-version.ts';
import type { EnsuredModel } from './ensure-model-version.ts';
import { failImport } from './fail-import.ts';
import { finishImport, insertImport, type NewImport, selectEarlier, takeTurn } from './import.store.ts';
import { importManyRuns, MOST_AT_ONCE } from './import-many-runs.ts';
import { importIncidents } from './incidents/import-incidents.ts';
import { tellsIncidents } from './incidents/tells-incidents.ts';
import { insist } from './insist.ts';
import { keepLater, withKeptFile } from './keep-file.ts';
import { confirmedHere } from './known-here.ts';
import { measureFile } from './measure-file.ts';
import { withMeasured } from './measured-by-rules.ts';
import { UnfitLog } from './plan-values.ts';
import type { FilePlan } from './planned.ts';
import { readFile } from './read-file.ts';
import { type RecordedRun, recordRun } from './record-run.ts';
import { reportOfRuns } from './report-of-runs.ts';
import { tellImported } from './tell-imported.ts';

/** A list shows its first thousand, and says that there are more. */
const MOST_RUNS = 10_000;

export interface ImportOutcome {
  id: bigint;
  /** These very bytes had been imported before: nothing was done. */
  alreadyImported: boolean;
}

/**
 * Brings in one file: reads it, then records everything it says in one transaction; where it tells of very many eval
 * runs, in batches. The same bytes again give the same import, where their sender sees it. A file that cannot be read, or contradicts the record,
 * leaves a FAILED import with the reason and nothing else. A file of incidents goes its own way, batch by batch. Throws AccessRefusal where the viewer may not write
 * what the file tells of.
 */
export async function importFile(
  context: Context,
  file: {
    path: string;
    name: string;
    visibility?: VisibilityWord | null;
    /** Told of an import of many runs once it is on record: it goes on until the promise is settled. */
    begun?: (importId: bigint) => void;
    /** Whether an import that stands in the middle goes on, and was not broken off. */
    isGoing?: (importId: bigint) => boolean;
  },
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
  const earlier = await selectEarlier(context.db, by, teamId, digest);
  if (earlier !== null) {
    const { id, status, actorId } = earlier;
    // One's own import of many runs that stands in the middle is gone on with.
    const brokenOff = status === 'RUNNING' && actorId === by.actorId && file.isGoing?.(id) !== true;
    if (!brokenOff) {
      await keepLater(context, id, file.path, digest);
      return { id, alreadyImported: true };
    }
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
    return failImport(
      context,
      'write:evals',
      { ...known, format: plan.format },
      {
        error: plan.message,
        ofFile: true,
      },
    );
  const stated = { ...known, format: plan.format };
  if (plan.runs.length > MOST_RUNS)
    return failImport(context, 'write:evals', stated, {
      error: `The file tells of ${plan.runs.length} eval runs; one file may tell of ${MOST_RUNS}.`,
      ofFile: true,
    });
  if (plan.runs.length > MOST_AT_ONCE)
    return importManyRuns(context, { path: file.path, file: stated, plan, begun: file.begun });
  try {
    return await withKeptFile(context, file.path, digest, (kept) =>
      insist(() => inChange(context, 'write:evals', (change) => record(change, stated, plan, kept))),
    );
  } catch (error) {
    // Nothing was wrong with the file: whoever sends it again may well have it taken.
    if (error instanceof BusyRefusal) throw error;
    if (plan.runs.length > 1 && error instanceof TooLongRefusal)
      return failImport(context, 'write:evals', stated, {
        error: `The file tells of ${plan.runs.length} eval runs, more than could be recorded in the time of one change. Nothing of it was recorded: send it in parts, or again when the server has less to do.`,
        ofFile: true,
      });
    if (error instanceof UnfitLog || error instanceof Refusal)
      return failImport(context, 'write:evals', stated, { error: error.message });
    throw error;
  }
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
  const { tx, by, teamId } = change;
  await takeTurn(tx, teamId);
  const earlier = await selectEarlier(tx, by, teamId, file.digest);
  if (earlier !== null) return { id: earlier.id, alreadyImported: true };
  const keptAs = kept === null ? null : await insertSealed(tx, change.context.vault, kept);
  const id = await insertImport(tx, { teamId, actorId: by.actorId }, file, keptAs);
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
  const report = reportOfRuns(plan, runs);
  const ids = runs.map((run) => run.id);
  await finishImport(change.tx, importId, await withMeasured(change.tx, report, ids));
  await tellImported(change, file, runs);
}
