import { addToList } from '../../platform/add-to-list.ts';
import { fixedRevision } from '../datasets/stated-dataset.ts';
import type { FileReport } from '../formats/file-report.ts';
import { planRun, shortDigest, unspecified } from '../formats/plan-run.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asInstant, asText, finite, isObject, member } from '../inspect/plain-values.ts';
import { Losses } from '../plan-losses.ts';
import { moment, UnfitLog } from '../plan-values.ts';
import type { ImportPlan, PlannedDataset, PlannedModel } from '../planned.ts';
import { datasetOfResult } from './dataset-of-result.ts';
import { planJudges } from './plan-judges.ts';
import { planResult } from './plan-result.ts';
import type { RecordCollector } from './record-collector.ts';

/** One run an evaluation and its settings. Throws UnfitLog where the record names no model, or states no result. */
export function planRecord(record: RecordCollector, report: FileReport, fileDigest: string): ImportPlan[] {
  const { fields, results } = record;
  const model = modelOf(fields.get('model_info'), report);
  const losses = new Losses();
  const groups = new Map<string, JsonValue[]>();
  for (const result of results) {
    const name = asText(member(result, 'evaluation_name'), 500);
    if (name === null) {
      report.leaveOut('evaluation_results[]', 1, 'names no evaluation');
      continue;
    }
    const key = JSON.stringify([name, member(result, 'generation_config') ?? null]);
    addToList(groups, key, result);
  }
  if (groups.size === 0) throw new UnfitLog('The record states no result of a named evaluation.');
  const metadata = metadataOf(fields, losses);
  const runs = [...groups.values()].map((group) =>
    planEvaluation(group, { fields, model, metadata, losses, report, fileDigest }),
  );
  for (const { field, count, reason } of losses.all) report.leaveOut(field, count, reason);
  return runs;
}

interface RecordContext {
  fields: ReadonlyMap<string, JsonValue>;
  model: PlannedModel;
  metadata: JsonObject;
  losses: Losses;
  report: FileReport;
  fileDigest: string;
}

function planEvaluation(group: readonly JsonValue[], context: RecordContext): ImportPlan {
  const { fields, model, metadata, losses, report, fileDigest } = context;
  const [first] = group;
  const judges = planJudges(group, report);
  const scores = group.map((result, i) => planResult(result, judges.graderOf[i] ?? null, report));
  const generation = member(first, 'generation_config');
  const settings =
    generation === undefined ? undefined : losses.bounded('generation_config', finite(generation));
  const source = member(first, 'source_data');
  const evaluation = asText(member(first, 'evaluation_name'), 500)!;
  return planRun({
    evaluation: { name: evaluation, version: null },
    model,
    datasets: datasetsOf(group, evaluation),
    condition: isObject(settings)
      ? { name: `generation ${shortDigest(JSON.stringify(settings))}`, factors: settings }
      : null,
    identity: identityOf(fields),
    // A record says how an evaluation came out, and not how its run ended.
    status: 'UNKNOWN',
    startedAt: startOf(member(first, 'evaluation_timestamp') ?? fields.get('evaluation_timestamp'), report),
    scores: distinct(scores),
    samples: null,
    graders: judges.graders,
    metadata: {
      ...metadata,
      ...(settings === undefined ? {} : { generation_config: settings }),
      ...(source === undefined ? {} : { dataset: losses.bounded('source_data', finite(source)) ?? null }),
    },
    fileDigest,
  });
}

/** Each once: results of one evaluation mostly come from one dataset. */
function datasetsOf(group: readonly JsonValue[], evaluation: string): PlannedDataset[] {
  const named = group.flatMap((result) => datasetOfResult(member(result, 'source_data'), evaluation) ?? []);
  return [...new Map(named.map((dataset) => [JSON.stringify(dataset), dataset])).values()];
}

/** Equal in every record of a run: the fingerprint that its maker gave it, else the record's own id. */
function identityOf(fields: ReadonlyMap<string, JsonValue>): object {
  const fingerprint = asText(member(fields.get('dedupe_identity'), 'run_fingerprint'));
  return fingerprint === null
    ? { tool: 'every_eval_ever', evaluationId: asText(fields.get('evaluation_id')) }
    : { tool: 'every_eval_ever', fingerprint };
}

function modelOf(info: JsonValue | undefined, report: FileReport): PlannedModel {
  const name = asText(member(info, 'id')) ?? asText(member(info, 'name'));
  if (name === null)
    throw new UnfitLog('The record names no model (model_info.id), and an eval run is of one.');
  const details = member(info, 'additional_details');
  const stated = ['revision', 'model_revision'].map((name) => fixedRevision(asText(member(details, name))));
  const version = stated.find((one) => one !== null) ?? null;
  return version === null ? unspecified(name, report) : { name, version };
}

function metadataOf(fields: ReadonlyMap<string, JsonValue>, losses: Losses): JsonObject {
  const said: Record<string, JsonValue> = { tool: 'every_eval_ever' };
  const names = [
    'schema_version',
    'evaluation_id',
    'dedupe_identity',
    'retrieved_timestamp',
    'source_metadata',
  ];
  for (const name of [...names, 'eval_library', 'model_info']) {
    const value = fields.get(name);
    const kept = value === undefined || value === null ? undefined : losses.bounded(name, finite(value));
    if (kept !== undefined) said[name] = kept;
  }
  return said;
}

/** ISO 8601, or seconds since 1970 as text or number. */
function startOf(stated: JsonValue | undefined, report: FileReport): Date | null {
  const seconds =
    typeof stated === 'number' ? stated : /^\d{9,11}(?:\.\d+)?$/.test(String(stated)) ? Number(stated) : null;
  const date = seconds === null ? null : new Date(seconds * 1000);
  // Not a number, or of micro- or nanoseconds, which no date holds: what it is of is not guessed.
  if (date !== null && Number.isNaN(date.getTime())) {
    report.warn(`The time of the evaluations, ${seconds}, is no number of seconds: it is left out.`);
    return null;
  }
  const instant = date?.toISOString() ?? asInstant(stated);
  if (instant === null) {
    report.warn('The record does not say when its evaluations were run.');
    return null;
  }
  const warnings: string[] = [];
  const start = moment(instant, warnings);
  for (const warning of warnings) report.warn(warning);
  return start;
}

/** Two results of one name are told apart by a number: neither takes the other's place. */
function distinct<T extends { metric: string }>(scores: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return scores.map((score) => {
    const times = (seen.get(score.metric) ?? 0) + 1;
    seen.set(score.metric, times);
    return times === 1 ? score : { ...score, metric: `${score.metric} (${times})` };
  });
}
