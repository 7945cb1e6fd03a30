import type { FileReport } from '../formats/file-report.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { JsonHandlers, JsonPath } from '../inspect/json-scanner.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { UnfitLog } from '../plan-values.ts';
import { UNKNOWN_FIELD } from '../unknown-field.ts';

const MOST_RESULTS = 20_000;

const KEPT: Readonly<Record<string, string>> = {
  schema_version: 'metadata of the run',
  evaluation_id: 'identity of the run, where there is no run_fingerprint',
  dedupe_identity: 'identity of the run',
  evaluation_timestamp: 'start of the run, in UTC',
  retrieved_timestamp: 'metadata of the run',
  source_metadata: 'metadata of the run: who evaluated, and how they stand to the model',
  eval_library: 'metadata of the run',
  model_info: 'model under test',
  evaluation_results: 'one eval run an evaluation; each result a score',
};
const WHY: Readonly<Record<string, string>> = {
  detailed_evaluation_results: 'names another file, which holds the samples',
};

/** Holds a record, its results one by one as they are read. */
export class RecordCollector implements JsonHandlers {
  readonly fields = new Map<string, JsonValue>();
  readonly results: JsonValue[] = [];
  readonly #report: FileReport;
  readonly #budget = new MemoryBudget();

  constructor(report: FileReport) {
    this.#report = report;
  }

  decide(path: JsonPath): 'descend' | 'build' | 'skip' {
    const [field] = path;
    if (field === undefined) return 'descend';
    if (typeof field === 'number' || !Object.hasOwn(KEPT, field)) return 'skip';
    return field === 'evaluation_results' && path.length === 1 ? 'descend' : 'build';
  }

  value(path: JsonPath, value: JsonValue): void {
    const field = String(path[0]);
    this.#report.keep(field, KEPT[field] ?? 'as it is');
    this.#budget.take(value);
    if (path.length === 1) this.fields.set(field, value);
    else {
      if (this.results.length >= MOST_RESULTS)
        throw new UnfitLog(`The record holds more than ${MOST_RESULTS.toLocaleString('en')} results.`);
      this.results.push(value);
    }
  }

  skipped(path: JsonPath, count: number): void {
    const field = String(path[0]);
    this.#report.leaveOut(field, count, WHY[field] ?? UNKNOWN_FIELD);
  }

  tooLarge(path: JsonPath): void {
    this.#report.leaveOut(String(path[0]), 1, 'larger than is kept of one value (131,072 bytes)');
  }

  closed(): void {}
}
