// Logs of OpenAI evals: JSON Lines of a spec, events of samples, and a final report.
import type { EvalFormat } from '../formats/eval-format.ts';
import { FileReport } from '../formats/file-report.ts';
import type { Outline } from '../formats/outline.ts';
import { PickedFields } from '../formats/picked-fields.ts';
import { inFormat, readJsonLines } from '../formats/read-json.ts';
import type { ReadableFile } from '../formats/readable-file.ts';
import type { FilePlan } from '../planned.ts';
import { planLog } from './plan-log.ts';
import { SampleEvents } from './sample-events.ts';

const FORMAT = 'openai-evals';
const MOST_PROBLEMS = 20;
const PICKED = new Set(['spec', 'final_report', 'run_id', 'sample_id', 'type', 'data', 'created_at']);
const OF_A_SPEC = ['eval_name', 'base_eval', 'completion_fns', 'run_config'];

export const OPENAI_EVALS: EvalFormat = { name: 'OpenAI evals logs (JSON Lines)', tells, read };

function tells({ kind, names }: Outline): boolean {
  if (kind !== 'lines' && kind !== 'object') return false;
  const spec = names.get('spec')?.below;
  if (spec !== undefined) return OF_A_SPEC.some((name) => spec.has(name));
  return ['run_id', 'event_id', 'type', 'data'].every((name) => names.has(name));
}

async function read(file: ReadableFile): Promise<FilePlan> {
  const report = new FileReport();
  const events = new SampleEvents(report);
  let line = newLine();
  let broken = 0;
  await readJsonLines(file, FORMAT, {
    begin() {
      line = newLine();
      return line;
    },
    ended: () => events.add(line),
    broken(number, reason) {
      broken += 1;
      if (broken <= MOST_PROBLEMS) report.warn(`Line ${number} is left out: ${reason}`);
    },
  });
  if (broken > 0) report.leaveOut('(lines)', broken, 'no JSON');
  return inFormat(FORMAT, () => {
    const runs = [planLog(events, report, file.digest)];
    return { format: FORMAT, source: 'OpenAI evals log', runs, report: report.toReport() };
  });
}

const newLine = () => new PickedFields((field) => PICKED.has(field));
