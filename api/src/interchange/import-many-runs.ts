// Files that tell of many eval runs: recorded in batches that last, so that none outlives the time of one change.
import { beganBy } from '../access/acting-still.ts';
import { authorise, type Change, inChange, inEnding } from '../access/change.ts';
import type { Context } from '../context.ts';
import { AccessRefusal, BusyRefusal, Refusal } from '../platform/refusal.ts';
import { insertSealed } from '../platform/sealed-objects.ts';
import type { Stored } from '../platform/vault.ts';
import { inTeamTurn, RUNS_A_BATCH } from './batch-turns.ts';
import { beginning } from './bulk/bulk-progress.ts';
import { insertImport, type NewImport, selectEarlier, takeTurn } from './import.store.ts';
import { endBatches, moveBatches } from './import-many-runs.store.ts';
import { notNow } from './insist.ts';
import { withKeptFile } from './keep-file.ts';
import { UnfitLog } from './plan-values.ts';
import type { FilePlan } from './planned.ts';
import { type RecordedRun, recordRun } from './record-run.ts';
import { reportOfRuns } from './report-of-runs.ts';
import { tellImported } from './tell-imported.ts';

/** Of so many runs all are recorded in one change, or none; of more, batch by batch. */
export const MOST_AT_ONCE = 100;

export interface ManyRuns {
  path: string;
  file: NewImport;
  plan: FilePlan;
  /** Told of the import once it is on record, before the first batch. */
  begun?: ((importId: bigint) => void) | undefined;
  /** Runs a batch; 50 unless told. */
  batch?: number | undefined;
  /** How long it waits each time that it finds no turn for a batch; as every import does unless told. */
  pausesMs?: readonly number[] | undefined;
}

/** It goes on after the answer: whoever sent it may lose the right meanwhile. */
const NO_LONGER =
  'Whoever sent the file may no longer record eval runs for their team, with the rights that they had, or their session or token was ended.';

interface Outcome {
  id: bigint;
  alreadyImported: boolean;
}

/**
 * Records the runs of a file in batches of one transaction each, with the progress. What is broken off is gone on with
 * when the same person sends the same bytes again: runs that are recorded are found, and none is made twice. A refusal
 * ends the import as FAILED, with what was taken before; that there was no turn for a batch (BusyRefusal) does not.
 */
export async function importManyRuns(context: Context, many: ManyRuns): Promise<Outcome> {
  const begun = await begin(context, many);
  if (begun.alreadyImported) return begun;
  many.begun?.(begun.id);
  const run = new Run(context, many, begun.id);
  try {
    await run.all();
    await run.end(null);
  } catch (error) {
    if (error instanceof BusyRefusal) throw notNow();
    const expected = error instanceof Refusal || error instanceof UnfitLog || error instanceof AccessRefusal;
    if (!expected) throw error;
    await run.end(
      `${error instanceof AccessRefusal ? NO_LONGER : error.message} What was recorded before stays.`,
    );
  }
  return begun;
}

async function begin(context: Context, { path, file }: ManyRuns): Promise<Outcome> {
  const going = await inChange(context, 'write:evals', (change) => heldOf(change, file.digest));
  if (going !== null) return going;
  return withKeptFile(context, path, file.digest, (kept) =>
    inChange(context, 'write:evals', async (change) => {
      const other = await heldOf(change, file.digest);
      return other ?? { id: await insert(change, file, kept), alreadyImported: false };
    }),
  );
}

/** An import of these bytes that its sender sees: broken off in the middle, whoever began it goes on. */
async function heldOf({ tx, teamId, by }: Change, digest: string): Promise<Outcome | null> {
  await takeTurn(tx, teamId);
  const held = await selectEarlier(tx, by, teamId, digest);
  if (held === null) return null;
  return { id: held.id, alreadyImported: held.status !== 'RUNNING' || held.actorId !== by.actorId };
}

async function insert(
  { tx, teamId, by, context }: Change,
  file: NewImport,
  kept: Stored | null,
): Promise<bigint> {
  const keptAs = kept === null ? null : await insertSealed(tx, context.vault, kept);
  return insertImport(tx, { teamId, actorId: by.actorId }, file, keptAs);
}

class Run {
  readonly #context: Context;
  readonly #many: ManyRuns;
  readonly #id: bigint;
  readonly #recorded: RecordedRun[] = [];

  constructor(context: Context, many: ManyRuns, id: bigint) {
    this.#context = context;
    this.#many = many;
    this.#id = id;
  }

  async all(): Promise<void> {
    const { plan, batch = RUNS_A_BATCH } = this.#many;
    for (let from = 0; from < plan.runs.length; from += batch) {
      const made = await this.#turn(inChange, (change) => this.#take(change, from, batch));
      this.#recorded.push(...made);
    }
  }

  /** Ends the import; nothing where another request has ended it meanwhile. */
  end(error: string | null): Promise<void> {
    const { file, plan } = this.#many;
    const recorded = this.#recorded;
    return this.#turn(inEnding, async (change) => {
      const status = error === null ? 'SUCCEEDED' : 'FAILED';
      const report = reportOfRuns(plan, recorded);
      if (!(await endBatches(change.tx, this.#id, { status, error, report }))) return;
      await tellImported(change, file, recorded);
    });
  }

  async #take(change: Change, from: number, batch: number): Promise<RecordedRun[]> {
    const { file, plan } = this.#many;
    const about = {
      ...file,
      importId: this.#id,
      source: plan.source,
      models: new Map(),
      datasets: new Map(),
    };
    const made: RecordedRun[] = [];
    for (const run of plan.runs.slice(from, from + batch)) made.push(await recordRun(change, run, about));
    await moveBatches(change.tx, this.#id, this.#progress(from + made.length, made));
    return made;
  }

  /** Of runs instead of lines: the share of the file is that of its runs. */
  #progress(done: number, made: readonly RecordedRun[]) {
    const { file, plan } = this.#many;
    const all = [...this.#recorded, ...made];
    const before = all.filter((run) => run.before).map((run) => String(run.id));
    const held = before.length;
    const offset = Math.floor((file.bytes * done) / plan.runs.length);
    const first = beginning({ offset, line: done }, beganBy(authorise(this.#context, 'write:evals')), null);
    return { ...first, lines: done, added: done - held, held, runsRecordedBefore: before };
  }

  #turn<T>(making: typeof inChange, work: (change: Change) => Promise<T>): Promise<T> {
    return inTeamTurn(this.#context, work, { making, pausesMs: this.#many.pausesMs });
  }
}
