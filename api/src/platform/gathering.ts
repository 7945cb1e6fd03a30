export interface GatheringOptions<I, O> {
  /** Does all at once, and answers one for each, in order; what it throws is thrown at each of them. */
  work(items: readonly I[]): Promise<readonly O[]>;
  /** So many go together at most. */
  most: number;
  /** So many groups are under way at once. */
  places: number;
  /** Whoever waited so long for a place is turned away, with what `tooLong` makes. */
  longestWaitMs: number;
  tooLong(): Error;
}

interface Waiting<I, O> {
  item: I;
  resolve(answer: O): void;
  reject(failure: unknown): void;
  patience: NodeJS.Timeout;
}

/**
 * Lets those who come while others are served go together: nobody waits where a place is free, and the more come, the
 * more go at once. Those that one turn of the event loop brings go together too.
 */
export class Gathering<I, O> {
  readonly #options: GatheringOptions<I, O>;
  #waiting: Waiting<I, O>[] = [];
  #underWay = 0;
  #called = false;

  constructor(options: GatheringOptions<I, O>) {
    this.#options = options;
  }

  join(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      const one: Waiting<I, O> = {
        ...{ item, resolve, reject },
        patience: setTimeout(() => this.#turnAway(one), this.#options.longestWaitMs),
      };
      this.#waiting.push(one);
      if (this.#called) return;
      this.#called = true;
      setImmediate(() => {
        this.#called = false;
        this.#go();
      });
    });
  }

  #go(): void {
    while (this.#underWay < this.#options.places && this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#options.most);
      for (const { patience } of group) clearTimeout(patience);
      this.#underWay += 1;
      void this.#serve(group);
    }
  }

  async #serve(group: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const answers = await this.#options.work(group.map(({ item }) => item));
      group.forEach(({ resolve }, i) => {
        resolve(answers[i]!);
      });
    } catch (failure) {
      for (const { reject } of group) reject(failure);
    } finally {
      this.#underWay -= 1;
      this.#go();
    }
  }

  #turnAway(one: Waiting<I, O>): void {
    this.#waiting = this.#waiting.filter((other) => other !== one);
    one.reject(this.#options.tooLong());
  }
}
