import { statedNumber, statedScore } from '../formats/figures.ts';
import type { FileReport } from '../formats/file-report.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asBoolean, member } from '../inspect/plain-values.ts';
import { bounded, LONGEST_NAME } from '../plan-values.ts';
import type { PlannedScore } from '../planned.ts';

const ERROR = '_stderr';
/** Newer files count the samples among the metrics. */
const COUNTS = new Set(['samples', 'sample_len', 'sample_count']);
/**
 * The metric of a task that was only to be answered, 999 of whatever answer. Source: `predict_only` in
 * lm_eval/evaluator.py and `bypass` in lm_eval/api/metrics.py.
 */
export const BYPASS = 'bypass';
export const PREDICTED_ALONE =
  'stands for a score where the harness was to predict alone, and scored nothing';

export interface TaskContext {
  /** Samples that were scored, where the file states it. */
  samples: number | null;
  /** `higher_is_better` of the task: a truth value by metric. */
  directions: JsonValue | undefined;
  /** `metric_list` of the task's configuration. */
  metricList: JsonValue | undefined;
  /** What every score of the row must say, such as that it is an aggregate. */
  note: string | null;
  report: FileReport;
}

interface Metric {
  metric: string;
  filter: string | null;
}

/** The scores of a task. A metric whose standard error is not stated, or no number, has none. */
export function taskScores(metrics: ReadonlyMap<string, JsonValue>, context: TaskContext): PlannedScore[] {
  const { report, note } = context;
  const directionOf = directionsOf(context);
  const scores = new Map<string, PlannedScore>();
  const errors = new Map<string, JsonValue>();
  for (const [key, value] of metrics) if (isError(key)) errors.set(key, value);
  for (const [key, value] of metrics) {
    if (isError(key) || COUNTS.has(key)) continue;
    if (Array.isArray(value)) {
      report.leaveOut(
        'results[][]',
        value.length,
        'a list of values over checkpoints; one value a metric is read',
      );
      continue;
    }
    const stated = split(key);
    if (isBypass(key)) {
      report.leaveOut(`results[].${BYPASS}`, 1, PREDICTED_ALONE);
      errors.delete(joined({ metric: `${BYPASS}${ERROR}`, filter: stated.filter }));
      continue;
    }
    if (!isFigure(value)) {
      report.leaveOut(`results[].${stated.metric}`, 1, 'a text, mapping or truth value where figures stand');
      continue;
    }
    // Groups of newer files stand in the table with a blank where a figure would be.
    if (stated.metric.trim() === '' && statedNumber(value).value === null) continue;
    const errorKey = joined({ metric: `${stated.metric}${ERROR}`, filter: stated.filter });
    const score = statedScore(value, errors.get(errorKey));
    errors.delete(errorKey);
    if (score.value === null) report.warn('Some figures are stated as no number: they are recorded as none.');
    else if (score.notes.length > 0)
      report.warn(
        'Some standard errors are stated as no number, or as 0 at the end of a scale: none is recorded.',
      );
    const notes = [...(note === null ? [] : [note]), ...score.notes];
    const plain = stated.filter === null || stated.filter === 'none' ? stated.metric : key;
    const metric = bounded(scores.has(plain) ? key : plain, LONGEST_NAME) || 'unnamed';
    scores.set(metric, {
      metric,
      value: score.value,
      standardError: score.standardError,
      sampleCount: context.samples,
      unscored: null,
      grader: null,
      note: notes.length === 0 ? null : notes.join('; '),
      higherIsBetter: directionOf(stated.metric),
    });
  }
  for (const value of errors.values())
    report.leaveOut(
      'results[][]',
      statedNumber(value).value === null ? 0 : 1,
      'a standard error whose metric the file does not state',
    );
  return [...scores.values()];
}

/** A number, or a word for the lack of one. */
function isFigure(value: JsonValue): boolean {
  if (value === null || typeof value === 'number') return true;
  return (
    typeof value === 'string' &&
    /^(?:\s*|n\/?a|nan|[+-]?inf(?:inity)?|none|null|-+|\d{16,})$/i.test(value.trim())
  );
}

/** How many samples the figures themselves state. */
export function countAmong(metrics: ReadonlyMap<string, JsonValue>): JsonValue | undefined {
  const key = [...COUNTS].find((name) => metrics.has(name));
  return key === undefined ? undefined : metrics.get(key);
}

function split(key: string): Metric {
  const at = key.indexOf(',');
  return at < 0 ? { metric: key, filter: null } : { metric: key.slice(0, at), filter: key.slice(at + 1) };
}

const joined = ({ metric, filter }: Metric) => (filter === null ? metric : `${metric},${filter}`);
export const isBypass = (key: string) => split(key).metric === BYPASS;
const isError = (key: string) => split(key).metric.endsWith(ERROR);

function directionsOf({ directions, metricList }: TaskContext): (metric: string) => boolean | null {
  const listed = new Map<JsonValue | undefined, boolean | null>();
  for (const entry of Array.isArray(metricList) ? metricList : []) {
    const metric = member(entry, 'metric');
    if (!listed.has(metric)) listed.set(metric, asBoolean(member(entry, 'higher_is_better')));
  }
  return (metric) => asBoolean(member(directions, metric)) ?? listed.get(metric) ?? null;
}
