import type { MemoryBudget } from '../formats/memory-budget.ts';
import type { Grading, Judge } from './judges-of-result.ts';

/** By which judges each score of a run was given, over all its results, each judge once. */
export class JudgesOfRun {
  readonly #byScore = new Map<string, Map<string, Judge>>();
  readonly #known = new Map<string, Judge>();
  readonly #budget: MemoryBudget;

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
  }

  /** `metrics` are the named scores that the result states. */
  add(grading: Grading, metrics: readonly string[]): void {
    this.#addTo('success', grading.judges);
    this.#addTo('score', grading.judges);
    for (const metric of metrics) this.#addTo(`namedScores/${metric}`, grading.ofMetric(metric));
  }

  /** In one order, whatever that of the results; empty where none is told. */
  of(score: string): Judge[] {
    const judges = this.#byScore.get(score) ?? new Map<string, Judge>();
    return [...judges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, judge]) => judge);
  }

  /** Whether anything but code judged. */
  get isJudged(): boolean {
    return [...this.#known.values()].some(({ kind }) => kind !== 'STRING_MATCH');
  }

  #addTo(score: string, judges: readonly Judge[]): void {
    const held = this.#byScore.get(score) ?? new Map<string, Judge>();
    this.#byScore.set(score, held);
    for (const judge of judges) {
      const { key } = judge;
      if (held.has(key)) continue;
      let known = this.#known.get(key);
      if (known === undefined) {
        known = judge;
        this.#known.set(key, judge);
        this.#budget.take(key, judge.rubric?.text ?? null);
      }
      this.#budget.take(null);
      held.set(key, known);
    }
  }
}
