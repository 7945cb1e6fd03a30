// Which tests a file is of: what an evaluation that is described in no words can be told from others by.
import type { MemoryBudget } from '../formats/memory-budget.ts';
import { shortDigest } from '../formats/plan-run.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { finite, member } from '../inspect/plain-values.ts';
import { digestOf } from '../plan-values.ts';

/** A test by its variables and what is asserted of it; null where the result does not hold either. */
export function testOf(result: ReadonlyMap<string, JsonValue>): string | null {
  const test = result.get('testCase');
  // Those of the result hold also what came up while it was run.
  const vars = member(test, 'vars') ?? result.get('vars') ?? null;
  const asserts = member(test, 'assert') ?? null;
  return vars === null && asserts === null ? null : digestOf(finite({ vars, asserts })).slice(0, 16);
}

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
