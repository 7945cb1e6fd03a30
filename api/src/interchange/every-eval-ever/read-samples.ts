// Samples of every_eval_ever, one a line. Source: its instance_level_eval.schema.json, 0.2.x.
import { keptOfTarget } from '../formats/cut-target.ts';
import type { EvalFormat } from '../formats/eval-format.ts';
import { FileReport } from '../formats/file-report.ts';
import { KEPT_AS_DIGEST } from '../formats/input-digest.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { Outline } from '../formats/outline.ts';
import { PickedFields } from '../formats/picked-fields.ts';
import { planRun, unspecified } from '../formats/plan-run.ts';
import { inFormat, readJsonLines } from '../formats/read-json.ts';
import type { ReadableFile } from '../formats/readable-file.ts';
import { DEFAULT_LIMITS } from '../inspect/limits.ts';
import { asText } from '../inspect/plain-values.ts';
import { UnfitLog } from '../plan-values.ts';
import type { FilePlan } from '../planned.ts';
import { LONGEST_TARGET, SamplesOfRun } from './samples-of-run.ts';

const FORMAT = 'every-eval-ever-samples';
const MOST_PROBLEMS = 20;
const PICKED = new Set([
  'evaluation_id',
  'model_id',
  'evaluation_name',
  'evaluation_result_id',
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
    const notScored = [...runs.values()].reduce((sum, run) => sum + run.notScored, 0);
    if (notScored > 0)
      report.warn(
        `${notScored} lines state an error: whatever score stands beside it, there was nothing to judge, so none is recorded.`,
      );
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
        epochs: run.epochs,
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
  const run = runs.get(key) ?? new SamplesOfRun(model, evaluation, evaluationId);
  runs.set(key, run);
  run.add(id, fields, budget);
  if (fields.has('evaluation_result_id'))
    report.keep(
      'evaluation_result_id',
      'name of the scores: further results of a sample are no further epochs',
    );
  report.keep('sample_id', 'id of the sample; one that comes again is another epoch');
  report.keep('model_id', 'model under test');
  report.keep('evaluation_name', 'name of the evaluation');
  report.keep('input.reference', keptOfTarget(LONGEST_TARGET));
  report.derive('input.raw', KEPT_AS_DIGEST);
  report.keep('evaluation', 'score of the sample, and whether it is correct');
  report.keep('error', 'error of the sample');
}
