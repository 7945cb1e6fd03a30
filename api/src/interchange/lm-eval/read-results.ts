// Result files of lm-evaluation-harness, v0.2 to v0.4, and of the forks that write a table of prompts.
import type { EvalFormat } from '../formats/eval-format.ts';
import { FileReport } from '../formats/file-report.ts';
import type { Outline } from '../formats/outline.ts';
import { inFormat, readJson } from '../formats/read-json.ts';
import type { ReadableFile } from '../formats/readable-file.ts';
import type { FilePlan } from '../planned.ts';
import { planResults } from './plan-results.ts';
import { ResultsCollector } from './results-collector.ts';

const FORMAT = 'lm-eval-results';
/** What stands beside `results` in a file of the harness; `results` alone is in files of many tools. */
const BESIDE = ['versions', 'n-shot', 'n-samples', 'higher_is_better', 'task_hashes', 'group_subtasks'];

export const LM_EVAL_RESULTS: EvalFormat = {
  name: 'lm-evaluation-harness results',
  tells,
  read,
};

function tells({ kind, names }: Outline): boolean {
  if (kind !== 'object') return false;
  const args = names.get('model_args');
  if (names.has('table_results')) return true;
  const results = names.get('results');
  if (results === undefined || names.has('schema_version')) return false;
  if (BESIDE.some((name) => names.has(name)) || args !== undefined) return true;
  if (names.get('config')?.below.has('model_args')) return true;
  // An aggregate over checkpoints, or figures alone: read, so that its sender is told what it lacks.
  const alone = [...names.keys()].every((name) => ['results', 'checkpoints', 'tokens'].includes(name));
  return alone && !results.list && !results.below.has('results');
}

async function read(file: ReadableFile): Promise<FilePlan> {
  const report = new FileReport();
  const collector = new ResultsCollector(report);
  const { replaced } = await readJson(file, FORMAT, collector);
  if (replaced > 0)
    report.warn(`${replaced} characters that text cannot hold (NUL or half a pair) were replaced.`);
  return inFormat(FORMAT, () => {
    const runs = planResults(collector.material, report, file.digest);
    return { format: FORMAT, source: 'lm-evaluation-harness results', runs, report: report.toReport() };
  });
}
