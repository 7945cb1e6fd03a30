import { planDataset } from '../datasets/stated-dataset.ts';
import { statedNumber, statedScore } from '../formats/figures.ts';
import type { FileReport } from '../formats/file-report.ts';
import { planRun, unspecified } from '../formats/plan-run.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asInstant, asNumber, asText, asTexts, finite, isObject, member } from '../inspect/plain-values.ts';
import { Losses } from '../plan-losses.ts';
import { bounded, LONGEST_NAME, moment, UnfitLog } from '../plan-values.ts';
import type { ImportPlan, PlannedScore } from '../planned.ts';
import { type JudgesOfLog, planJudge } from './model-graded.ts';
import type { SampleEvents } from './sample-events.ts';

/** The standard error of the accuracy, from bootstrap; the first spelling is the harness's own. */
const DEVIATIONS = new Set(['boostrap_std', 'bootstrap_std']);

export function planLog(events: SampleEvents, report: FileReport, fileDigest: string): ImportPlan {
  const { spec, finalReport } = events;
  if (!isObject(spec))
    throw new UnfitLog('The log has no spec line, so it names neither its evaluation nor its model.');
  const figures = isObject(events.finalReport) ? Object.keys(events.finalReport) : [];
  const judges = planJudge(spec, events.judged, figures, report);
  const name = modelName(spec, judges.model, report);
  const losses = new Losses();
  const samples = [...events.samples.values()];
  if (finalReport === undefined)
    report.warn('The log has no final report: the run did not end, or the log was cut.');
  else report.keep('final_report', 'each number a score');
  if (events.invalid > 0)
    report.warn(
      `${events.invalid} answers of the judge could not be read (__invalid__): their samples have no score, though the final report counts each with the lowest score.`,
    );
  const warnings: string[] = [];
  const startedAt = moment(instantOf(member(spec, 'created_at')), warnings);
  for (const warning of warnings) report.warn(warning);
  report.keep('spec', 'evaluation, model and start of the run; the rest in its metadata');
  const kept = losses.bounded('spec', finite(spec));
  for (const { field, count, reason } of losses.all) report.leaveOut(field, count, reason);
  const evaluation = evaluationOf(spec);
  const args = member(member(member(spec, 'run_config'), 'eval_spec'), 'args');
  const dataset = planDataset({
    place: asText(member(args, 'samples_jsonl')),
    evaluation: evaluation.name,
    field: 'spec.run_config.eval_spec.args.samples_jsonl',
  });
  return planRun({
    evaluation,
    model: unspecified(name, report),
    datasets: dataset === null ? [] : [dataset],
    condition: null,
    identity: { tool: 'openai-evals', runId: asText(member(spec, 'run_id')) },
    status: finalReport === undefined ? 'STARTED' : 'SUCCESS',
    startedAt,
    graders: judges.graders,
    scores: scoresOf(finalReport, judges, report),
    samples,
    metadata: {
      tool: 'openai-evals',
      ...(isObject(kept) ? { spec: kept } : {}),
      ...(judges.told.length === 0 ? {} : { graders: judges.told }),
    },
    fileDigest,
  });
}

function modelName(spec: JsonValue, judge: string | null, report: FileReport): string {
  const functions = asTexts(member(spec, 'completion_fns'));
  const models = member(spec, 'model_names');
  const names = [
    ...functions,
    ...asTexts(member(models, 'completions')),
    ...[member(spec, 'model_name'), member(spec, 'model_names')].flatMap((value) => asText(value) ?? []),
  ];
  const [first, ...others] = [...new Set(names)];
  if (first === undefined)
    throw new UnfitLog('The spec names no model (completion_fns or model_name), and an eval run is of one.');
  const further = others.filter((other) => other !== judge);
  if (further.length > 0)
    report.warn(`The spec names further models, which took part in the run: ${further.join(', ')}.`);
  return first;
}

/** `base.split.version`, as the registry names an evaluation; any other name is taken whole. */
function evaluationOf(spec: JsonValue): { name: string; version: string | null } {
  const stated = asText(member(spec, 'eval_name'), 500) ?? asText(member(spec, 'base_eval'), 500);
  if (stated === null) throw new UnfitLog('The spec names no evaluation (eval_name).');
  const parts = /^(.+\..+)\.(v\d[\w.-]*)$/.exec(stated);
  return parts === null ? { name: stated, version: null } : { name: parts[1]!, version: parts[2]! };
}

function scoresOf(
  finalReport: JsonValue | undefined,
  { graderOf }: JudgesOfLog,
  report: FileReport,
): PlannedScore[] {
  if (!isObject(finalReport)) return [];
  const deviation = Object.entries(finalReport).find(([name]) => DEVIATIONS.has(name));
  return Object.entries(finalReport).flatMap(([name, value]) => {
    if (deviation !== undefined && name === deviation[0] && Object.hasOwn(finalReport, 'accuracy')) return [];
    if (value !== null && typeof value !== 'number' && statedNumber(value).value === null) {
      report.leaveOut(`final_report.${name}`, 1, 'no single figure');
      return [];
    }
    const score = statedScore(value, name === 'accuracy' ? deviation?.[1] : undefined);
    return {
      metric: bounded(name, LONGEST_NAME) || 'unnamed',
      value: score.value,
      standardError: score.standardError,
      sampleCount: null,
      unscored: null,
      grader: graderOf(name),
      note: score.notes.length === 0 ? null : score.notes.join('; '),
    };
  });
}

/** ISO 8601, with a space for the T in some versions, or seconds since 1970. */
function instantOf(stated: JsonValue | undefined): string | null {
  const seconds = asNumber(stated);
  if (seconds !== null) {
    const date = new Date(seconds * 1000);
    return Number.isNaN(date.getTime()) ? null : date.toISOString();
  }
  return typeof stated === 'string' ? asInstant(stated.replace(' ', 'T')) : null;
}
