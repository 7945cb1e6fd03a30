import { readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beganBy } from '../../access/acting-still.ts';
import { authorise, inChange } from '../../access/change.ts';
import type { Context, Services } from '../../context.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import { boundTo } from '../../platform/bound-database.ts';
import { shownFileName } from '../../platform/file-name.ts';
import { AccessRefusal } from '../../platform/refusal.ts';
import { SEES_ALL } from '../../platform/rights.ts';
import { takeTurn } from '../import.store.ts';
import { measureFile } from '../measure-file.ts';
import { insertBulkImport, reopenImport, selectBulkImport, selectOwnImport } from './bulk.store.ts';
import type { BulkLayout } from './bulk-format.ts';
import { beginning } from './bulk-progress.ts';
import { runBulkImport } from './run-bulk-import.ts';

export interface BulkOutcome {
  id: bigint;
  /** These very bytes had been taken in whole: nothing is done. */
  alreadyImported: boolean;
}

/**
 * What one user or service account may have waiting or under way here: files are taken in one after another, and lie on
 * this disk until then.
 */
const MOST_WAITING = 100;
const MOST_WAITING_BYTES = 16 * 1024 ** 3;
const RETRY_SECONDS = 60;

interface Waiting {
  actorId: bigint;
  bytes: number;
}

const KEPT = /^bulk-(\d{1,19})$/;

/** The bulk imports of one server: one runs at a time, and what a stopped server left is gone on with. */
export class BulkImports {
  private readonly services: Services;
  private readonly folder: string;
  private readonly batch: number | undefined;
  private readonly mostWaiting: number;
  private readonly waiting = new Map<bigint, Waiting>();
  private last: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(services: Services, options: { batch?: number; mostWaiting?: number } = {}) {
    this.services = services;
    this.folder = join(services.dataFolder, 'imports');
    this.batch = options.batch;
    this.mostWaiting = options.mostWaiting ?? MOST_WAITING;
  }

  /**
   * Begins an import of a file, which is moved away from its path, and answers before it has ended. The same bytes
   * again from the same person go on with an import that was broken off, try once more what was refused, or change
   * nothing. Throws AccessRefusal where the viewer may not write lineage.
   */
  async take(
    context: Context,
    file: { path: string; name: string; layout: BulkLayout; visibility?: VisibilityWord | null },
  ): Promise<BulkOutcome> {
    authorise(context, 'read');
    const by = authorise(context, 'write:lineage');
    const { digest, bytes } = await measureFile(file.path);
    const progress = beginning(file.layout.first, beganBy(by), file.visibility ?? null);
    const outcome = await inChange(context, 'write:lineage', async ({ tx, teamId }): Promise<BulkOutcome> => {
      await takeTurn(tx, teamId);
      const party = { teamId, actorId: by.actorId };
      const held = await selectOwnImport(tx, party, digest);
      if (held?.status === 'SUCCEEDED' && held.progress.refused === 0)
        return { id: held.id, alreadyImported: true };
      if (held === null || !this.waiting.has(held.id)) this.checkRoom(by.actorId, bytes);
      if (held?.status === 'SUCCEEDED') await reopenImport(tx, held.id, progress);
      if (held !== null) return { id: held.id, alreadyImported: false };
      const { format } = file.layout;
      const fileName = shownFileName(file.name);
      // What is refused is told by the names that its sender sees: nobody else reads it but who reads all.
      const kept = { format, fileName, digest, bytes, visibility: 'RESTRICTED' as const };
      return { id: await insertBulkImport(tx, party, kept, progress), alreadyImported: false };
    });
    if (!outcome.alreadyImported && !this.waiting.has(outcome.id)) {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await rename(file.path, this.pathOf(outcome.id));
      this.enqueue(outcome.id, { actorId: by.actorId, bytes });
    }
    return outcome;
  }

  /** Goes on with the imports whose files a stopped server left here. */
  async goOn(): Promise<void> {
    const all = boundTo(this.services.db, SEES_ALL);
    for (const name of namesIn(this.folder)) {
      const id = KEPT.exec(name)?.[1];
      if (id === undefined) continue;
      const held = await selectBulkImport(all, BigInt(id)).catch(() => undefined);
      if (held === undefined) return;
      if (held?.status === 'RUNNING')
        this.enqueue(held.id, { actorId: held.actorId, bytes: Number(held.bytes) });
      else await rm(join(this.folder, name), { force: true });
    }
  }

  /** Resolves when nothing is running or waiting. */
  async idle(): Promise<void> {
    while (this.waiting.size > 0) await this.last;
  }

  /** Lets the batch at hand end, and leaves the rest for the next start. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.last;
  }

  private pathOf(id: bigint): string {
    return join(this.folder, `bulk-${id}`);
  }

  private checkRoom(actorId: bigint, bytes: number): void {
    const theirs = [...this.waiting.values()].filter((one) => one.actorId === actorId);
    const all = theirs.reduce((sum, one) => sum + one.bytes, bytes);
    if (theirs.length < this.mostWaiting && all <= MOST_WAITING_BYTES) return;
    throw new AccessRefusal(
      'RATE_LIMITED',
      `${theirs.length} files of yours wait to be taken in, and no more than ${this.mostWaiting} do, nor more than ${MOST_WAITING_BYTES / 1024 ** 3} GiB: wait until some have been.`,
      RETRY_SECONDS,
    );
  }

  private enqueue(id: bigint, { actorId, bytes }: Waiting): void {
    if (this.waiting.has(id)) return;
    this.waiting.set(id, { actorId, bytes });
    this.last = this.last.then(() => this.run(id)).finally(() => this.waiting.delete(id));
  }

  private async run(id: bigint): Promise<void> {
    if (this.stopping) return;
    const path = this.pathOf(id);
    const stopped = () => this.stopping;
    const more = this.batch === undefined ? {} : { batch: this.batch };
    const spent = await runBulkImport(this.services, { id, path, stopped, ...more });
    if (spent) await rm(path, { force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
