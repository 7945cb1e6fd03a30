// Which tests a file is of: what an evaluation that is described in no words can be told from others by.
import type { MemoryBudget } from '../formats/memory-budget.ts';
import { shortDigest } from '../formats/plan-run.ts';

/** The tests of a file by their digests. */
export class TestsOfFile {
  readonly #tests = new Set<string>();
  #untold = false;

  take(test: string | null, budget: MemoryBudget): void {
    if (test === null) this.#untold = true;
    else if (!this.#tests.has(test)) {
      budget.take(test);
      this.#tests.add(test);
    }
  }

  /** Equal for the same tests, in whatever order; null where not all are told. */
  name(): string | null {
    if (this.#untold || this.#tests.size === 0) return null;
    return `promptfoo ~${shortDigest([...this.#tests].sort().join())}`;
  }
}
