// Samples of every_eval_ever, one a line. Source: its instance_level_eval.schema.json, 0.2.x.
import { cutTarget, keptOfTarget } from '../formats/cut-target.ts';
import type { EvalFormat } from '../formats/eval-format.ts';
import { statedNumber } from '../formats/figures.ts';
import { FileReport } from '../formats/file-report.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { Outline } from '../formats/outline.ts';
import { PickedFields } from '../formats/picked-fields.ts';
import { planRun, unspecified } from '../formats/plan-run.ts';
import { inFormat, readJsonLines } from '../formats/read-json.ts';
import type { ReadableFile } from '../formats/readable-file.ts';
import { DEFAULT_LIMITS } from '../inspect/limits.ts';
import { asBoolean, asText, asTexts, member } from '../inspect/plain-values.ts';
import { UnfitLog } from '../plan-values.ts';
import type { FilePlan, PlannedSample } from '../planned.ts';

const FORMAT = 'every-eval-ever-samples';
const MOST_PROBLEMS = 20;
const LONGEST_TARGET = 300;
const PICKED = new Set([
  'evaluation_id',
  'model_id',
  'evaluation_name',
  'sample_id',
  'input',
  'evaluation',
  'error',
]);
const OF_A_SAMPLE = ['evaluation_id', 'model_id', 'evaluation_name', 'sample_id', 'evaluation'];

export const EVERY_EVAL_EVER_SAMPLES: EvalFormat = {
  name: 'every_eval_ever samples (JSON Lines)',
  tells: ({ kind, names }: Outline) =>
    (kind === 'lines' || kind === 'object') && OF_A_SAMPLE.every((name) => names.has(name)),
  read,
};

interface SamplesOfRun {
  model: string;
  evaluation: string;
  evaluationId: string | null;
  samples: PlannedSample[];
  /** How often a sample has come by, so that repetitions are epochs. */
  times: Map<string, number>;
}

async function read(file: ReadableFile): Promise<FilePlan> {
  const report = new FileReport();
  const runs = new Map<string, SamplesOfRun>();
  const budget = new MemoryBudget();
  let line = newLine();
  let count = 0;
  let broken = 0;
  await readJsonLines(file, FORMAT, {
    begin() {
      line = newLine();
      return line;
    },
    ended() {
      count += 1;
      if (count > DEFAULT_LIMITS.samples)
        throw new UnfitLog(`The file holds more than ${DEFAULT_LIMITS.samples} samples.`);
      take(line, runs, budget, report);
    },
    broken(number, reason) {
      broken += 1;
      if (broken <= MOST_PROBLEMS) report.warn(`Line ${number} is left out: ${reason}`);
    },
  });
  if (broken > 0) report.leaveOut('(lines)', broken, 'no JSON');
  return inFormat(FORMAT, () => {
    if (runs.size === 0) throw new UnfitLog('No line of the file tells of a sample.');
    report.warn('A file of samples states no metric over them: that stands in the record it belongs to.');
    const planned = [...runs.values()].map((run) =>
      planRun({
        evaluation: { name: run.evaluation, version: null },
        model: unspecified(run.model, report),
        condition: null,
        identity: { tool: 'every_eval_ever', samples: true, evaluationId: run.evaluationId },
        status: 'UNKNOWN',
        startedAt: null,
        scores: [],
        samples: run.samples,
        epochs: [...run.times.values()].reduce((most, times) => Math.max(most, times), 1),
        metadata: { tool: 'every_eval_ever', evaluation_id: run.evaluationId },
        fileDigest: file.digest,
      }),
    );
    return { format: FORMAT, source: 'every_eval_ever samples', runs: planned, report: report.toReport() };
  });
}

const newLine = () => new PickedFields((field) => PICKED.has(field));

function take(
  { fields, passed }: PickedFields,
  runs: Map<string, SamplesOfRun>,
  budget: MemoryBudget,
  report: FileReport,
): void {
  for (const [field, values] of passed)
    report.leaveOut(field, values, 'prompts and answers stay in the file, which its digest names');
  const text = (name: string) => asText(fields.get(name), 200);
  const [model, evaluation, id] = [text('model_id'), text('evaluation_name'), text('sample_id')];
  if (model === null || evaluation === null || id === null) {
    report.leaveOut('(lines)', 1, 'names no sample, model or evaluation');
    return;
  }
  const evaluationId = text('evaluation_id');
  const key = JSON.stringify([model, evaluation, evaluationId]);
  const run: SamplesOfRun = runs.get(key) ?? {
    model,
    evaluation,
    evaluationId,
    samples: [],
    times: new Map(),
  };
  runs.set(key, run);
  const epoch = (run.times.get(id) ?? 0) + 1;
  run.times.set(id, epoch);
  const sample = sampleOf(fields, id, epoch);
  budget.take(id, sample.target, sample.error, sample.scores);
  run.samples.push(sample);
  report.keep('sample_id', 'id of the sample; one that comes again is another epoch');
  report.keep('model_id', 'model under test');
  report.keep('evaluation_name', 'name of the evaluation');
  report.keep('input.reference', keptOfTarget(LONGEST_TARGET));
  report.keep('evaluation', 'score of the sample, and whether it is correct');
  report.keep('error', 'error of the sample');
}

function sampleOf(fields: PickedFields['fields'], id: string, epoch: number): PlannedSample {
  const judged = fields.get('evaluation');
  const reference = asTexts(member(fields.get('input'), 'reference'));
  const plain = { parts: null, answer: null };
  return {
    sampleId: id,
    epoch,
    target: reference.length === 0 ? null : cutTarget(reference.join(' | '), LONGEST_TARGET),
    scores: {
      score: { value: statedNumber(member(judged, 'score')).value, ...plain },
      is_correct: { value: asBoolean(member(judged, 'is_correct')), ...plain },
    },
    outcomes: {},
    error: asText(fields.get('error'), LONGEST_TARGET),
    limitReached: null,
  };
}
