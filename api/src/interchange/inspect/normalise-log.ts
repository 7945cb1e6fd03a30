import { createHash } from 'node:crypto';
import { ScorerNames } from '../../evaluation/scoring/scorer-names.ts';
import { compareResults } from './compare-results.ts';
import type { FieldReport } from './field-report.ts';
import type { InspectCounts, InspectLog, InspectSample, InspectScore, InspectStatus } from './inspect-log.ts';
import { PLACEHOLDER_SCORER, type RawHeader } from './log-collector.ts';
import { generateConfigOf, modelArgumentsOf, modelUnderTest } from './model-under-test.ts';
import { normaliseGraders } from './normalise-graders.ts';
import { normaliseEvaluation, normaliseRun, normaliseScores } from './normalise-header.ts';
import { isScored } from './normalise-sample.ts';
import { asCount, asText } from './plain-values.ts';
import { Refusal } from './refusal.ts';
import { roleArgumentsOf } from './role-arguments.ts';
import type { LogRemarks } from './sample-remarks.ts';
import { withScenarios } from './sample-scenario.ts';

const NEWEST_VERSION = 3;
const STATUSES: readonly string[] = ['success', 'error', 'cancelled', 'started'];

/** All that was taken from the bytes of one log. */
export interface LogMaterial {
  digest: string;
  bytes: number;
  container: 'json' | 'eval';
  header: RawHeader;
  samples: InspectSample[];
  remarks: LogRemarks;
  report: FieldReport;
  /** No header was written: the process that ran the evaluation was stopped. */
  killed: boolean;
  warnings: string[];
}

/** Makes the record of a log. Throws `Refusal` where the material is no evaluation log. */
export function normaliseLog(material: LogMaterial): InspectLog {
  const { header, digest, report } = material;
  const { fields } = header;
  const warnings = [...material.warnings];
  const task = asText(fields.get('eval.task'));
  const named = asText(fields.get('eval.model'));
  if (task === null || named === null) throw new Refusal(whyNoLog(header));
  const formatVersion = asCount(fields.get('version'));
  if (formatVersion === null) warnings.push('The log does not name its format version.');
  else if (formatVersion > NEWEST_VERSION) {
    warnings.push(
      `Format version ${formatVersion} is newer than this reader; what it does not know is left out.`,
    );
  }
  const evaluation = normaliseEvaluation(header, task);
  const tested = modelUnderTest(fields, named, warnings);
  const run = normaliseRun(
    fields,
    {
      ...identity(fields, digest),
      ...tested,
      generateConfig: generateConfigOf(fields, tested, report),
      ...modelArgumentsOf(fields, tested, report),
      ...roleArgumentsOf(fields.get('eval.model_roles'), tested.modelRole, report),
    },
    warnings,
  );
  const scores = normaliseScores(header, warnings);
  const samples = withScenarios(withScorerNames(material.samples, scores), report, warnings);
  const graders = normaliseGraders(header, run);
  const counts = countSamples(
    samples,
    evaluation.dataset.samplesDeclared,
    scorerNames(samples, graders, scores),
  );
  const log: InspectLog = {
    digest,
    bytes: material.bytes,
    container: material.container,
    formatVersion,
    status: status(material, warnings),
    evaluation,
    run,
    graders,
    scores,
    samples,
    counts,
    kept: report.kept(),
    leftOut: report.leftOut(),
    warnings,
  };
  remark(log, material.remarks);
  warnings.push(
    ...compareResults(
      {
        totalSamples: asCount(fields.get('results.total_samples')),
        completedSamples: asCount(fields.get('results.completed_samples')),
        scores,
      },
      samples,
      { saidToBeWanted: samplesWanted(log), partsCut: material.remarks.partsCut > 0 },
    ),
  );
  return log;
}

function whyNoLog({ topLevel }: RawHeader): string {
  if (topLevel.has('eval_set_id') && topLevel.has('tasks')) {
    return 'This is the list of tasks of an Inspect eval set, not the log of a run: import the logs it names.';
  }
  if (!topLevel.has('eval')) return 'This JSON is no Inspect log: it has no `eval` section.';
  return 'This Inspect log names no task or no model, so there is no evaluation to record.';
}

function identity(fields: RawHeader['fields'], digest: string) {
  const evalId = asText(fields.get('eval.eval_id'));
  if (evalId !== null) return { identity: evalId, identityFrom: 'eval_id' as const };
  const parts = ['run_id', 'task_id', 'created'].map((name) => asText(fields.get(`eval.${name}`)));
  if (parts.some((part) => part === null)) return { identity: digest, identityFrom: 'digest' as const };
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { identity: hash, identityFrom: 'run_id+task_id+created' as const };
}

function status({ header, killed }: LogMaterial, warnings: string[]): InspectStatus {
  if (killed) {
    warnings.push('The log has no header: the run was killed, and its results were never computed.');
    return 'killed';
  }
  const stated = asText(header.fields.get('status'));
  if (stated !== null && STATUSES.includes(stated)) return stated as InspectStatus;
  warnings.push(
    stated === null ? 'The log states no status.' : `The log states an unknown status, ${stated}.`,
  );
  return 'started';
}

function withScorerNames(samples: InspectSample[], scores: InspectScore[]): InspectSample[] {
  const only = scores[0]?.name;
  if (only === undefined) return samples;
  return samples.map((sample) => {
    const { [PLACEHOLDER_SCORER]: score, ...others } = sample.scores;
    return score ? { ...sample, scores: { ...others, [only]: score } } : sample;
  });
}

function scorerNames(
  samples: InspectSample[],
  graders: { scorer: string }[],
  scores: InspectScore[],
): Set<string> {
  const names = new Set(samples.flatMap((sample) => Object.keys(sample.scores)));
  // Samples name a scorer without its package, and a second of the same name with a number behind.
  const held = new ScorerNames(names);
  for (const scorer of new Set([...graders, ...scores].map((one) => one.scorer)))
    if (held.meantBy(scorer).length === 0) names.add(scorer);
  return names;
}

function countSamples(
  samples: InspectSample[],
  declared: number | null,
  scorers: Set<string>,
): InspectCounts {
  const count = (test: (sample: InspectSample) => boolean) => samples.filter(test).length;
  const epochs = new Map<string, number>();
  for (const { id } of samples) epochs.set(id, (epochs.get(id) ?? 0) + 1);
  // By what each sample has, since a log may name as many scorers as it has samples.
  const scored = new Map([...scorers].map((name) => [name, 0]));
  for (const sample of samples)
    for (const [name, score] of Object.entries(sample.scores))
      if (isScored(score)) scored.set(name, (scored.get(name) ?? 0) + 1);
  return {
    samplesPresent: samples.length,
    samplesDeclared: declared,
    epochs: [...epochs.values()].reduce((most, number) => Math.max(most, number), 0),
    errored: count((sample) => sample.error !== null),
    limited: count((sample) => sample.limit !== null),
    invalidated: count((sample) => sample.invalidated),
    scored: Object.fromEntries(scored),
    unscored: Object.fromEntries([...scored].map(([name, number]) => [name, samples.length - number])),
  };
}

/** How many samples the run was to take over its epochs; null where the log does not say. */
function samplesWanted({ evaluation, run }: InspectLog): number | null {
  const { idsSelected } = evaluation.dataset;
  return idsSelected === null ? null : idsSelected * run.epochs;
}

/** What a reader of the record must know before relying on its numbers. */
function remark(log: InspectLog, remarks: LogRemarks): void {
  const { counts, evaluation, run, warnings, scores } = log;
  const ids = new Set(log.samples.map((sample) => sample.id)).size;
  const { samplesDeclared } = evaluation.dataset;
  const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  if (samplesDeclared !== null && samplesDeclared !== ids) {
    const limit = run.limit === null ? '' : ` (the run was limited to ${JSON.stringify(run.limit)})`;
    warnings.push(`The dataset declares ${many(samplesDeclared, 'sample')}; the log holds ${ids}${limit}.`);
  }
  const expected = samplesWanted(log);
  if (expected !== null && expected !== counts.samplesPresent) {
    warnings.push(
      `The run was to take ${many(expected, 'sample')} over its epochs; the log holds ${counts.samplesPresent}.`,
    );
  }
  if (scores.length === 0) warnings.push('The log holds no results; nothing is said of its metrics.');
  if (counts.errored > 0) warnings.push(`${many(counts.errored, 'sample')} ended in an error.`);
  if (counts.limited > 0) warnings.push(`${many(counts.limited, 'sample')} ran into a limit.`);
  if (run.invalidated || counts.invalidated > 0) {
    warnings.push(`The log says that samples were invalidated; ${counts.invalidated} of those present are.`);
  }
  for (const [scorer, count] of remarks.notFinite) {
    warnings.push(`${many(count, 'value')} of ${scorer} NaN or infinite: read as unscored.`);
  }
  for (const [scorer, count] of remarks.edited) {
    warnings.push(
      `${many(count, 'score')} of ${scorer} ${count === 1 ? 'was' : 'were'} edited after the run: the values kept are those after the edits, whose history the transcripts show.`,
    );
  }
  if (remarks.partsCut > 0) warnings.push(`${many(remarks.partsCut, 'value')} had more parts than are kept.`);
}
