import type { FileReport } from '../formats/file-report.ts';
import { planRun } from '../formats/plan-run.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asCount, asNumber, asText, finite, member } from '../inspect/plain-values.ts';
import { Losses } from '../plan-losses.ts';
import { int, moment, UnfitLog } from '../plan-values.ts';
import type { ImportPlan, PlannedModel } from '../planned.ts';
import { conditionOf } from './condition.ts';
import { datasetOfTask } from './dataset-of-task.ts';
import { modelOf, parseArguments } from './model-of-arguments.ts';
import type { ResultsMaterial, TaskRow } from './results-material.ts';
import { countAmong, isBypass, taskScores } from './task-scores.ts';

const TOOL = 'lm-evaluation-harness';
/** Settings that change nothing of what a score means are kept, and do not tell one run from another. */
const OF_THE_MACHINE = new Set(['batch_size', 'batch_sizes', 'device', 'use_cache', 'no_cache']);

interface RunsContext {
  material: ResultsMaterial;
  model: PlannedModel;
  args: JsonObject;
  startedAt: Date | null;
  settings: JsonObject;
  losses: Losses;
  report: FileReport;
  fileDigest: string;
}

/** One run a task (and prompt), and one an aggregate. Throws UnfitLog where nothing can be recorded. */
export function planResults(material: ResultsMaterial, report: FileReport, fileDigest: string): ImportPlan[] {
  if (material.rows.size === 0 && material.groups.size === 0)
    throw new UnfitLog('The file states no result.');
  const losses = new Losses();
  const stated = material.settings.model_args ?? material.top.get('model_args');
  const parsed = parseArguments(stated, report);
  const model = modelOf(material, parsed, report);
  const args = (losses.bounded('model_args', finite(parsed)) ?? {}) as JsonObject;
  const { model_args: _args, ...rest } = material.settings;
  const settings = (losses.bounded('config', finite(rest)) ?? {}) as JsonObject;
  const startedAt = dateOf(material, report);
  const context = { material, model, args, startedAt, settings, losses, report, fileDigest };
  const runs = [...rowsOf(material)].flatMap(([key, row]) => planTask(key, row, context) ?? []);
  for (const { field, count, reason } of losses.all) report.leaveOut(field, count, reason);
  if (runs.length === 0) throw new UnfitLog(`The file states no figure of any task${whyNone(material)}.`);
  return runs;
}

const whyNone = ({ rows }: ResultsMaterial): string =>
  [...rows.values()].some(({ metrics }) => [...metrics.keys()].some(isBypass))
    ? ': the harness was to predict alone, and scored nothing; its answers are in the files of samples'
    : '';

/** The rows of the table, and the aggregates that stand outside it. */
function rowsOf({ rows, groups }: ResultsMaterial): Map<string, TaskRow> {
  const all = new Map<string, TaskRow>();
  for (const [key, row] of rows) {
    // A fork writes its results twice, as a list and as a table of task and prompt.
    const name = row.prompt === null ? key : `${row.task}+${row.prompt}`;
    const known = all.get(name);
    if (known === undefined) all.set(name, row);
    else
      for (const [metric, value] of row.metrics)
        if (!known.metrics.has(metric)) known.metrics.set(metric, value);
  }
  for (const [key, row] of groups) if (!all.has(key)) all.set(key, row);
  return all;
}

function planTask(key: string, row: TaskRow, context: RunsContext): ImportPlan | null {
  const { material, report } = context;
  const group = isGroup(material, key);
  const stated = (section: string) =>
    material.sections.get(section)?.get(key) ?? material.sections.get(section)?.get(row.task);
  const config = stated('configs');
  const counts = stated('n-samples');
  const declared = asCount(member(counts, 'effective')) ?? asCount(countAmong(row.metrics));
  const dataset = group ? null : datasetOfTask(config, row.task);
  const warnings: string[] = [];
  const samples = int(declared, `number of samples of ${row.task}`, warnings);
  for (const warning of warnings) report.warn(warning);
  const scores = taskScores(row.metrics, {
    // The samples of an aggregate are those of its tasks: counted once, there.
    samples: group ? null : samples,
    directions: stated('higher_is_better'),
    metricList: member(config, 'metric_list'),
    note: group ? 'an aggregate over tasks, not a measurement of its own' : null,
    report,
  });
  if (scores.length === 0) {
    report.leaveOut('results[]', 1, 'a name in the table without a figure');
    return null;
  }
  if (group)
    report.warn('Aggregates over tasks are recorded as such: their samples are those of their tasks.');
  return planRun({
    evaluation: {
      name: group ? `${row.task} (aggregate)` : row.task,
      version:
        material.versions.get(key) ??
        material.versions.get(row.task) ??
        asText(member(member(config, 'metadata'), 'version')),
    },
    model: context.model,
    datasets: dataset === null ? [] : [dataset],
    condition: conditionOf(material, key, row),
    identity: identityOf(context, group),
    status: 'SUCCESS',
    startedAt: context.startedAt,
    scores,
    samples: null,
    samplesDeclared: group ? null : samples,
    metadata: metadataOf(key, group, counts, config, context),
    fileDigest: context.fileDigest,
  });
}

function isGroup({ groups, subtasks, sections }: ResultsMaterial, key: string): boolean {
  if (groups.has(key)) return true;
  // In some versions every task is listed here, those that are no aggregate with an empty list.
  return (subtasks.get(key)?.length ?? 0) > 0 && !sections.get('configs')?.has(key);
}

function identityOf({ material, args, startedAt, settings }: RunsContext, group: boolean): object {
  const told = Object.entries(settings).filter(([name]) => !OF_THE_MACHINE.has(name));
  return {
    tool: TOOL,
    group,
    date: startedAt?.toISOString() ?? null,
    args,
    settings: Object.fromEntries(told),
    gitHash: material.top.get('git_hash') ?? null,
  };
}

function metadataOf(
  key: string,
  group: boolean,
  counts: JsonValue | undefined,
  config: JsonValue | undefined,
  { material, args, settings, losses }: RunsContext,
): JsonObject {
  const { top, subtasks, sections } = material;
  const task = config === undefined ? undefined : losses.bounded('configs[]', finite(config));
  const said: Record<string, JsonValue | undefined> = {
    tool: TOOL,
    harnessVersion: asText(top.get('lm_eval_version')),
    gitHash: asText(top.get('git_hash')),
    transformersVersion: asText(top.get('transformers_version')),
    modelSource: asText(top.get('model_source')),
    maxLength: asNumber(top.get('max_length')),
    modelArgs: args,
    config: settings,
    taskConfig: task,
    taskHash: asText(sections.get('task_hashes')?.get(key)),
    samples: counts === undefined ? undefined : finite(counts),
    aggregateOf: group ? (subtasks.get(key) ?? []) : undefined,
  };
  return Object.fromEntries(
    Object.entries(said).filter(
      (entry): entry is [string, JsonValue] => entry[1] !== undefined && entry[1] !== null,
    ),
  );
}

/** Seconds since 1970, as the harness writes them; the time at which the run began. */
function dateOf({ top }: ResultsMaterial, report: FileReport): Date | null {
  const seconds = asNumber(top.get('date'));
  if (seconds === null) {
    report.warn('The file does not date its run.');
    return null;
  }
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) {
    report.warn('The file dates its run to no time that can be.');
    return null;
  }
  const warnings: string[] = [];
  const kept = moment(date.toISOString(), warnings);
  for (const warning of warnings) report.warn(warning);
  return kept;
}
