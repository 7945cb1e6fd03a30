import type { Services } from '../context.ts';
import { boundTo } from '../platform/bound-database.ts';
import { log } from '../platform/log.ts';
import { SEES_ALL } from '../platform/rights.ts';
import { deleteRecording, postponeRecording, selectWaiting } from './examine.store.ts';
import { examineRecording } from './examine-recording.ts';

const AT_ONCE = 50;
const PAUSE_MS = 1_000;
/** While the database does not answer. */
const LONG_PAUSE_MS = 30_000;

/**
 * Has the rules look at what was recorded, soon after it was. What waits lies in the database, put there by the transaction
 * that recorded it: a server that stops in between leaves it for the next start, or for another server.
 */
export class RegressionWatch {
  private readonly services: Services;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(services: Services) {
    this.services = services;
  }

  start(pause = PAUSE_MS): void {
    this.timer = setTimeout(() => {
      this.running = this.lookAndGoOn();
    }, pause);
    this.timer.unref();
  }

  private async lookAndGoOn(): Promise<void> {
    let pause = PAUSE_MS;
    try {
      await this.drain();
    } catch (error) {
      pause = LONG_PAUSE_MS;
      log.error({ error: String(error) }, 'the regression watch could not look');
    }
    if (!this.stopping) this.start(pause);
  }

  /** Looks at all that waits now; what fails is tried again later. */
  async drain(): Promise<void> {
    const all = boundTo(this.services.db, SEES_ALL);
    for (;;) {
      const waiting = await selectWaiting(all, AT_ONCE);
      if (waiting.length === 0) return;
      for (const recording of waiting) {
        if (this.stopping) return;
        try {
          await examineRecording(this.services, recording);
          await deleteRecording(all, recording.id);
        } catch (error) {
          log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a rule could not look');
          await postponeRecording(all, recording);
        }
      }
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }
}
