/**
 * Counts failures within a window and says how long to wait; kept in memory, one map a process. The map is in the
 * order of the last failure: when it is full, those who failed longest ago are forgotten, and nobody else.
 */
export class Throttle {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #mostKeys: number;
  readonly #failures = new Map<string, number[]>();

  constructor(most: number, windowMs: number, mostKeys = 50_000) {
    this.#most = most;
    this.#windowMs = windowMs;
    this.#mostKeys = mostKeys;
  }

  /** Seconds until `key` may try again; 0 where it may now. */
  wait(key: string, now: number): number {
    const recent = this.#recent(key, now);
    return recent.length < this.#most ? 0 : Math.ceil((recent[0]! + this.#windowMs - now) / 1000);
  }

  fail(key: string, now: number): void {
    const recent = [...this.#recent(key, now), now].slice(-this.#most);
    this.#failures.delete(key);
    this.#failures.set(key, recent);
    for (const [oldest, failures] of this.#failures) {
      const isOver = failures.at(-1)! <= now - this.#windowMs;
      if (!isOver && this.#failures.size <= this.#mostKeys) break;
      this.#failures.delete(oldest);
    }
  }

  succeed(key: string): void {
    this.#failures.delete(key);
  }

  /** Takes one failure back: the try that was counted beforehand turned out well. */
  forgive(key: string, at: number): void {
    const failures = this.#failures.get(key);
    const index = failures?.lastIndexOf(at) ?? -1;
    if (failures === undefined || index < 0) return;
    failures.splice(index, 1);
    if (failures.length === 0) this.#failures.delete(key);
  }

  get size(): number {
    return this.#failures.size;
  }

  #recent(key: string, now: number): number[] {
    return (this.#failures.get(key) ?? []).filter((at) => at > now - this.#windowMs);
  }
}

/** What an address counts as: an IPv6 customer has a whole /64, an IPv4 address may come dressed as IPv6. */
export function throttleKey(address: string | null): string {
  if (address === null) return 'local';
  const plain = address.split('%')[0]!.toLowerCase();
  const four = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (four !== undefined) return four;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...back].map((group) =>
    Number.parseInt(group, 16),
  );
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}
