/** What taking from a budget came to. */
export interface Spent {
  granted: boolean;
  /** What is left, in whole units. */
  left: number;
  quota: number;
  windowSeconds: number;
  /** Until enough is there for what was refused; 0 where it was granted. */
  retryAfterSeconds: number;
  /** Until the budget is whole again. */
  resetSeconds: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** Buckets kept at most; beyond, the ones untouched longest are forgotten, which gives their owners a whole one. */
const MOST_BUCKETS = 50_000;

/** Token buckets by key, kept in this process: each refills steadily and holds one window's worth at most. */
export class Budget {
  readonly #quota: number;
  readonly #windowSeconds: number;
  readonly #most: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(quota: number, windowSeconds: number, most = MOST_BUCKETS) {
    this.#quota = quota;
    this.#windowSeconds = windowSeconds;
    this.#most = most;
  }

  /** Takes `cost` (gives it back where negative), or nothing where so much is not left; at most the whole. */
  spend(key: string, cost: number, now = Date.now()): Spent {
    const rate = this.#quota / this.#windowSeconds;
    const before = this.#buckets.get(key) ?? { left: this.#quota, at: now };
    const refilled = Math.min(this.#quota, before.left + (Math.max(0, now - before.at) / 1000) * rate);
    const wanted = Math.min(cost, this.#quota);
    const granted = wanted <= refilled;
    const left = granted ? Math.min(this.#quota, refilled - wanted) : refilled;
    // Set anew, so that the map's order is that of last use.
    this.#buckets.delete(key);
    this.#buckets.set(key, { left, at: now });
    if (this.#buckets.size > this.#most) this.#forgetOldest();
    return {
      granted,
      left: Math.floor(left),
      quota: this.#quota,
      windowSeconds: this.#windowSeconds,
      retryAfterSeconds: granted ? 0 : Math.max(1, Math.ceil((wanted - refilled) / rate)),
      resetSeconds: Math.ceil((this.#quota - left) / rate),
    };
  }

  get size(): number {
    return this.#buckets.size;
  }

  #forgetOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}

/** The headers of the IETF's draft on rate limits, and Retry-After where the request was refused. */
export function budgetHeaders(spent: Spent): Record<string, string> {
  return {
    'ratelimit-policy': `"rows";q=${spent.quota};w=${spent.windowSeconds}`,
    ratelimit: `"rows";r=${spent.left};t=${spent.resetSeconds}`,
    ...(spent.granted ? {} : { 'retry-after': String(spent.retryAfterSeconds) }),
  };
}
