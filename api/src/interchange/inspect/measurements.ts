// From verdicts to measurements: only by a mapping that says what each value means, and never by guessing.
import {
  behaviorFor,
  conditionNameOf,
  countOutcomes,
  factorsFor,
  judgeScore,
  type Outcome,
} from '../../evaluation/scoring/judge-score.ts';
import { areTooMany, ScorerNames, tooManyMeant } from '../../evaluation/scoring/scorer-names.ts';
import type { ScoringDefinition, ValueTest } from '../../evaluation/scoring/scoring-definition.ts';
import type { InspectLog, InspectSampleScore, InspectScore, JsonObject } from './inspect-log.ts';

export type { Outcome, ValueTest };

/** What a rule says of one scorer; its condition may be the mapping's. */
export type BehaviorRule = ScoringDefinition;

export interface BehaviorMapping {
  rules: readonly BehaviorRule[];
  /** Task arguments that make the condition, in the order in which they are named. */
  conditionArgs?: readonly string[];
}

export interface InspectMeasurement {
  behavior: string;
  condition: string | null;
  scorer: string;
  part: string | null;
  exhibited: number;
  notExhibited: number;
  unscored: number;
  graderErrors: number;
  excluded: number;
  /** exhibited + notExhibited. */
  sampleCount: number;
}

export interface InspectMeasurements {
  measurements: InspectMeasurement[];
  /** The metrics that no measurement stands for. */
  scores: InspectScore[];
  /** Of each measurement, the metrics that it stands for. */
  covered: InspectScore[][];
  warnings: string[];
}

/**
 * Counts the samples of a log, each epoch for itself, by what the mapping says their values mean. A value
 * that the mapping does not know, or knows as both, is unscored and named in the warnings; so is a sample
 * without a verdict. An invalidated sample is excluded. Without a mapping every metric is a score.
 */
export function toMeasurements(log: InspectLog, mapping: BehaviorMapping | null): InspectMeasurements {
  if (mapping === null) return { measurements: [], scores: log.scores, covered: [], warnings: [] };
  const warnings: string[] = [];
  const names = namesOf(log);
  const measured = mapping.rules.flatMap((rule) => {
    const meant = names.meantBy(rule.scorer);
    if (meant.length === 0) warnings.push(`No sample of this log has a score by ${rule.scorer}.`);
    if (areTooMany(meant.length, log.samples.length)) warnings.push(tooManyMeant(rule.scorer, meant.length));
    return notTooMany(log, meant).flatMap((scorer) => measure(log, mapping, rule, scorer, warnings) ?? []);
  });
  const isMeant = measuredBy(log.scores, measured, names);
  const covers = ({ scorer, part }: InspectMeasurement, score: InspectScore) =>
    (score.name === scorer || isMeant(score.scorer, scorer)) && (part === null || part === score.name);
  return {
    measurements: measured,
    scores: log.scores.filter((score) => !measured.some((one) => covers(one, score))),
    covered: measured.map((one) => log.scores.filter((score) => covers(one, score))),
    warnings,
  };
}

/**
 * What each sample came to by the mapping, in the log's order: outcome by behaviour, or by behaviour and scorer
 * where several scorers judge one. The measurements count the same outcomes.
 */
export function sampleOutcomes(log: InspectLog, mapping: BehaviorMapping | null): Record<string, Outcome>[] {
  const outcomes: Record<string, Outcome>[] = log.samples.map(() => ({}));
  for (const rule of mapping?.rules ?? []) {
    const behavior = behaviorFor(rule, log.evaluation.taskArgs);
    if (behavior === null) continue;
    scorersOf(log, rule.scorer).forEach((scorer, nth) => {
      const key = nth === 0 ? behavior : `${behavior} (${scorer})`;
      log.samples.forEach((sample, i) => {
        outcomes[i]![key] = judgeScore(rule, scoreBy(sample, scorer), sample.invalidated).outcome;
      });
    });
  }
  return outcomes;
}

/** The task arguments that make the condition, with their values; empty where the mapping names none. */
export function conditionFactors(log: InspectLog, mapping: BehaviorMapping | null): JsonObject {
  return factorsFor(mapping?.conditionArgs, log.evaluation.taskArgs) as JsonObject;
}

/** The scorers of a log that go by a name, as its samples call them; none where these are too many to be measured. */
export function scorersOf(log: InspectLog, wanted: string): string[] {
  return notTooMany(log, namesOf(log).meantBy(wanted));
}

const namesOf = ({ samples }: InspectLog): ScorerNames =>
  new ScorerNames(new Set(samples.flatMap((sample) => Object.keys(sample.scores))));

const notTooMany = ({ samples }: InspectLog, meant: string[]): string[] =>
  areTooMany(meant.length, samples.length) ? [] : meant;

/** Whether a metric's scorer means one that was measured, told of each scorer's name once. */
function measuredBy(
  scores: readonly InspectScore[],
  measured: readonly InspectMeasurement[],
  names: ScorerNames,
): (scorer: string, one: string) => boolean {
  const asked = new Set(measured.map(({ scorer }) => scorer));
  const meant = new Map<string, ReadonlySet<string>>();
  if (asked.size > 0)
    for (const { scorer } of scores)
      if (!meant.has(scorer))
        meant.set(scorer, new Set(names.meantBy(scorer).filter((name) => asked.has(name))));
  return (scorer, one) => meant.get(scorer)?.has(one) === true;
}

function scoreBy(
  { scores }: { scores: Readonly<Record<string, InspectSampleScore>> },
  scorer: string,
): InspectSampleScore | undefined {
  return Object.hasOwn(scores, scorer) ? scores[scorer] : undefined;
}

function measure(
  log: InspectLog,
  mapping: BehaviorMapping,
  rule: BehaviorRule,
  scorer: string,
  warnings: string[],
): InspectMeasurement | null {
  const behavior = behaviorFor(rule, log.evaluation.taskArgs);
  if (behavior === null) {
    warnings.push(`The scoring rule for ${scorer} has no behaviour for the arguments of this task.`);
    return null;
  }
  const cases = log.samples.map((sample) => ({
    score: scoreBy(sample, scorer),
    invalidated: sample.invalidated,
    times: 1,
  }));
  const { unnamed, clusters: _, ...counts } = countOutcomes(rule, cases);
  for (const { value, count } of unnamed.slice(0, 20)) {
    warnings.push(`${count} × ${value} by ${scorer} means nothing to the scoring rule: counted as unscored.`);
  }
  const condition = conditionNameOf(factorsFor(mapping.conditionArgs, log.evaluation.taskArgs));
  return { behavior, condition, scorer, part: rule.part ?? null, ...counts };
}
