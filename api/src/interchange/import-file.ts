import { authorise, type Change, inChange } from '../access/change.ts';
import type { Context } from '../context.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { shownFileName } from '../platform/file-name.ts';
import { AccessRefusal, ConflictRefusal, Refusal } from '../platform/refusal.ts';
import {
  finishImport,
  insertFailure,
  insertImport,
  type NewImport,
  selectByDigest,
  selectFailure,
  selectRunsNamed,
  takeTurn,
} from './import.store.ts';
import type { ImportReport } from './import.ts';
import { planImport } from './import-plan.ts';
import { readInspectLog } from './inspect/read-inspect-log.ts';
import { knownHere } from './known-here.ts';
import { measureFile } from './measure-file.ts';
import { UnfitLog } from './plan-values.ts';
import type { ImportPlan } from './planned.ts';
import { recordImportedRun } from './record-imported-run.ts';

export interface ImportOutcome {
  id: bigint;
  /** These very bytes had been imported before: nothing was done. */
  alreadyImported: boolean;
}

/**
 * Brings in one file: reads it, then records everything it says in one transaction. The same bytes again give the
 * same import. A file that cannot be read, or contradicts the record, leaves a FAILED import with the reason and
 * nothing else. Throws AccessRefusal where the viewer may not write evaluations.
 */
export async function importFile(
  context: Context,
  file: { path: string; name: string; visibility?: VisibilityWord | null },
): Promise<ImportOutcome> {
  // Who may not read could neither find what is there to be reused, nor be told what came of the file.
  authorise(context, 'read');
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
  if (earlier !== null) return { id: earlier, alreadyImported: true };
  const log = await readInspectLog({ path: file.path, name: known.fileName });
  if (log.digest !== digest) return fail(context, known, 'The file changed while it was read.');
  if (log.refused) return fail(context, known, log.refused.reason);
  const stated = { ...known, format: `inspect-${log.container}` };
  try {
    const plan = planImport(log, await knownHere(context, log));
    return await inChange(context, 'write:evals', (change) => record(change, stated, plan));
  } catch (error) {
    if (error instanceof UnfitLog || error instanceof Refusal) return fail(context, stated, error.message);
    throw error;
  }
}

async function record(change: Change, file: NewImport, plan: ImportPlan): Promise<ImportOutcome> {
  const { tx, teamId } = change;
  await takeTurn(tx, teamId);
  const earlier = await selectByDigest(tx, teamId, file.digest);
  if (earlier !== null) return { id: earlier, alreadyImported: true };
  const id = await insertImport(tx, { teamId, actorId: change.by.actorId }, file);
  const place = await findPlace(change, plan);
  if (place.recordedBefore !== null) {
    const said = `The run is recorded already, as ${refOf(place.name)}, from another file that says the same: nothing was added.`;
    const run = { id: place.recordedBefore, name: place.name, before: true };
    await finish(change, id, file, warned(plan.report, [said]), run);
    return { id, alreadyImported: false };
  }
  const { name, other } = place;
  const made = await recordImportedRun(change, plan, { ...file, importId: id, name });
  const beside =
    other === null
      ? []
      : [`${refOf(other)} has the name of this run but says otherwise: both stand. Retract what is wrong.`];
  const report = warned(plan.report, [...beside, ...made.warnings]);
  await finish(change, id, file, report, { id: made.runId, name, before: false });
  return { id, alreadyImported: false };
}

const refOf = (name: string) => formatNodeRef({ kind: 'EVAL_RUN', name, version: null });

const warned = (report: ImportReport, said: readonly string[]): ImportReport => ({
  ...report,
  warnings: [...said, ...report.warnings],
});

type Place =
  | { recordedBefore: bigint; name: string }
  | { recordedBefore: null; name: string; other: string | null };

/** The run that another file of it has made already, or the name under which to record it. */
async function findPlace(change: Change, plan: ImportPlan): Promise<Place> {
  const held = await selectRunsNamed(change.tx, change.context.viewer, change.teamId, plan.runNames);
  let other: string | null = null;
  for (const name of plan.runNames) {
    const run = held.find((r) => r.name === name);
    if (run === undefined) return { recordedBefore: null, name, other };
    if (!run.seen) continue;
    if (run.runIdentity === plan.runIdentity && run.contentDigest === plan.contentDigest)
      return { recordedBefore: run.id, name };
    other ??= name;
  }
  throw new ConflictRefusal(['name'], `An eval run called ${plan.runNames[0]} is recorded already.`);
}

async function finish(
  change: Change,
  importId: bigint,
  file: NewImport,
  report: ImportReport,
  run: { id: bigint; name: string; before: boolean },
): Promise<void> {
  await finishImport(change.tx, importId, {
    ...report,
    recordedBefore: run.before ? String(run.id) : null,
  });
  const { fileName, format, digest, visibility } = file;
  await change.event(
    { type: 'LOG_IMPORTED', fileName, format, digest, ref: refOf(run.name) },
    { nodes: [run.id], visibility },
  );
}

async function fail(context: Context, file: NewImport, reason: string): Promise<ImportOutcome> {
  const id = await inChange(context, 'write:evals', async ({ tx, teamId, by, event }) => {
    const party = { teamId, actorId: by.actorId };
    const earlier = await selectFailure(tx, party, file.digest, reason);
    if (earlier !== null) return earlier;
    const { fileName, format, digest, visibility } = file;
    const failed = await insertFailure(tx, party, file, reason);
    await event({ type: 'LOG_IMPORTED', fileName, format, digest, ref: null }, { visibility });
    return failed;
  });
  return { id, alreadyImported: false };
}
