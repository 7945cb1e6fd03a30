// Records of every_eval_ever, a neutral interchange of evaluation results. Source: its eval.schema.json, 0.2.x.
import type { EvalFormat } from '../formats/eval-format.ts';
import { FileReport } from '../formats/file-report.ts';
import type { Outline } from '../formats/outline.ts';
import { inFormat, readJson } from '../formats/read-json.ts';
import type { ReadableFile } from '../formats/readable-file.ts';
import type { FilePlan } from '../planned.ts';
import { planRecord } from './plan-record.ts';
import { RecordCollector } from './record-collector.ts';

const FORMAT = 'every-eval-ever';

export const EVERY_EVAL_EVER: EvalFormat = { name: 'every_eval_ever records', tells, read };

function tells({ kind, names }: Outline): boolean {
  return (
    kind === 'object' &&
    names.has('evaluation_results') &&
    (names.has('model_info') || names.has('schema_version'))
  );
}

async function read(file: ReadableFile): Promise<FilePlan> {
  const report = new FileReport();
  const collector = new RecordCollector(report);
  await readJson(file, FORMAT, collector);
  return inFormat(FORMAT, () => {
    const runs = planRecord(collector, report, file.digest);
    return { format: FORMAT, source: 'every_eval_ever record', runs, report: report.toReport() };
  });
}
