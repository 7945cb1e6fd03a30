/** Counts failures within a window and says how long to wait; kept in memory, one map a process. */
export class Throttle {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #failures = new Map<string, number[]>();

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Seconds until `key` may try again; 0 where it may now. */
  wait(key: string, now: number): number {
    const recent = this.#recent(key, now);
    return recent.length < this.#most ? 0 : Math.ceil((recent[0]! + this.#windowMs - now) / 1000);
  }

  fail(key: string, now: number): void {
    if (this.#failures.size > 10_000) this.#failures.clear();
    this.#failures.set(key, [...this.#recent(key, now), now].slice(-this.#most));
  }

  succeed(key: string): void {
    this.#failures.delete(key);
  }

  #recent(key: string, now: number): number[] {
    return (this.#failures.get(key) ?? []).filter((at) => at > now - this.#windowMs);
  }
}
