import { cutTarget } from '../formats/cut-target.ts';
import { statedNumber } from '../formats/figures.ts';
import type { FileReport } from '../formats/file-report.ts';
import { digestOfMessages, KEPT_AS_DIGEST } from '../formats/input-digest.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { PickedFields } from '../formats/picked-fields.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { DEFAULT_LIMITS } from '../inspect/limits.ts';
import { asText, isObject, member, setMember } from '../inspect/plain-values.ts';
import { NumberedNames } from '../numbered-names.ts';
import { UnfitLog } from '../plan-values.ts';
import type { PlannedSample } from '../planned.ts';
import { UNKNOWN_FIELD } from '../unknown-field.ts';
import { isModelGraded } from './model-graded.ts';

const LONGEST_TARGET = 300;
/** Events whose numbers and truth values judge a sample; the others hold what it was asked and answered. */
const JUDGING = new Set(['match', 'metrics', 'embedding', 'cond_logp', 'pick_option']);
/** What a judge chose, where a model graded; under the name of what it was asked for where that is several things. */
const CHOICE = 'choice';
/** The harness's word for an answer of the judge that it could not read. */
const INVALID = '__invalid__';
const LONGEST_CHOICE = 200;
/** What a match event says of the sample itself. */
const DESCRIBING = new Set(['expected', 'picked', 'sampled', 'prompt', 'options', 'label', 'ideal']);

/** The lines of a log: its spec, its final report, and what its events say of each sample. */
export class SampleEvents {
  spec: JsonValue | undefined;
  finalReport: JsonValue | undefined;
  readonly samples = new Map<string, PlannedSample & { scores: JsonObject }>();
  /** Names under which samples have what a judge chose, or a score for it. */
  readonly judged = new Set<string>();
  /** Verdicts that could not be read. */
  invalid = 0;
  /** Of which it was told what the model was asked first. */
  readonly #asked = new Set<string>();
  /** By sample, of those that have a score of one name several times. */
  readonly #repeated = new Map<string, NumberedNames>();
  readonly #report: FileReport;
  readonly #budget = new MemoryBudget();
  #isModelGraded = false;

  constructor(report: FileReport) {
    this.#report = report;
  }

  add({ fields, passed }: PickedFields): void {
    if (fields.has('spec')) {
      this.spec = fields.get('spec');
      this.#isModelGraded = isModelGraded(this.spec);
      return;
    }
    if (fields.has('final_report')) {
      this.finalReport = fields.get('final_report');
      return;
    }
    for (const [field, count] of passed) this.#leaveOut(`events.${field}`, count);
    const type = asText(fields.get('type'), 60) ?? 'unnamed';
    const id = asText(fields.get('sample_id'), 200);
    const data = fields.get('data');
    if (id === null) this.#report.leaveOut(`events (${type})`, 1, 'names no sample');
    else if (type === 'error') this.#sample(id).error = errorOf(data);
    else if (JUDGING.has(type)) this.#judge(this.#sample(id), type, data);
    else {
      if (type === 'sampling') this.#given(this.#sample(id), data);
      else this.#sample(id);
      this.#report.leaveOut(
        `events (${type})`,
        1,
        'prompts and answers stay in the file, which its digest names',
      );
    }
  }

  #leaveOut(field: string, count: number): void {
    if (field === 'events.event_id' || field === 'events.created_by')
      this.#report.leaveOut(field, count, 'no field of the record fits');
    else this.#report.leaveOut(field, count, UNKNOWN_FIELD);
  }

  #sample(id: string) {
    let sample = this.samples.get(id);
    if (sample === undefined) {
      if (this.samples.size >= DEFAULT_LIMITS.samples)
        throw new UnfitLog(`The log holds more than ${DEFAULT_LIMITS.samples} samples.`, 'openai-evals');
      sample = {
        sampleId: id,
        epoch: 1,
        target: null,
        scores: {},
        outcomes: {},
        error: null,
        limitReached: null,
      };
      this.#budget.take(id);
      this.samples.set(id, sample);
    }
    return sample;
  }

  /** By the first call for the sample: where a model judges, it is asked after the one under test. */
  #given(sample: PlannedSample, data: JsonValue | undefined): void {
    if (this.#asked.has(sample.sampleId)) return;
    this.#asked.add(sample.sampleId);
    const given = digestOfMessages(member(data, 'prompt'));
    if (given === null) return;
    this.#budget.take(given);
    sample.inputDigest = given;
    this.#report.derive('events (sampling).prompt', KEPT_AS_DIGEST);
  }

  #judge(sample: PlannedSample & { scores: JsonObject }, type: string, data: JsonValue | undefined): void {
    this.#report.keep(`events (${type})`, 'scores of the sample; what was expected as its target');
    if (!isObject(data)) return;
    const expected = member(data, 'expected');
    if (expected !== undefined && expected !== null)
      sample.target = cutTarget(
        typeof expected === 'string' ? expected : JSON.stringify(expected),
        LONGEST_TARGET,
      );
    this.#budget.take(sample.target);
    const isInvalid = type === 'metrics' && Object.values(data).includes(INVALID);
    if (isInvalid) this.invalid += 1;
    for (const [name, value] of Object.entries(data)) {
      if (DESCRIBING.has(name)) continue;
      const choice = type === 'metrics' ? this.#choiceOf(name, value) : null;
      const stated = choice ?? (typeof value === 'boolean' ? value : statedNumber(value).value);
      if (stated === null && value !== null) {
        this.#report.leaveOut(`events (${type}).${name}`, 1, 'no single figure');
        continue;
      }
      const isScore = type === 'metrics' && name === 'score';
      if (choice !== null || isScore) this.#remember(name);
      const key = this.#keyFor(sample, name);
      this.#budget.take(key, choice);
      // The harness gives the lowest score for what it could not read, which no judge gave.
      const verdict = isScore && isInvalid ? null : stated;
      setMember(sample.scores, key, { value: verdict, parts: null, answer: null });
    }
  }

  /** A sample that is judged several times keeps every verdict. */
  #keyFor({ sampleId, scores }: PlannedSample & { scores: JsonObject }, name: string): string {
    const isTaken = (key: string) => Object.hasOwn(scores, key);
    if (!isTaken(name)) return name;
    const repeated = this.#repeated.get(sampleId) ?? new NumberedNames();
    this.#repeated.set(sampleId, repeated);
    return repeated.free(name, isTaken);
  }

  #choiceOf(name: string, value: JsonValue): string | null {
    if (typeof value !== 'string' || value === '' || value.length > LONGEST_CHOICE) return null;
    return name === CHOICE || this.#isModelGraded ? value : null;
  }

  #remember(name: string): void {
    if (this.judged.has(name)) return;
    this.#budget.take(name);
    this.judged.add(name);
  }
}

function errorOf(data: JsonValue | undefined): string {
  return (
    asText(member(data, 'message'), LONGEST_TARGET) ??
    asText(member(data, 'type'), 60) ??
    'The sample failed.'
  );
}
