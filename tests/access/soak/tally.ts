// What a soak has found so far, and how it is told.
import { unreachable } from '../coverage.ts';
import type { FromWorker, Phase } from './messages.ts';

interface Difference {
  seed: number;
  what: string;
}

/** From so many worlds on, whatever can be reached has to have been: the run of all tests does it with as many. */
const WORLDS_THAT_REACH_ALL = 30;

export class Tally {
  readonly #wanted: number;
  readonly #began = Date.now();
  readonly #pairs: Record<Phase, number> = { reading: 0, changing: 0, unseen: 0, judging: 0 };
  readonly #residuals = new Map<string, number>();
  readonly #hit = new Set<string>();
  readonly #differences: Difference[] = [];
  #all: readonly string[] = [];
  #worlds = 0;
  #documents = 0;
  #hidden = 0;
  #resolved = 0;
  #done = 0;
  #said = 0;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  /** Takes in what was found; answers with what is to be told of it at once. */
  add(found: FromWorker): string[] {
    switch (found.kind) {
      case 'ready':
        this.#all = found.all;
        return [];
      case 'failed':
        return [
          this.#differ(found.seed, `${found.who}, ${found.phase}, could not be compared: ${found.error}`),
        ];
      case 'done':
        this.#worlds += 1;
        this.#resolved += found.resolved;
        for (const coordinate of found.hit) this.#hit.add(coordinate);
        return [];
      case 'compared':
        this.#pairs[found.phase] += 1;
        this.#documents += found.asked;
        this.#hidden += found.hidden;
        if (found.phase === 'judging') this.#said += found.done;
        else this.#done += found.done;
        for (const why of found.residuals) this.#residuals.set(why, (this.#residuals.get(why) ?? 0) + 1);
        return found.differences.map((what) => this.#differ(found.seed, `${found.phase}: ${what}`));
    }
  }

  /** A world that was not compared to its end. */
  lost(seed: number, why: string): string {
    return this.#differ(seed, why);
  }

  #differ(seed: number, what: string): string {
    this.#differences.push({ seed, what });
    return `Difference ${this.#differences.length}, in world ${seed}: ${what.split('\n')[0]}`;
  }

  progress(): string {
    const left = ((Date.now() - this.#began) / this.#worlds) * (this.#wanted - this.#worlds);
    const long = this.#worlds === 0 ? '' : `, ${duration(left)} left`;
    return `${this.#worlds} of ${this.#wanted} worlds, ${this.#differences.length} differences${long}`;
  }

  /** Coordinates that such readers can reach and none did. */
  get #missed(): string[] {
    return this.#all.filter((coordinate) => !this.#hit.has(coordinate) && !unreachable(coordinate));
  }

  get failed(): boolean {
    const reached = this.#worlds < WORLDS_THAT_REACH_ALL || this.#missed.length === 0;
    return this.#differences.length > 0 || !reached;
  }

  report(): string {
    const { reading, changing, unseen, judging } = this.#pairs;
    const seeds = [...new Set(this.#differences.map(({ seed }) => seed))].sort((a, b) => a - b);
    const missed = this.#missed;
    const lines = [
      ...this.#differences.map(({ seed, what }, i) => `\nDifference ${i + 1}, in world ${seed}: ${what}\n`),
      ...seeds.map((seed) => `Again: npm run soak:worlds -- --from ${seed} --worlds 1`),
      `Worlds: ${count(this.#worlds)} of ${count(this.#wanted)}, in ${duration(Date.now() - this.#began)}.`,
      `Pairs of a world and a principal: ${count(reading + changing + unseen + judging)}, of whom ${count(reading)} read, ${count(changing)} tried changes, ${count(unseen)} read once others had made ${count(this.#done)} changes that they do not see and ${count(judging)} read the ${count(this.#said)} outcomes that rules said.`,
      `Documents put to both worlds: ${count(this.#documents)}; fields resolved: ${count(this.#resolved)}.`,
      `Rows hidden, over all pairs: ${count(this.#hidden)}.`,
      `Coverage: ${this.#hit.size} of ${this.#all.length} fields of the schema${missed.length === 0 ? ', all that can be reached' : `; not reached: ${missed.join(', ')}`}.`,
      ...[...this.#residuals].map(([why, n]) => `Residual, ${count(n)} times: ${why}`),
      `Differences: ${count(this.#differences.length)}.`,
    ];
    return `${lines.join('\n')}\n`;
  }
}

const count = (n: number) => n.toLocaleString('en');

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return `${Math.round(ms / 1000)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
