import type { Db } from './database.ts';

/** The latest moment up to which everything recorded has certainly committed, by the database's clock. */
export async function certainMoment(db: Pick<Db, '$queryRaw'>): Promise<Date> {
  const [row] = await db.$queryRaw<[{ moment: Date }]>`select certain_moment() as moment`;
  return row.moment;
}

const BETWEEN_LOOKS_MS = 2;

interface Waiting {
  moment: Date;
  until: number;
  resolve: () => void;
  reject: (failure: unknown) => void;
}

/**
 * Waits for moments to become certain. However many wait, one looks: a look is a statement, and writers that each
 * looked for themselves would keep one another from ending.
 */
export class CertainMoments {
  readonly #db: Pick<Db, '$queryRaw'>;
  readonly #waiting = new Set<Waiting>();
  #looking = false;

  constructor(db: Pick<Db, '$queryRaw'>) {
    this.#db = db;
  }

  /** Resolves once `moment` is certain, or after so many milliseconds regardless; rejects where looking fails. */
  reached(moment: Date, longestMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.add({ moment, until: Date.now() + longestMs, resolve, reject });
      if (!this.#looking) void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#waiting.size > 0) {
      // Who begins to wait during a look may have committed after it began: it is not for them.
      const asked = [...this.#waiting];
      try {
        const certain = await certainMoment(this.#db);
        for (const one of asked)
          if (certain >= one.moment || Date.now() >= one.until) this.#end(one, one.resolve);
      } catch (error) {
        for (const one of asked) this.#end(one, () => one.reject(error));
      }
      if (this.#waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
    }
    this.#looking = false;
  }

  #end(one: Waiting, tell: () => void): void {
    this.#waiting.delete(one);
    tell();
  }
}
