// Results of promptfoo, of version 3 and those before it that state the same of each result.
import type { EvalFormat } from '../formats/eval-format.ts';
import { FileReport } from '../formats/file-report.ts';
import { type Outline, outlineOf } from '../formats/outline.ts';
import { inFormat, readJson, readJsonLines } from '../formats/read-json.ts';
import type { ReadableFile } from '../formats/readable-file.ts';
import type { FilePlan } from '../planned.ts';
import { planRuns } from './plan-runs.ts';
import { ResultTree } from './result-tree.ts';
import { leaveOutOf, ResultsCollector } from './results-collector.ts';
import { RunsOfFile } from './runs-of-file.ts';

const FORMAT = 'promptfoo';
const OF_A_RESULT = ['promptIdx', 'testIdx', 'promptId', 'failureReason', 'gradingResult', 'namedScores'];

export const PROMPTFOO: EvalFormat = { name: 'promptfoo results (version 3)', tells, read };

function tells({ kind, names }: Outline): boolean {
  // A file of lines holds the results alone, without the settings around them.
  if (kind === 'lines') return OF_A_RESULT.filter((name) => names.has(name)).length >= 3;
  if (kind !== 'object') return false;
  const results = names.get('results');
  if (results === undefined) return false;
  if (results.list) return OF_A_RESULT.filter((name) => results.below.has(name)).length >= 2;
  return (
    results.below.has('results') && ['stats', 'prompts', 'table'].some((name) => results.below.has(name))
  );
}

async function read(file: ReadableFile): Promise<FilePlan> {
  const report = new FileReport();
  const runs = new RunsOfFile(report);
  const collector = new ResultsCollector(report, (tree) => runs.add(tree));
  if ((await outlineOf(file.path)).kind === 'lines') await readLines(file, runs, report);
  else await readJson(file, FORMAT, collector);
  return inFormat(FORMAT, () => {
    const planned = planRuns(runs, collector.top, report, file.digest);
    return { format: FORMAT, source: 'promptfoo results', runs: planned, report: report.toReport() };
  });
}

async function readLines(file: ReadableFile, runs: RunsOfFile, report: FileReport): Promise<void> {
  let tree = new ResultTree();
  let broken = 0;
  await readJsonLines(file, FORMAT, {
    begin() {
      tree = new ResultTree();
      return tree;
    },
    ended() {
      leaveOutOf(tree, report);
      runs.add(tree);
    },
    broken() {
      broken += 1;
    },
  });
  if (broken > 0) report.leaveOut('(lines)', broken, 'no JSON');
  if (broken > 0) report.warn(`${broken} lines are no JSON, and are left out.`);
}
