import { Semaphore, withTimeout } from 'async-mutex';

/** Lets so many changes run at once that a connection stays free for what they read beside their transactions. */
export interface Turns {
  /** Runs `work` when its turn has come; TurnNeverCame where it waited too long. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

export class TurnNeverCame extends Error {
  constructor() {
    super('Too many changes are waiting.');
  }
}

const LONGEST_WAIT_MS = 10_000;

/**
 * Turns for a pool of so many connections, two at the least. A change holds one for its transaction and reads over
 * others: were all held by changes, each would wait for the others until the database ended them.
 */
export function turnsOf(poolSize: number, longestWaitMs = LONGEST_WAIT_MS): Turns {
  const reading = Math.max(1, Math.ceil(poolSize / 3));
  const turns = withTimeout(
    new Semaphore(Math.max(1, poolSize - reading)),
    longestWaitMs,
    new TurnNeverCame(),
  );
  return { take: (work) => turns.runExclusive(work) };
}
