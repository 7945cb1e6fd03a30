// Reading a kept file again, with today's reader.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { authorise, type Change, inChange } from '../access/change.ts';
import type { Context } from '../context.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { AccessRefusal, ConflictRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { takeTurn } from './import.store.ts';
import { MOST_AT_ONCE } from './import-many-runs.ts';
import {
  type ReadingChange,
  type RunMade,
  type RunRead,
  selectMadeElsewhere,
  selectRunsRead,
} from './import-reading.store.ts';
import { confirmedHere } from './known-here.ts';
import { UnfitLog } from './plan-values.ts';
import type { FilePlan } from './planned.ts';
import { readFile } from './read-file.ts';
import { importById } from './read-imports.ts';
import { type KeptFileRow, keptFileOfImport } from './read-kept-files.ts';
import { changesOfRun, earlierOf } from './reading-changes.ts';
import { aboutFile, type Reread, recordReading } from './record-reading.ts';
import { recordRun } from './record-run.ts';
import { beginRereading, goOnAfterwards } from './reread-many-runs.ts';
import { breakRereadingOff, selectOpenRereading } from './rereading.store.ts';
import { inReadingTurn } from './transcript-turns.ts';

export interface RereadInput {
  import: string;
}

/** What the file says to today's reader. Nothing is recorded yet, and no transaction is open. */
export async function readAgain(context: Context, input: RereadInput): Promise<Reread> {
  const by = authorise(context, 'write:evals');
  const { id } = decodeGlobalId(context.ids, input.import, ['Import'], ['import']);
  const [row, file] = await Promise.all([context.load(importById, id), context.load(keptFileOfImport, id)]);
  if (row === null || file === null)
    throw new NotFoundRefusal(['import'], 'There is no such file to be read again.', input.import);
  // What it says is recorded in the names of whoever sent it.
  if (file.teamId !== by.teamIds[0])
    throw new AccessRefusal('FORBIDDEN', 'Only the team that sent a file may have it read again.');
  try {
    const plan = await inReadingTurn(context.viewer, () => planOf(context, file));
    return { row, file, plan };
  } catch (error) {
    if (error instanceof ConflictRefusal) await endUnread(context, row.id, error.message);
    throw error;
  }
}

/** Where a rereading of what is not read any more is open, nobody can go on with it: it says so from then on. */
async function endUnread(context: Context, importId: bigint, why: string): Promise<void> {
  const open = await selectOpenRereading(context.beyondSight, importId);
  if (open === null) return;
  await inChange(context, 'write:evals', ({ tx, by }) =>
    breakRereadingOff(tx, open, `${why} What was recorded stays.`, by.actorId),
  );
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
function refuseWithoutFolders({ plan }: Reread, read: ReadonlyMap<string, RunRead>): void {
  if (plan.needsFolders === true && plan.runs.some((run) => earlierOf(run, read) === null))
    throw needsFolders();
}

/**
 * Records what a kept file says to today's reader: where that is what it said before, that it does; else a new reading
 * beside the old one, with what changed. What was recorded stays: whoever finds it wrong retracts it. Of a file of very
 * many runs it is only begun (`goOnAfterwards` goes on), and there is no reading yet.
 */
export async function rereadImport(
  change: Change,
  _input: RereadInput,
  reread: Reread,
): Promise<{ importId: bigint; readingId: bigint | null }> {
  const { tx, teamId } = change;
  const { row, plan } = reread;
  await takeTurn(tx, teamId);
  const read = await selectRunsRead(tx, row.id);
  refuseWithoutFolders(reread, read);
  if (plan.runs.length > MOST_AT_ONCE || (await selectOpenRereading(tx, row.id)) !== null) {
    await beginRereading(change, reread);
    return { importId: row.id, readingId: null };
  }
  const about = aboutFile(reread);
  const changes: ReadingChange[] = [];
  const runs: RunMade[] = [];
  const warnings: string[] = [];
  const ofRules: string[] = [];
  const ids: bigint[] = [];
  for (const run of plan.runs) {
    const recorded = await recordRun(change, run, about);
    warnings.push(...recorded.warnings);
    ofRules.push(...recorded.ofRules);
    ids.push(recorded.id);
    if (recorded.before) continue;
    changes.push(...(await changesOfRun(tx, earlierOf(run, read), recorded)));
    read.set(run.runIdentity, recorded);
    runs.push(recorded);
  }
  const found = await selectMadeElsewhere(tx, row.id, ids);
  const told = { made: runs.length, runs, changes, warnings, ofRules, read: ids, found };
  return { importId: row.id, readingId: await recordReading(change, reread, told) };
}

/** Goes on, after the answer, with what was only begun. */
export function goOnIfBegun(context: Context, made: { readingId: bigint | null }, reread: Reread): void {
  if (made.readingId === null) goOnAfterwards(context, reread);
}
