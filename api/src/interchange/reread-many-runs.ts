// Kept files of many eval runs, read again: recorded in batches that last, and told of when all of it is read.
import { type Change, inChange, inEnding } from '../access/change.ts';
import type { Context } from '../context.ts';
import { MOST_LISTED } from '../platform/listed.ts';
import { log } from '../platform/log.ts';
import { AccessRefusal, BusyRefusal, Refusal } from '../platform/refusal.ts';
import type { Turns } from '../platform/turns.ts';
import { inTeamTurn, RUNS_A_BATCH } from './batch-turns.ts';
import { type RunRead, selectMadeElsewhere, selectRunsRead } from './import-reading.store.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { UnfitLog } from './plan-values.ts';
import type { ImportPlan } from './planned.ts';
import { changesOfRun, cutChanges, earlierOf } from './reading-changes.ts';
import { aboutFile, type Reread, recordReading } from './record-reading.ts';
import { type RecordedRun, recordRun } from './record-run.ts';
import {
  breakRereadingOff,
  closeRereading,
  type Gathered,
  moveRereading,
  openRereading,
  selectGathered,
  selectMadeAmong,
  selectMadeSince,
  selectOpenRereading,
} from './rereading.store.ts';

export interface BatchesOf {
  /** Runs a batch; 50 unless told. */
  batch?: number;
  /** How long it waits each time that it finds no turn; as every import does unless told. */
  pausesMs?: readonly number[];
}

/** On record from then on: `goOnRereading` reads on after it has committed. */
export function beginRereading({ tx, by }: Change, { row, plan }: Reread): Promise<void> {
  return openRereading(tx, row.id, plan.runs.length, by.actorId);
}

/** What goes on in a server already, and the queue that it stands in. */
interface Going {
  imports: Set<bigint>;
  inTurn: ReturnType<typeof oneAtATime>;
}

/** By server: several of them stand in one process in tests. */
const going = new WeakMap<Turns, Going>();

function goingIn(turns: Turns): Going {
  const here = going.get(turns) ?? { imports: new Set(), inTurn: oneAtATime() };
  going.set(turns, here);
  return here;
}

/**
 * Records batch by batch what a file says to today's reader, and its reading at the end: the same as if all of it had
 * been one change. Does nothing where no rereading of the import is open, or goes on here already. What breaks it off is
 * kept with it, and it is gone on with when it is asked for again: runs that it made are known by being newer than it.
 */
export async function goOnRereading(context: Context, reread: Reread, how: BatchesOf = {}): Promise<void> {
  const { imports, inTurn } = goingIn(context.turns);
  const importId = reread.row.id;
  if (imports.has(importId)) return;
  imports.add(importId);
  try {
    // Each batch waits for its team's turn in a turn of the server's: many at once would leave none to other changes.
    await inTurn(async () => {
      const id = await selectOpenRereading(context.beyondSight, importId);
      if (id !== null) await new Rereading(context, reread, id, how).all();
    });
  } finally {
    imports.delete(importId);
  }
}

/** The same after the answer, where nobody waits for it. */
export function goOnAfterwards(context: Context, reread: Reread): void {
  goOnRereading(context, reread).catch((error: unknown) =>
    log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a rereading was broken off'),
  );
}

const NO_LONGER =
  'Whoever had it read may no longer record eval runs for their team, with the rights that they had, or their session or token was ended.';
const NOT_NOW = 'Too many changes were being made at once.';

type Recorded = RecordedRun & { plan: ImportPlan };

/** What a batch must know of those before it. */
interface Gone {
  /** The runs that the file had been read as, moved on with what is made. */
  read: ReadonlyMap<string, RunRead>;
  /** The runs that were gone through: one that comes twice in the file is found recorded the second time. */
  seen: ReadonlySet<bigint>;
}

class Rereading {
  readonly #context: Context;
  readonly #reread: Reread;
  readonly #id: bigint;
  readonly #how: BatchesOf;
  /** As of the last batch that was taken. */
  #gone: Gone | null = null;
  /** What was said here of rules and what these measure: where it is gone on with, of the runs that are made from then on. */
  readonly #ofRules = new Set<string>();

  constructor(context: Context, reread: Reread, id: bigint, how: BatchesOf) {
    this.#context = context;
    this.#reread = reread;
    this.#id = id;
    this.#how = how;
  }

  async all(): Promise<void> {
    const { runs } = this.#reread.plan;
    const { batch = RUNS_A_BATCH } = this.#how;
    try {
      for (let from = 0; from < runs.length; from += batch) {
        const gone = await this.#turn(inChange, (change) => this.#take(change, from, batch));
        if (gone === null) return;
        this.#gone = gone;
      }
      await this.#turn(inChange, (change) => this.#end(change));
    } catch (error) {
      if (error instanceof BusyRefusal) await this.#breakOff(NOT_NOW);
      else if (error instanceof AccessRefusal) await this.#breakOff(NO_LONGER);
      else if (error instanceof Refusal || error instanceof UnfitLog) await this.#breakOff(error.message);
      else throw error;
    }
  }

  /** Records the runs of one batch; null where another request has ended the reading meanwhile. */
  async #take(change: Change, from: number, batch: number): Promise<Gone | null> {
    const { tx, by } = change;
    const gathered = await selectGathered(tx, this.#id, by.actorId);
    if (gathered === null) return null;
    const { row, plan } = this.#reread;
    const plans = plan.runs.slice(from, from + batch);
    const gone = this.#gone ?? {
      read: await selectRunsRead(tx, row.id, gathered.newestBefore),
      seen: new Set(),
    };
    const about = aboutFile(this.#reread);
    const recorded: Recorded[] = [];
    for (const plan of plans) recorded.push({ ...(await recordRun(change, plan, about)), plan });
    const now = await this.#gather(change, gathered, gone, recorded);
    await moveRereading(tx, this.#id, from + plans.length, gathered, by.actorId);
    return now;
  }

  /** Adds to `gathered` what the runs of a batch came to. */
  async #gather(
    { tx }: Change,
    gathered: Gathered,
    gone: Gone,
    recorded: readonly Recorded[],
  ): Promise<Gone> {
    const ids = recorded.map((run) => run.id);
    const own = await selectMadeAmong(tx, this.#reread.row.id, gathered.newestBefore, ids);
    const read = new Map(gone.read);
    const seen = new Set(gone.seen);
    const warnings = new Set(gathered.warnings);
    for (const run of recorded) {
      // Made before it was broken off, and told of then.
      const told = run.before && own.has(run.id) && !seen.has(run.id);
      seen.add(run.id);
      if (!told) for (const warning of run.warnings) warnings.add(warning);
      for (const warning of run.ofRules) this.#ofRules.add(warning);
      if (!run.before) {
        gathered.made += 1;
        gathered.changes.push(...(await changesOfRun(tx, earlierOf(run.plan, read), run)));
      }
      if (!run.before || told) read.set(run.plan.runIdentity, run);
    }
    const found = await selectMadeElsewhere(tx, this.#reread.row.id, ids);
    gathered.found = [...new Set([...gathered.found, ...found])];
    gathered.warnings = [...warnings].slice(0, MOST_LISTED);
    gathered.changes = cutChanges(gathered.changes);
    return { read, seen };
  }

  async #end(change: Change): Promise<void> {
    const { tx, by } = change;
    const gathered = await selectGathered(tx, this.#id, by.actorId);
    if (gathered === null || !(await closeRereading(tx, this.#id))) return;
    const { row } = this.#reread;
    const made = await selectMadeSince(tx, row.id, gathered.newestBefore, MOST_LISTED);
    await recordReading(change, this.#reread, { ...gathered, ofRules: [...this.#ofRules], runs: made });
  }

  #breakOff(why: string): Promise<void> {
    const error = `${why} What was recorded stays: have it read again, and it is gone on with.`;
    return this.#turn(inEnding, ({ tx, by }) => breakRereadingOff(tx, this.#id, error, by.actorId));
  }

  #turn<T>(making: typeof inChange, work: (change: Change) => Promise<T>): Promise<T> {
    return inTeamTurn(this.#context, work, { making, pausesMs: this.#how.pausesMs });
  }
}
