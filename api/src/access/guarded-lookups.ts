import { createHash } from 'node:crypto';
import { Budget } from '../platform/budget.ts';
import { AccessRefusal } from '../platform/refusal.ts';
import { inSeconds } from '../platform/seconds.ts';
import type { Viewer } from './viewer.ts';

const FAILURES = 120;
const WINDOW_SECONDS = 60;
const MOST_KNOWN = 10_000;

export interface Authenticating {
  /** What a header has the database asked for: a session, or else a token; null for nothing. */
  credentialOf(header: string): { session: bigint | null } | null;
  authenticate(): Promise<Viewer>;
}

/**
 * Keeps a flood of unknown credentials from the database: one network may send so many a minute. Credentials that
 * were good a while ago are looked up all the same, so that nobody is shut out by a neighbour; being remembered
 * lets nobody in, since the row is still read at every use. A genuine access token, which is new every few minutes, is
 * counted by its session, which nobody else can name; what is forged asks the database for nothing, and is not counted.
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
    { credentialOf, authenticate }: Authenticating,
  ): Promise<Viewer> {
    const credential = header === undefined ? null : credentialOf(header);
    if (header === undefined || credential === null) return authenticate();
    const counted = credential.session === null ? network : `session ${credential.session}`;
    const name = createHash('sha256').update(header).digest('base64');
    // Taken beforehand, so that many at once are counted too; given back to whoever proves known.
    const known = this.#known.has(name);
    if (!known) this.#take(counted, 1);
    try {
      const viewer = await authenticate();
      if (!known) this.#remember(counted, name);
      return viewer;
    } catch (error) {
      // A database that is down says nothing of the credential.
      if (error instanceof AccessRefusal) this.#known.delete(name);
      else if (!known) this.#failures.spend(counted, -1);
      throw error;
    }
  }

  #take(counted: string, cost: number): void {
    const spent = this.#failures.spend(counted, cost);
    if (spent.granted) return;
    const seconds = spent.retryAfterSeconds;
    throw new AccessRefusal(
      'RATE_LIMITED',
      `Too many unknown credentials: wait ${inSeconds(seconds)}.`,
      seconds,
    );
  }

  #remember(counted: string, name: string): void {
    this.#failures.spend(counted, -1);
    this.#known.add(name);
    const [oldest] = this.#known;
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}
