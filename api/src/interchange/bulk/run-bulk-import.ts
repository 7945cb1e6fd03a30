import { randomUUID } from 'node:crypto';
import { actingStill } from '../../access/acting-still.ts';
import { type Change, inEnding, tellIn } from '../../access/change.ts';
import { may, type Principal } from '../../access/viewer.ts';
import type { Services } from '../../context.ts';
import { boundTo } from '../../platform/bound-database.ts';
import type { BulkConnection } from '../../platform/bulk-connection.ts';
import { databaseError } from '../../platform/database-error.ts';
import { log } from '../../platform/log.ts';
import { SEES_ALL } from '../../platform/rights.ts';
import { requestContext } from '../../request-context.ts';
import { endImport, type HeldImport, moveOn, selectBulkImport } from './bulk.store.ts';
import { type BulkFormat, type BulkLayout, bulkLayout } from './bulk-format.ts';
import { type BulkProgress, beganOf, reportOf } from './bulk-progress.ts';
import { type Batch, readBatches } from './read-batches.ts';
import { takingDocuments } from './take-documents.ts';
import { takingLineage } from './take-lineage.ts';
import type { TakeLines, Taken } from './take-lines.ts';

/** Lines a batch, unless told. */
const BATCH = 50_000;
/** Lines that may be refused before an import is given up. */
const MOST_REFUSED = 1_000;
const TRIES = 3;

export interface BulkJob {
  id: bigint;
  path: string;
  /** Lines a batch; 50,000 unless told. */
  batch?: number;
  /** Asked before each batch: whether to leave the rest for later. */
  stopped?: () => boolean;
}

/** Another process takes the same import on, or it has ended. */
class TakenOver extends Error {}
/** Whoever began it may no longer. */
class NoLonger extends Error {}

/**
 * Takes a bulk import from where it stands to its end, batch by batch, each in one transaction with its progress: a
 * process that is killed loses at most the batch at hand. What goes wrong inside is logged and ends the import, with
 * what was taken before; it rejects never, and answers whether the file is of no more use.
 */
export async function runBulkImport(services: Services, job: BulkJob): Promise<boolean> {
  const held = await selectBulkImport(boundTo(services.db, SEES_ALL), job.id).catch(() => undefined);
  if (held === undefined) return false;
  if (held?.status !== 'RUNNING') return true;
  const run = new Run(services, job, held);
  try {
    const error = await run.toItsEnd().catch((thrown) => {
      if (thrown instanceof TakenOver) return 'stopped' as const;
      return thrown instanceof NoLonger ? thrown.message : masked(thrown);
    });
    if (error === 'stopped') return false;
    await run.end(error);
    return true;
  } catch (error) {
    // A database that is gone: the next start goes on from the last batch.
    log.error({ error: String(error) }, 'a bulk import could not be ended');
    return false;
  } finally {
    await run.close();
  }
}

function masked(error: unknown): string {
  const reference = randomUUID();
  log.error({ reference, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  return `Something went wrong here. Quote ${reference} to whoever runs this installation, and send the file again: what was taken stays.`;
}

class Run {
  private progress: BulkProgress;
  private db: BulkConnection | null = null;
  private readonly services: Services;
  private readonly job: BulkJob;
  private readonly held: HeldImport;

  constructor(services: Services, job: BulkJob, held: HeldImport) {
    this.services = services;
    this.job = job;
    this.held = held;
    this.progress = held.progress;
  }

  /** Why it was given up; null at the file's end. */
  async toItsEnd(): Promise<string | null | 'stopped'> {
    const layout = await bulkLayout(this.job.path);
    if (layout === null || layout.format !== this.held.format) return 'The file changed while it was read.';
    const batches = readBatches(this.job.path, this.progress.next, layout.columns, this.job.batch ?? BATCH);
    try {
      return await this.takeAll(batches, layout);
    } finally {
      await batches.return(undefined);
    }
  }

  private async takeAll(
    batches: AsyncGenerator<Batch>,
    layout: BulkLayout,
  ): Promise<string | null | 'stopped'> {
    let take = this.taking(layout);
    // The next batch is read while the database is at work on this one.
    let coming = batches.next();
    for (;;) {
      const { value: batch, done } = await coming;
      if (done) return null;
      if (this.job.stopped?.()) return 'stopped';
      coming = batches.next();
      coming.catch(() => undefined);
      take = await this.takeAgain(batch, take, layout);
      if (this.progress.reasons.length > MOST_REFUSED) {
        this.progress.reasons.length = MOST_REFUSED;
        return `More than ${MOST_REFUSED.toLocaleString('en')} lines were refused by line ${batch.lastLine}: the rest was not read. What was taken stays.`;
      }
    }
  }

  /** Takes a batch, once more where others were changing the same things; answers what takes the next. */
  private async takeAgain(batch: Batch, begun: TakeLines, layout: BulkLayout): Promise<TakeLines> {
    let take = begun;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.takeBatch(batch, take);
        return take;
      } catch (error) {
        const code = databaseError(error)?.code;
        if ((code !== '40P01' && code !== '40001') || attempt === TRIES) throw error;
        // What it learned of things that were rolled back is worth nothing.
        take = this.taking(layout);
      }
    }
  }

  private taking({ format }: BulkLayout): TakeLines {
    return TAKING[format](this.services);
  }

  private async takeBatch(batch: Batch, take: TakeLines): Promise<void> {
    const db = await this.connection();
    const by = await this.writer();
    const to = await db.transaction(async () => {
      const change = this.changeOn(db, by);
      const { visibility } = this.progress;
      const taken = await take({ db, change, importId: this.job.id, records: batch.records, visibility });
      const next = movedBy(this.progress, batch, taken);
      if (!(await moveOn(db, this.job.id, this.progress, next))) throw new TakenOver();
      if (taken.added > 0) await this.tell(change, batch);
      return next;
    });
    this.progress = to;
  }

  /** Whoever sent the file, with the rights that they have now. */
  private async writer(): Promise<Principal> {
    const by = await actingStill(this.services, beganOf(this.progress));
    const allowed = by !== null && may(by, 'write:lineage').allowed && may(by, 'read').allowed;
    if (by === null || !allowed || !by.teamIds.includes(this.held.teamId))
      throw new NoLonger(
        'Whoever sent the file may no longer record lineage for their team. What was taken stays.',
      );
    return by;
  }

  private changeOn(db: BulkConnection, by: Principal): Change {
    const { teamId } = this.held;
    const party = { actorId: by.actorId, teamId };
    return {
      tx: db.tx,
      context: requestContext(this.services, by),
      by,
      teamId,
      event: tellIn(db.tx, party),
    };
  }

  private tell(change: Change, batch: Batch): Promise<void> {
    const { fileName, format, digest, visibility } = this.held;
    const { firstLine, lastLine, content } = batch;
    return change.event(
      { type: 'LINES_IMPORTED', fileName, format, digest, firstLine, lastLine, content },
      { visibility },
    );
  }

  /** Ends the import, and waits until all that it recorded is certain to be seen. */
  async end(error: string | null): Promise<void> {
    const began = beganOf(this.progress);
    const by: Principal = {
      kind: 'principal',
      actorKind: 'PERSON',
      name: '',
      role: 'INVESTIGATOR',
      teamIds: [this.held.teamId],
      ...began,
      scopes: new Set(began.scopes),
    };
    const context = requestContext(this.services, by);
    const { fileName, format, digest, visibility } = this.held;
    await inEnding(context, 'write:lineage', async ({ tx, event }) => {
      const report = reportOf(this.progress);
      const status = error === null ? 'SUCCEEDED' : 'FAILED';
      if (!(await endImport(tx, this.job.id, { status, error, report }))) return;
      await event({ type: 'LOG_IMPORTED', fileName, format, digest, ref: null }, { visibility });
    });
  }

  private async connection(): Promise<BulkConnection> {
    this.db ??= await this.services.openBulk();
    return this.db;
  }

  async close(): Promise<void> {
    await this.db?.close();
  }
}

const TAKING: Readonly<Record<BulkFormat, (services: Services) => TakeLines>> = {
  'lineage-jsonl': ({ ids }) => takingLineage(ids),
  'lineage-csv': ({ ids }) => takingLineage(ids),
  'documents-jsonl': ({ ids }) => takingDocuments(ids),
  'documents-csv': ({ ids }) => takingDocuments(ids),
};

function movedBy(before: BulkProgress, batch: Batch, taken: Taken): BulkProgress {
  const { records, broken, firstLine, lastLine, next } = batch;
  const refused = [...broken, ...taken.refused].sort((a, b) => a.line - b.line);
  const { givenBack } = taken;
  const back = givenBack === null ? 0 : records.length - taken.refused.length;
  return {
    ...before,
    next,
    lines: before.lines + records.length + broken.length,
    added: before.added + taken.added,
    held: before.held + taken.held,
    refused: before.refused + refused.length + back,
    reasons: [...before.reasons, ...refused, ...(givenBack?.because ?? [])],
    givenBack:
      givenBack === null
        ? before.givenBack
        : [...before.givenBack, { from: firstLine, to: lastLine, lines: back, reason: givenBack.reason }],
  };
}
