// What a log will become in the record, worked out before anything is written.

import { reducerNote } from '../evaluation/epoch-reducer.ts';
import { UNVERSIONED } from '../evaluation/evaluation.ts';
import { addToList } from '../platform/add-to-list.ts';
import { cutRule, cutWarnings, MOST_SCORES } from './cut-report.ts';
import { keptAs, toldOf } from './datasets/stated-dataset.ts';
import { isWhole } from './inspect/compare-results.ts';
import { datasetOfLog } from './inspect/dataset-of-log.ts';
import type { InspectLog, InspectSample, InspectScore, JsonObject } from './inspect/inspect-log.ts';
import type { KnownHere } from './known-here.ts';
import { graderFinder, planGraders, planModel } from './plan-graders.ts';
import { Losses } from './plan-losses.ts';
import { builtInRules, type Measured, measureByRules } from './plan-measurements.ts';
import { contentOf, planMetadata } from './plan-metadata.ts';
import {
  bounded,
  int,
  LARGEST_INT,
  LONGEST_NAME,
  moment,
  sha256,
  thingName,
  UnfitLog,
} from './plan-values.ts';
import type { ImportPlan, PlannedMeasurement, PlannedSample, PlannedScore, RunStatus } from './planned.ts';
import { toldOfNone } from './told-by-rules.ts';

const LONGEST_TASK = 160;

/**
 * The plan for a log, by what people confirmed where it is read; by the built-in rules alone where that is left out.
 * Throws UnfitLog; everything else that is odd stands in the report's warnings.
 */
export function planImport(stated: InspectLog, known?: KnownHere): ImportPlan {
  const log = withoutSecretArguments(stated);
  const models = known?.models ?? new Map();
  const warnings = [...log.warnings];
  const losses = new Losses();
  const rules = known?.rules ?? builtInRules(log);
  const counted = measureByRules(log, rules);
  warnings.push(...counted.warnings);
  const ofRecord: string[] = [];
  const evaluation = planEvaluation(log, warnings);
  // What graders lose is told once, with the run's settings below.
  const graders = planGraders(log, new Losses(), { warnings, ofRecord }, models);
  const graderOf = graderFinder(log.graders, graders, warnings);
  const epochs = int(log.run.epochs, 'number of epochs', warnings) || 1;
  const samples = log.samples.map((sample, i) => planSample(sample, counted.outcomes[i]));
  // What a grader of a measurement lacks is told with the rule: of a scorer without metrics nothing else tells it.
  const graderOfRule = counted.byRules.map((told) => graderFinder(log.graders, graders, told.warnings));
  const measurements = counted.measurements.map((m): PlannedMeasurement => {
    const { behavior, exhibited, notExhibited, unscored, graderErrors, excluded } = m;
    const counts = { exhibited, notExhibited, unscored, graderErrors, excluded };
    const name = m.condition === null ? null : bounded(m.condition, LONGEST_NAME);
    const { versionId: scoringRuleVersionId, behaviorIds } = m.rule;
    const graderOfMeasurement = graderOfRule[rules.indexOf(m.rule)]!;
    const behaviorId = behaviorIds.get(behavior);
    return {
      behavior,
      behaviorId,
      condition: name,
      grader: graderOfMeasurement(m.scorer),
      scoringRuleVersionId,
      ...counts,
    };
  });
  // Those too that a measurement stands for: whoever does not see it reads them, as if no rule had made it.
  const coveredBy = new Map<number, number[]>();
  for (const [i, { covers }] of counted.measurements.entries())
    for (const place of covers) addToList(coveredBy, place, i);
  const scores = planScores(log.scores.slice(0, MOST_SCORES), graderOf, warnings).map((score, place) =>
    coveredBy.has(place) ? { ...score, coveredBy: coveredBy.get(place)! } : score,
  );
  if (log.scores.length > MOST_SCORES)
    warnings.push(`The log has ${log.scores.length} metrics: the first ${MOST_SCORES} are kept.`);
  const model = planModel(
    { model: log.run.model, revision: log.run.modelRevision },
    'under test',
    { warnings, ofRecord },
    models,
  );
  const dataset = datasetOfLog(log);
  const told = dataset === null ? null : toldOf(dataset);
  if (told !== null) warnings.push(told);
  const byRules = [...toldOfNone(known?.ofRules ?? []), ...counted.byRules].map(cutRule);
  const metadata = planMetadata(stated, losses);
  const contentDigest = contentOf(metadata, saidBy(log, graderOf));
  const identity = /^[A-Za-z0-9_-]{8,}$/.test(log.run.identity)
    ? log.run.identity.slice(0, 8)
    : sha256(log.run.identity).slice(0, 8);
  const runName = `${bounded(evaluation.name, LONGEST_TASK)}/${identity}`;
  return {
    evaluation,
    model,
    datasets: dataset === null ? [] : [dataset],
    runNames: [
      runName,
      `${runName}-${contentDigest.slice(0, 8)}`,
      `${runName}-${contentDigest.slice(0, 8)}-${log.digest.slice(0, 12)}`,
    ],
    runIdentity: log.run.identity,
    contentDigest,
    status: log.status.toUpperCase() as RunStatus,
    startedAt: moment(log.run.startedAt ?? log.run.created, warnings),
    epochs,
    sampleCount: log.counts.samplesPresent,
    samplesDeclared: int(log.counts.samplesDeclared, 'declared number of samples', warnings),
    graders,
    conditions: counted.conditions.map((condition) => planCondition(condition, losses)),
    behaviors: [
      ...new Set(measurements.flatMap((m) => (m.behaviorId === undefined ? [m.behavior] : []))),
    ].map((name) => ({ name, title: title(name) })),
    measurements,
    scores,
    samples,
    metadata,
    report: {
      kept: [...log.kept, ...(dataset === null ? [] : [{ field: dataset.field, how: keptAs(dataset) }])],
      leftOut: [
        ...log.leftOut.map(({ field, count, why }) => ({ field, count, reason: why })),
        ...losses.all,
      ],
      warnings: cutWarnings(warnings),
      ...(ofRecord.length > 0 ? { warningsOfRecord: cutWarnings(ofRecord) } : {}),
      recordedBefore: null,
      toPropose: counted.toPropose,
      ...(byRules.length > 0 ? { byRules } : {}),
    },
  };
}

/** A rule may make a condition of any argument: none of those that may hold credentials is there to be taken. */
function withoutSecretArguments(log: InspectLog): InspectLog {
  const taskArgs = (new Losses().bounded('eval.task_args', log.evaluation.taskArgs) ?? {}) as JsonObject;
  return { ...log, evaluation: { ...log.evaluation, taskArgs } };
}

/** What a file says of its run, whatever rules there are where it is read: another rule makes no other run of it. */
function saidBy(log: InspectLog, graderOf: (scorer: string) => number | null): object {
  const { measurements, outcomes } = measureByRules(log, builtInRules(log));
  return {
    samples: samplesAsSaid(log, outcomes),
    measurements: measurements.map((m) => {
      const { behavior, exhibited, notExhibited, unscored, graderErrors, excluded } = m;
      const condition = m.condition === null ? null : bounded(m.condition, LONGEST_NAME);
      const counts = { exhibited, notExhibited, unscored, graderErrors, excluded };
      return { behavior, condition, grader: graderOf(m.scorer), ...counts };
    }),
    scores: log.scores,
    status: log.status,
  };
}

/** One after the other, so that the samples do not stand in memory a second time. */
function* samplesAsSaid(log: InspectLog, outcomes: Record<string, string>[]): Generator<object> {
  for (const [i, stated] of log.samples.entries()) {
    // Where a sample stands is a matter of the container, not of what the log says.
    const { invalidated: _invalidated, place: _place, ...sample } = planSample(stated, outcomes[i]);
    yield sample;
  }
}

function planEvaluation(log: InspectLog, warnings: string[]): ImportPlan['evaluation'] {
  const { name: task, version: stated, displayName } = log.evaluation;
  const name = thingName(task);
  if (name === '') throw new UnfitLog('The log gives its task a name that holds no letter.');
  const version = stated === null ? '' : bounded(stated, LONGEST_NAME);
  if (version === '')
    warnings.push(`The log states no version of its task: it is recorded as "${UNVERSIONED}".`);
  const shown = displayName === null ? '' : bounded(displayName, LONGEST_NAME);
  return { name, version: version || UNVERSIONED, title: shown === '' || shown === name ? null : shown };
}

/** Of several that would be called alike, and are given by nobody who tells them apart, each is named in full. */
function planScores(
  stated: readonly InspectScore[],
  graderOf: (scorer: string) => number | null,
  warnings: string[],
): PlannedScore[] {
  const planned = stated.map((score) => planScore(score, graderOf, warnings));
  const sources = new Map<string, Set<string>>();
  const keyOf = (one: PlannedScore, i: number) =>
    JSON.stringify([one.metric, one.grader, stated[i]!.reducer]);
  planned.forEach((one, i) => {
    const { scorer, name, metric } = stated[i]!;
    const key = keyOf(one, i);
    sources.set(key, (sources.get(key) ?? new Set()).add(JSON.stringify([scorer, name, metric])));
  });
  return planned.map((one, i) => {
    const { scorer, name, metric } = stated[i]!;
    if (sources.get(keyOf(one, i))!.size === 1) return one;
    const value = isWhole(name, scorer) ? '' : `${name}: `;
    return { ...one, metric: bounded(`${scorer}: ${value}${metric}`, LONGEST_NAME) };
  });
}

function planScore(
  score: InspectScore,
  graderOf: (scorer: string) => number | null,
  warnings: string[],
): PlannedScore {
  const whole = isWhole(score.name, score.scorer);
  const notes = [
    whole ? null : `value ${score.name} of ${score.scorer}`,
    score.reducer === null ? null : reducerNote(score.reducer),
  ].filter((note) => note !== null);
  return {
    metric: bounded(whole ? score.metric : `${score.name}/${score.metric}`, LONGEST_NAME) || 'unnamed',
    value: score.value,
    standardError: score.stderr !== null && score.stderr >= 0 ? score.stderr : null,
    sampleCount: int(score.scoredSamples, 'number of scored samples', warnings),
    unscored: int(score.unscoredSamples, 'number of unscored samples', warnings),
    grader: graderOf(score.scorer),
    note: notes.length === 0 ? null : notes.join('; '),
  };
}

function planSample(sample: InspectSample, outcomes: Record<string, string> = {}): PlannedSample {
  if (sample.epoch < 1 || sample.epoch > LARGEST_INT) {
    throw new UnfitLog(`The log has a sample in epoch ${sample.epoch}; epochs count from 1.`);
  }
  return {
    sampleId: sample.id,
    epoch: sample.epoch,
    target: sample.target === '' ? null : sample.target,
    scores: sample.scores as unknown as JsonObject,
    outcomes,
    error: sample.error,
    limitReached: sample.limit?.type ?? null,
    place: sample.place,
    invalidated: sample.invalidated,
    ...(sample.inputDigest === null ? {} : { inputDigest: sample.inputDigest }),
    ...(sample.scenario === null ? {} : { scenario: sample.scenario.name }),
  };
}

function planCondition(
  { name, factors }: Measured['conditions'][number],
  losses: Losses,
): ImportPlan['conditions'][number] {
  return {
    name: bounded(name, LONGEST_NAME),
    factors: (losses.bounded('eval.task_args', factors) ?? {}) as JsonObject,
  };
}

function title(name: string): string {
  const words = name.replaceAll(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
