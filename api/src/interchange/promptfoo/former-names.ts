// By what the first reader of these files called a result: by the number of its test, and how often that came by.
import type { JsonObject } from '../inspect/inspect-log.ts';
import { asText, member } from '../inspect/plain-values.ts';

interface FormerRun {
  results: number;
  times: Map<string, number>;
}

/** It took all results of one provider and prompt for one run, whatever the provider was set to. */
export class FormerNames {
  readonly #runs = new Map<string, FormerRun>();

  /** Of the results in their order. */
  next(
    { provider, label, prompt }: { provider: string; label: string | null; prompt: { id: string | null } },
    result: JsonObject,
  ): { sampleId: string; epoch: number } {
    const key = JSON.stringify([provider, label, prompt.id]);
    const run = this.#runs.get(key) ?? { results: 0, times: new Map() };
    this.#runs.set(key, run);
    run.results += 1;
    const sampleId = asText(member(result, 'testIdx'), 200) ?? `result ${run.results}`;
    const epoch = (run.times.get(sampleId) ?? 0) + 1;
    run.times.set(sampleId, epoch);
    return { sampleId, epoch };
  }
}
