import { statedNumber } from '../formats/figures.ts';
import type { FileReport } from '../formats/file-report.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { DEFAULT_LIMITS } from '../inspect/limits.ts';
import { asBoolean, asCount, asText, isObject, member } from '../inspect/plain-values.ts';
import { UnfitLog } from '../plan-values.ts';
import type { PlannedSample } from '../planned.ts';
import { BODY, OF_A_TEST } from './results-collector.ts';
import { TestsOfFile, testOf } from './tests-of-file.ts';

/** The answer was judged and refused, or there was none to judge. */
const ASSERTION = 1;
const ERROR = 2;
const LONGEST_ERROR = 300;

export interface ProviderRun {
  provider: string;
  label: string | null;
  prompt: { id: string | null; label: string | null };
  passed: number;
  failed: number;
  errors: number;
  samples: PlannedSample[];
  /** By metric: over the samples that state it. */
  sums: Map<string, { sum: number; count: number }>;
  /** How often a test has come by, so that repetitions are epochs. */
  times: Map<string, number>;
}

const sizeOf = (value: JsonValue | undefined): number =>
  value !== null && typeof value === 'object' ? Object.keys(value).length : 1;

/** One run a provider and prompt. */
export class RunsOfFile {
  readonly runs = new Map<string, ProviderRun>();
  readonly tests = new TestsOfFile();
  readonly #report: FileReport;
  readonly #budget = new MemoryBudget();
  #count = 0;

  constructor(report: FileReport) {
    this.#report = report;
  }

  add(result: ReadonlyMap<string, JsonValue>): void {
    const provider = result.get('provider');
    const id = asText(provider, 200) ?? asText(member(provider, 'id'), 200);
    if (id === null) {
      this.#report.leaveOut('results[]', 1, 'names no provider');
      return;
    }
    this.#count += 1;
    if (this.#count > DEFAULT_LIMITS.samples)
      throw new UnfitLog(`The file holds more than ${DEFAULT_LIMITS.samples} results.`);
    this.tests.take(testOf(result), this.#budget);
    for (const field of OF_A_TEST)
      if (result.has(field)) this.#report.leaveOut(`results[].${field}`, sizeOf(result.get(field)), BODY);
    const run = this.#runOf(id, provider, result);
    this.#judge(run, result);
    this.#report.keep('results[].provider', 'model under test');
    this.#report.keep('results[].prompt', 'condition: the label and id of the prompt');
    this.#report.keep('results[].success', 'outcome of the sample; the share of those judged as a score');
    this.#report.keep('results[].namedScores', 'scores of the sample; their means as scores');
  }

  #runOf(id: string, provider: JsonValue | undefined, result: ReadonlyMap<string, JsonValue>): ProviderRun {
    const stated = result.get('prompt');
    const index = asCount(result.get('promptIdx'));
    const promptId =
      asText(result.get('promptId'), 200) ??
      asText(member(stated, 'id'), 200) ??
      (index === null ? null : String(index));
    const label = asText(provider === id ? undefined : member(provider, 'label'), 200);
    const key = JSON.stringify([id, label, promptId]);
    let run = this.runs.get(key);
    if (run === undefined) {
      run = {
        provider: id,
        label,
        prompt: { id: promptId, label: asText(member(stated, 'label'), 120) },
        passed: 0,
        failed: 0,
        errors: 0,
        samples: [],
        sums: new Map(),
        times: new Map(),
      };
      this.runs.set(key, run);
    }
    return run;
  }

  #judge(run: ProviderRun, result: ReadonlyMap<string, JsonValue>): void {
    const success = asBoolean(result.get('success'));
    const reason = asCount(result.get('failureReason'));
    const told = asText(result.get('error'), LONGEST_ERROR);
    // Before failureReason was written, the error of an assertion and that of a call stood in the same place.
    const failed = reason === ERROR || success === null;
    if (failed) run.errors += 1;
    else if (success) run.passed += 1;
    else run.failed += 1;
    const scores: JsonObject = {};
    const add = (name: string, value: JsonValue | undefined) => {
      const figure = statedNumber(value).value;
      scores[name] = { value: failed ? null : figure, parts: null, answer: null };
      if (figure === null || failed) return;
      const known = run.sums.get(name) ?? { sum: 0, count: 0 };
      run.sums.set(name, { sum: known.sum + figure, count: known.count + 1 });
    };
    scores.success = { value: failed ? null : success, parts: null, answer: null };
    if (result.has('score')) add('score', result.get('score'));
    const named = result.get('namedScores');
    if (isObject(named)) for (const [name, value] of Object.entries(named)) add(`namedScores/${name}`, value);
    const test = asText(result.get('testIdx'), 200) ?? `result ${run.samples.length + 1}`;
    const epoch = (run.times.get(test) ?? 0) + 1;
    run.times.set(test, epoch);
    this.#budget.take(test, told, scores);
    run.samples.push({
      sampleId: test,
      epoch,
      target: null,
      scores,
      outcomes: {},
      error: failed ? (told ?? 'There was no answer to judge.') : null,
      limitReached: null,
    });
    if (!failed && told !== null && reason !== ASSERTION)
      this.#report.leaveOut('results[].error', 1, 'tells why an assertion failed; the outcome is kept');
  }
}
