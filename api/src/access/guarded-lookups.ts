import { createHash } from 'node:crypto';
import { Budget } from '../platform/budget.ts';
import { AccessRefusal } from '../platform/refusal.ts';
import { inSeconds } from '../platform/seconds.ts';
import type { Viewer } from './viewer.ts';

const FAILURES = 120;
const WINDOW_SECONDS = 60;
const MOST_KNOWN = 10_000;

/**
 * Keeps a flood of unknown credentials from the database: one network may send so many a minute. Credentials that
 * were good a while ago are looked up all the same, so that nobody is shut out by a neighbour; being remembered
 * lets nobody in, since the row is still read at every use.
 */
export class GuardedLookups {
  readonly #failures: Budget;
  readonly #known = new Set<string>();

  constructor(failures = FAILURES) {
    this.#failures = new Budget(failures, WINDOW_SECONDS);
  }

  async look(
    network: string,
    header: string | undefined,
    authenticate: () => Promise<Viewer>,
  ): Promise<Viewer> {
    if (header === undefined || header === '') return authenticate();
    const name = createHash('sha256').update(header).digest('base64');
    // Taken beforehand, so that many at once are counted too; given back to whoever proves known.
    const known = this.#known.has(name);
    if (!known) this.#take(network, 1);
    try {
      const viewer = await authenticate();
      if (!known) this.#remember(network, name);
      return viewer;
    } catch (error) {
      this.#known.delete(name);
      throw error;
    }
  }

  #take(network: string, cost: number): void {
    const spent = this.#failures.spend(network, cost);
    if (spent.granted) return;
    const seconds = spent.retryAfterSeconds;
    throw new AccessRefusal(
      'RATE_LIMITED',
      `Too many unknown credentials: wait ${inSeconds(seconds)}.`,
      seconds,
    );
  }

  #remember(network: string, name: string): void {
    this.#failures.spend(network, -1);
    this.#known.add(name);
    const [oldest] = this.#known;
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}
