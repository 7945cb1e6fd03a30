import { statedNumber } from '../formats/figures.ts';
import type { FileReport } from '../formats/file-report.ts';
import { KEPT_AS_DIGEST } from '../formats/input-digest.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import { shortDigest } from '../formats/plan-run.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { DEFAULT_LIMITS } from '../inspect/limits.ts';
import { asBoolean, asCount, asText, isObject, member, setMember } from '../inspect/plain-values.ts';
import { UnfitLog } from '../plan-values.ts';
import type { PlannedSample } from '../planned.ts';
import { FormerNames } from './former-names.ts';
import { givenOf, itemOf, testOf } from './item-of-result.ts';
import { gradingOf } from './judges-of-result.ts';
import { JudgesOfRun } from './judges-of-run.ts';
import type { ResultTree } from './result-tree.ts';
import { TestsOfFile } from './tests-of-file.ts';

/** The answer was judged and refused, or there was none to judge. */
const ASSERTION = 1;
const ERROR = 2;
const LONGEST_ERROR = 300;
const GRADER_FAILED = 'A grader failed, so that there is no verdict.';

export interface ProviderRun {
  provider: string;
  label: string | null;
  /** Digest of what the provider is set to, without credentials; null where the file does not say. */
  settings: string | null;
  prompt: { id: string | null; label: string | null };
  /** The place of this provider and prompt among all, from 0; null in the oldest files. */
  place: number | null;
  passed: number;
  failed: number;
  errors: number;
  /** Results that a grader failed on. */
  graderErrors: number;
  judges: JudgesOfRun;
  samples: PlannedSample[];
  /** By metric: over the samples that state it. */
  sums: Map<string, { sum: number; count: number }>;
  /** How often a test has come by, so that repetitions are epochs. */
  times: Map<string, number>;
}

/** One run a provider, as it is set, and prompt. */
export class RunsOfFile {
  readonly runs = new Map<string, ProviderRun>();
  readonly tests = new TestsOfFile();
  readonly #report: FileReport;
  readonly #budget = new MemoryBudget();
  readonly #former = new FormerNames();
  #count = 0;

  constructor(report: FileReport) {
    this.#report = report;
  }

  add(tree: ResultTree): void {
    const { result } = tree;
    const provider = member(result, 'provider');
    const id = asText(provider, 200) ?? asText(member(provider, 'id'), 200);
    if (id === null) {
      this.#report.leaveOut('results[]', 1, 'names no provider');
      return;
    }
    this.#count += 1;
    if (this.#count > DEFAULT_LIMITS.samples)
      throw new UnfitLog(`The file holds more than ${DEFAULT_LIMITS.samples} results.`);
    this.tests.take(testOf(tree), this.#budget);
    this.#judge(this.#runOf(id, provider, result), tree);
    this.#report.keep('results[].provider', 'model under test');
    this.#report.keep('results[].prompt', 'condition: the label and id of the prompt');
    this.#report.keep('results[].success', 'outcome of the sample; the share of those judged as a score');
    this.#report.keep('results[].namedScores', 'scores of the sample; their means as scores');
    this.#report.derive(
      'results[].vars',
      'which test a result is of, by a digest with that of its assertions',
    );
  }

  #runOf(id: string, provider: JsonValue | undefined, result: JsonObject): ProviderRun {
    const stated = member(result, 'prompt');
    const place = asCount(member(result, 'promptIdx'));
    const promptId =
      asText(member(result, 'promptId'), 200) ??
      asText(member(stated, 'id'), 200) ??
      (place === null ? null : String(place));
    const label = asText(member(provider, 'label'), 200);
    const config = asText(member(provider, 'config'), 200);
    const settings = config === null ? null : shortDigest(config);
    if (settings !== null) this.#report.derive('results[].provider.config', 'condition: a digest of it');
    const key = JSON.stringify([id, label, settings, promptId, place]);
    let run = this.runs.get(key);
    if (run === undefined) {
      run = {
        provider: id,
        label,
        settings,
        prompt: { id: promptId, label: asText(member(stated, 'label'), 120) },
        place,
        passed: 0,
        failed: 0,
        errors: 0,
        graderErrors: 0,
        judges: new JudgesOfRun(this.#budget),
        samples: [],
        sums: new Map(),
        times: new Map(),
      };
      this.runs.set(key, run);
    }
    return run;
  }

  #judge(run: ProviderRun, tree: ResultTree): void {
    const { result } = tree;
    const success = asBoolean(member(result, 'success'));
    const reason = asCount(member(result, 'failureReason'));
    const told = asText(member(result, 'error'), LONGEST_ERROR);
    const grading = gradingOf(result);
    const failed = isError(result, success, reason);
    const broken = !failed && grading.isBroken.success;
    if (failed) run.errors += 1;
    else if (broken) run.graderErrors += 1;
    else if (success) run.passed += 1;
    else run.failed += 1;
    const scores: JsonObject = {};
    const put = (name: string, value: JsonValue) =>
      setMember(scores, name, { value, parts: null, answer: null });
    const add = (name: string, value: JsonValue | undefined, isBroken: boolean) => {
      const figure = failed || isBroken ? null : statedNumber(value).value;
      put(name, figure);
      if (figure === null) return;
      const known = run.sums.get(name) ?? { sum: 0, count: 0 };
      run.sums.set(name, { sum: known.sum + figure, count: known.count + 1 });
    };
    put('success', failed || broken ? null : success);
    if (Object.hasOwn(result, 'score')) add('score', result.score, grading.isBroken.score);
    const stated = member(result, 'namedScores');
    const named = isObject(stated) ? Object.entries(stated) : [];
    for (const [name, value] of named) add(`namedScores/${name}`, value, grading.isBroken.metric(name));
    run.judges.add(
      grading,
      named.map(([name]) => name),
    );
    const test = itemOf(tree) ?? asText(member(result, 'testIdx'), 200) ?? `result ${run.samples.length + 1}`;
    const epoch = (run.times.get(test) ?? 0) + 1;
    run.times.set(test, epoch);
    const formerly = this.#former.next(run, result);
    const isRenamed = formerly.sampleId !== test || formerly.epoch !== epoch;
    if (isRenamed)
      this.#report.keep(
        'results[].testIdx',
        'a second name of the sample, by which an earlier reader called it',
      );
    const given = givenOf(tree);
    if (given !== null) this.#report.derive('results[].prompt.raw', KEPT_AS_DIGEST);
    this.#budget.take(test, told, scores, given);
    run.samples.push({
      sampleId: test,
      epoch,
      ...(isRenamed ? { formerly } : {}),
      target: null,
      scores,
      outcomes: {},
      error: failed ? (told ?? 'There was no answer to judge.') : broken ? GRADER_FAILED : null,
      limitReached: null,
      ...(given === null ? {} : { inputDigest: given }),
    });
    if (!failed && told !== null && reason !== ASSERTION)
      this.#report.leaveOut('results[].error', 1, 'tells why an assertion failed; the outcome is kept');
  }
}

/**
 * Whether there was no answer to judge. Before failureReason was written, the error of an assertion and that of a call
 * stood in the same place: what was graded was answered.
 */
function isError(result: JsonObject, success: boolean | null, reason: number | null): boolean {
  if (reason === ERROR || success === null) return true;
  return reason === null && !success && !isObject(member(result, 'gradingResult'));
}
