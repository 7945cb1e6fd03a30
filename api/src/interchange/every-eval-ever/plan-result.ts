import { statedScore } from '../formats/figures.ts';
import type { FileReport } from '../formats/file-report.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asBoolean, asCount, asNumber, asText, member } from '../inspect/plain-values.ts';
import { bounded, int, LONGEST_NAME } from '../plan-values.ts';
import type { PlannedScore } from '../planned.ts';

/** One result as a score, in the unit in which it is stated. */
export function planResult(result: JsonValue, grader: number | null, report: FileReport): PlannedScore {
  const config = member(result, 'metric_config');
  const details = member(result, 'score_details');
  const uncertainty = member(details, 'uncertainty');
  const stated = statedScore(member(details, 'score'), standardErrorOf(uncertainty));
  const notes = [...stated.notes, ...intervalNotes(member(uncertainty, 'confidence_interval'))];
  const deviation = asNumber(member(uncertainty, 'standard_deviation'));
  if (deviation !== null) notes.push(`standard deviation of the samples ${deviation}, as stated`);
  let { value } = stated;
  if (value === -1 && asBoolean(member(config, 'has_unknown_level')) === true) {
    value = null;
    notes.push('the file states -1, its word for an unknown level');
  }
  if (value === null)
    report.warn('Some figures are stated as no number, or as unknown: they are recorded as none.');
  const [least, most] = [asNumber(member(config, 'min_score')), asNumber(member(config, 'max_score'))];
  if (least !== null && most !== null) notes.push(`on a scale from ${least} to ${most}`);
  const lower = asBoolean(member(config, 'lower_is_better'));
  const warnings: string[] = [];
  const samples = int(asCount(member(uncertainty, 'num_samples')), 'number of samples', warnings);
  for (const warning of warnings) report.warn(warning);
  return {
    metric: bounded(metricOf(result, config), LONGEST_NAME) || 'score',
    value,
    standardError: value === null ? null : stated.standardError,
    sampleCount: samples,
    unscored: null,
    grader,
    note: notes.length === 0 ? null : notes.join('; '),
    higherIsBetter: lower === null ? null : !lower,
  };
}

/** The metric as the record names it; without a name its description, else what every result has: a score. */
function metricOf(result: JsonValue, config: JsonValue | undefined): string {
  const named = ['metric_name', 'metric_id'].map((name) => asText(member(config, name)));
  const stated = named.find((name) => name !== null) ?? asText(member(result, 'metric_name'));
  return stated ?? asText(member(config, 'evaluation_description'), 150) ?? 'score';
}

function standardErrorOf(uncertainty: JsonValue | undefined): JsonValue | undefined {
  const stated = member(uncertainty, 'standard_error');
  // A bare number, in records of the first versions.
  return typeof stated === 'number' ? stated : member(stated, 'value');
}

/** An interval of which the record does not hold the counts is told, and not made into an error. */
function intervalNotes(interval: JsonValue | undefined): string[] {
  const [lower, upper] = [asNumber(member(interval, 'lower')), asNumber(member(interval, 'upper'))];
  if (lower === null || upper === null) return [];
  const level = asNumber(member(interval, 'confidence_level'));
  const method = asText(member(interval, 'method'), 60);
  const of = level === null ? 'of no stated level' : `of level ${level}`;
  return [`interval ${of} from ${lower} to ${upper}${method === null ? '' : ` (${method})`}, as stated`];
}
