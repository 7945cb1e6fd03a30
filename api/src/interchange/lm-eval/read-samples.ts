// Files of samples that lm-evaluation-harness writes beside its results, one sample (and filter) a line.
import { createHash } from 'node:crypto';
import { cutTarget, keptOfTarget } from '../formats/cut-target.ts';
import type { EvalFormat } from '../formats/eval-format.ts';
import { statedNumber } from '../formats/figures.ts';
import { FileReport } from '../formats/file-report.ts';
import { asDigest, digestOfJson, KEPT_AS_DIGEST } from '../formats/input-digest.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { Outline } from '../formats/outline.ts';
import { PickedFields } from '../formats/picked-fields.ts';
import { planRun, unspecified } from '../formats/plan-run.ts';
import { inFormat, readJsonLines } from '../formats/read-json.ts';
import type { ReadableFile } from '../formats/readable-file.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { DEFAULT_LIMITS } from '../inspect/limits.ts';
import { asText, asTexts, setMember, shorten } from '../inspect/plain-values.ts';
import { UnfitLog } from '../plan-values.ts';
import type { FilePlan, PlannedSample } from '../planned.ts';
import { UNKNOWN_FIELD } from '../unknown-field.ts';
import { BYPASS, PREDICTED_ALONE } from './task-scores.ts';

const FORMAT = 'lm-eval-samples';
/** What a line says of the sample itself; what is neither this nor a body is a metric. */
const HASHES = ['doc_hash', 'prompt_hash', 'target_hash'] as const;
const NAMED = new Set<string>(['doc_id', 'doc', 'target', 'filter', 'metrics', 'error', ...HASHES]);
const BODIES = new Set(['arguments', 'resps', 'filtered_resps', 'prompt']);
const LONGEST_TARGET = 300;
const MOST_PROBLEMS = 20;
const BODY = 'prompts and answers stay in the file, which its digest names';

export const LM_EVAL_SAMPLES: EvalFormat = { name: 'lm-evaluation-harness samples', tells, read };

function tells({ kind, names }: Outline): boolean {
  // A list is what the first of version 0.4 wrote, under names that tell of no task: read, to be refused in words.
  return (
    ['lines', 'object', 'list'].includes(kind) && ['doc_id', 'doc', 'target'].every((name) => names.has(name))
  );
}

async function read(file: ReadableFile): Promise<FilePlan> {
  const report = new FileReport();
  const { task, model } = await inFormat(FORMAT, () => namesOf(file, report));
  const samples = new SamplesOfFile(report);
  let line = newLine();
  let broken = 0;
  await readJsonLines(file, FORMAT, {
    begin() {
      line = newLine();
      return line;
    },
    ended: (number) => samples.add(line, number),
    broken(number, reason) {
      broken += 1;
      if (broken <= MOST_PROBLEMS) report.warn(`Line ${number} is left out: ${reason}`);
    },
  });
  if (broken > 0) report.leaveOut('(lines)', broken, 'no JSON');
  return inFormat(FORMAT, () => {
    const found = samples.found();
    if (found.length === 0) throw new UnfitLog('No line of the file tells of a sample.');
    report.warn(
      'A file of samples states no metric over them: that stands in the results file of the same run.',
    );
    const run = planRun({
      evaluation: { name: task, version: null },
      model: unspecified(model, report),
      condition: null,
      identity: { tool: 'lm-evaluation-harness', samples: true },
      status: broken > 0 ? 'UNKNOWN' : 'SUCCESS',
      startedAt: null,
      scores: [],
      samples: found,
      metadata: { tool: 'lm-evaluation-harness', taskHash: samples.taskHash() },
      fileDigest: file.digest,
    });
    return {
      format: FORMAT,
      source: 'lm-evaluation-harness samples',
      runs: [run],
      report: report.toReport(),
    };
  });
}

/**
 * The harness writes `<model>/samples_<task>_<date>.jsonl` and neither of the two into the file. So these are taken from
 * the name that the sender gives, and the report says so; but only where the folder is written as the harness writes a
 * model's, each slash as two underscores: any other may be named for anything.
 */
function namesOf({ name, folders }: ReadableFile, report: FileReport): { task: string; model: string } {
  const task = /^samples_(.+?)(?:_\d{4}-\d{2}-\d{2}T[\d.-]+)?\.jsonl?$/.exec(name)?.[1];
  const folder = folders.at(-1);
  if (task === undefined || folder === undefined || !folder.includes('__'))
    throw new UnfitLog(
      'A file of samples names neither its task nor its model: lm-evaluation-harness puts these into its path, <organisation>__<model>/samples_<task>_<date>.jsonl. Send it under that path, or import the folder that holds it; the metrics stand in the results file of the same run.',
      FORMAT,
      true,
    );
  const model = folder.replaceAll('__', '/');
  report.warn(
    `The file itself names neither task nor model: its path does, as lm-evaluation-harness writes it, so they are recorded as ${task} and ${model}.`,
  );
  return { task, model };
}

const newLine = () => new PickedFields((field) => !BODIES.has(field));

class SamplesOfFile {
  readonly #report: FileReport;
  readonly #samples = new Map<string, PlannedSample>();
  readonly #budget = new MemoryBudget();
  readonly #hash = createHash('sha256');
  /** Whether every line states its hashes. */
  #hashed = true;
  #unnamed = 0;

  constructor(report: FileReport) {
    this.#report = report;
  }

  add({ fields, passed }: PickedFields, number: number): void {
    const hashes = HASHES.map((name) => asText(fields.get(name), 200));
    this.#hashed &&= hashes.every((hash) => hash !== null);
    this.#hash.update(hashes.join(''));
    if (this.#hashed) for (const name of HASHES) this.#report.keep(name, 'hash of the task, over all lines');
    const id = asText(fields.get('doc_id'), 200);
    for (const [field, count] of passed) this.#report.leaveOut(field, count, BODY);
    if (id === null) {
      this.#unnamed += 1;
      if (this.#unnamed === 1) this.#report.warn(`Line ${number} names no sample (doc_id), and is left out.`);
      this.#report.leaveOut('(lines)', 1, 'names no sample (doc_id)');
      return;
    }
    const sample = this.#sample(id, fields);
    const listed = new Set(asTexts(fields.get('metrics')));
    const filter = asText(fields.get('filter'), 200);
    for (const [field, value] of fields) {
      if (NAMED.has(field)) continue;
      if (listed.size > 0 && !listed.has(field)) {
        this.#report.leaveOut(field, 1, UNKNOWN_FIELD);
        continue;
      }
      if (field === BYPASS) {
        this.#report.leaveOut(field, 1, PREDICTED_ALONE);
        continue;
      }
      const name = filter === null || filter === 'none' ? field : `${field},${filter}`;
      const kept = this.#scalar(field, value);
      this.#budget.take(name, kept);
      setMember(sample.scores, name, { value: kept, parts: null, answer: null });
      this.#report.keep(field, 'score of the sample, its filter in its name');
    }
  }

  /** As the harness makes it of all lines, so that a results file with this `task_hashes` is of the same samples. */
  taskHash(): string | null {
    return this.#hashed ? this.#hash.digest('hex') : null;
  }

  found(): PlannedSample[] {
    return [...this.#samples.values()];
  }

  #sample(id: string, fields: ReadonlyMap<string, JsonValue>): PlannedSample & { scores: JsonObject } {
    let sample = this.#samples.get(id);
    if (sample === undefined) {
      if (this.#samples.size >= DEFAULT_LIMITS.samples)
        throw new UnfitLog(`The file holds more than ${DEFAULT_LIMITS.samples} samples.`, FORMAT);
      sample = {
        sampleId: id,
        epoch: 1,
        target: this.#target(fields.get('target')),
        scores: {},
        outcomes: {},
        error: asText(fields.get('error'), LONGEST_TARGET),
        limitReached: null,
      };
      const given = this.#given(fields);
      if (given !== null) sample.inputDigest = given;
      this.#budget.take(id, sample.target, sample.error, given);
      this.#samples.set(id, sample);
      this.#report.keep('doc_id', 'id of the sample');
    }
    return sample;
  }

  /**
   * The document of the dataset, and not the prompt that was made of it: a chat template of the model makes another of the
   * same, and what makes it of a document is compared with the task. Where the document is too long to be read, the
   * harness's own hash of it, which is of another form.
   */
  #given(fields: ReadonlyMap<string, JsonValue>): string | null {
    const doc = fields.get('doc');
    if (doc !== undefined && doc !== null) {
      this.#report.derive('doc', KEPT_AS_DIGEST);
      return digestOfJson('document', doc);
    }
    const hash = asText(fields.get('doc_hash'), 200);
    return hash !== null && /^[0-9a-f]{64}$/.test(hash) ? asDigest('document-hash', hash) : null;
  }

  #target(value: JsonValue | undefined): string | null {
    if (value === undefined || value === null) return null;
    this.#report.keep('target', keptOfTarget(LONGEST_TARGET));
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text === '' ? null : cutTarget(text, LONGEST_TARGET);
  }

  #scalar(field: string, value: JsonValue): string | number | boolean | null {
    if (typeof value === 'boolean') return value;
    const stated = statedNumber(value);
    if (stated.value !== null || value === null) return stated.value;
    if (typeof value === 'string') return shorten(value, LONGEST_TARGET);
    const size = typeof value === 'object' ? Object.keys(value).length : 1;
    this.#report.leaveOut(field, size, 'the value of a sample is no single figure: none is recorded for it');
    return null;
  }
}
