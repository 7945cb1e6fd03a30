// From verdicts to measurements: only by a mapping that says what each value means, and never by guessing.
import type { InspectLog, InspectSample, InspectScore, JsonObject, Scalar } from './inspect-log.ts';

export type Outcome = 'EXHIBITED' | 'NOT_EXHIBITED' | 'UNSCORED' | 'GRADER_ERROR' | 'EXCLUDED';

/** A test of one value. Members of `oneOf` are compared with their type; bounds apply to numbers alone. */
export type ValueTest = { oneOf: readonly Scalar[] } | { atLeast: number } | { below: number };

export interface BehaviorRule {
  /** The behaviour's name, or a table of names by the value of a task argument. */
  behavior: string | { byTaskArg: string; names: Readonly<Record<string, string>>; byDefault?: string };
  /** The scorer's name, without its package. */
  scorer: string;
  /** Which part, where the scorer gives several values. */
  part?: string;
  exhibited: ValueTest;
  notExhibited: ValueTest;
  excluded?: ValueTest;
  /** Asked first, of `part` in this rule's own place or of another part of the same score. */
  graderError?: { part?: string; test: ValueTest };
}

export interface BehaviorMapping {
  name: string;
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
  warnings: string[];
}

/**
 * Counts the samples of a log, each epoch for itself, by what the mapping says their values mean. A value
 * that the mapping does not know, or knows as both, is unscored and named in the warnings; so is a sample
 * without a verdict. An invalidated sample is excluded. Without a mapping every metric is a score.
 */
export function toMeasurements(log: InspectLog, mapping: BehaviorMapping | null): InspectMeasurements {
  if (mapping === null) return { measurements: [], scores: log.scores, warnings: [] };
  const warnings: string[] = [];
  const measured = mapping.rules.flatMap((rule) => {
    const scorers = scorersOf(log, rule.scorer);
    if (scorers.length === 0) warnings.push(`No sample of this log has a score by ${rule.scorer}.`);
    return scorers.flatMap((scorer) => measure(log, mapping, rule, scorer, warnings) ?? []);
  });
  const covers = (score: InspectScore) =>
    measured.some(
      ({ scorer, part }) =>
        (bareName(score.scorer) === bareName(scorer) || score.name === scorer) &&
        (part === null || part === score.name),
    );
  return { measurements: measured, scores: log.scores.filter((score) => !covers(score)), warnings };
}

/**
 * What each sample came to by the mapping, in the log's order: outcome by behaviour, or by behaviour and scorer
 * where several scorers judge one. The measurements count the same outcomes.
 */
export function sampleOutcomes(log: InspectLog, mapping: BehaviorMapping | null): Record<string, Outcome>[] {
  const outcomes: Record<string, Outcome>[] = log.samples.map(() => ({}));
  for (const rule of mapping?.rules ?? []) {
    const behavior = behaviorName(log, rule);
    if (behavior === null) continue;
    scorersOf(log, rule.scorer).forEach((scorer, nth) => {
      const key = nth === 0 ? behavior : `${behavior} (${scorer})`;
      log.samples.forEach((sample, i) => {
        outcomes[i]![key] = judge(sample, rule, scorer).outcome;
      });
    });
  }
  return outcomes;
}

/** The task arguments that make the condition, with their values; empty where the mapping names none. */
export function conditionFactors(log: InspectLog, mapping: BehaviorMapping | null): JsonObject {
  const { taskArgs } = log.evaluation;
  const names = (mapping?.conditionArgs ?? []).filter((name) => Object.hasOwn(taskArgs, name));
  return Object.fromEntries(
    names.flatMap((name) => (taskArgs[name] == null ? [] : [[name, taskArgs[name]]])),
  ) as JsonObject;
}

/** A scorer's name without the package it comes from. */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function scorersOf(log: InspectLog, wanted: string): string[] {
  const names = new Set(log.samples.flatMap((sample) => Object.keys(sample.scores)));
  return [...names].filter((name) => bareName(name) === wanted);
}

function measure(
  log: InspectLog,
  mapping: BehaviorMapping,
  rule: BehaviorRule,
  scorer: string,
  warnings: string[],
): InspectMeasurement | null {
  const behavior = behaviorName(log, rule);
  if (behavior === null) {
    warnings.push(`The mapping ${mapping.name} has no behaviour for the arguments of this task.`);
    return null;
  }
  const counts: Record<Outcome, number> = {
    EXHIBITED: 0,
    NOT_EXHIBITED: 0,
    UNSCORED: 0,
    GRADER_ERROR: 0,
    EXCLUDED: 0,
  };
  const unknown = new Map<string, number>();
  for (const sample of log.samples) {
    const { outcome, unknownValue } = judge(sample, rule, scorer);
    counts[outcome] += 1;
    if (unknownValue !== undefined) unknown.set(unknownValue, (unknown.get(unknownValue) ?? 0) + 1);
  }
  for (const [value, count] of [...unknown].slice(0, 20)) {
    warnings.push(
      `${count} × ${value} by ${scorer} means nothing to the mapping ${mapping.name}: counted as unscored.`,
    );
  }
  return {
    behavior,
    condition: conditionName(log, mapping),
    scorer,
    part: rule.part ?? null,
    exhibited: counts.EXHIBITED,
    notExhibited: counts.NOT_EXHIBITED,
    unscored: counts.UNSCORED,
    graderErrors: counts.GRADER_ERROR,
    excluded: counts.EXCLUDED,
    sampleCount: counts.EXHIBITED + counts.NOT_EXHIBITED,
  };
}

function judge(
  sample: InspectSample,
  rule: BehaviorRule,
  scorer: string,
): { outcome: Outcome; unknownValue?: string } {
  if (sample.invalidated) return { outcome: 'EXCLUDED' };
  const value = verdictOf(sample, scorer, rule.part);
  const { graderError } = rule;
  if (graderError && passes(verdictOf(sample, scorer, graderError.part ?? rule.part), graderError.test)) {
    return { outcome: 'GRADER_ERROR' };
  }
  if (rule.excluded && passes(value, rule.excluded)) return { outcome: 'EXCLUDED' };
  if (value === null) return { outcome: 'UNSCORED' };
  const exhibited = passes(value, rule.exhibited);
  if (exhibited !== passes(value, rule.notExhibited))
    return { outcome: exhibited ? 'EXHIBITED' : 'NOT_EXHIBITED' };
  return { outcome: 'UNSCORED', unknownValue: JSON.stringify(value) };
}

function verdictOf(sample: InspectSample, scorer: string, part: string | undefined): Scalar {
  const score = Object.hasOwn(sample.scores, scorer) ? sample.scores[scorer] : undefined;
  if (!score) return null;
  if (part === undefined) return score.value;
  return score.parts && Object.hasOwn(score.parts, part) ? (score.parts[part] ?? null) : null;
}

function passes(value: Scalar, test: ValueTest): boolean {
  if (value === null) return false;
  if ('oneOf' in test) return test.oneOf.includes(value);
  if (typeof value !== 'number') return false;
  return 'atLeast' in test ? value >= test.atLeast : value < test.below;
}

function behaviorName(log: InspectLog, { behavior }: BehaviorRule): string | null {
  if (typeof behavior === 'string') return behavior;
  const argument = log.evaluation.taskArgs[behavior.byTaskArg];
  if (argument === undefined) return behavior.byDefault ?? null;
  return typeof argument === 'string' && Object.hasOwn(behavior.names, argument)
    ? behavior.names[argument]!
    : null;
}

function conditionName(log: InspectLog, { conditionArgs = [] }: BehaviorMapping): string | null {
  const stated = conditionArgs.flatMap((name) => {
    const value = Object.hasOwn(log.evaluation.taskArgs, name) ? log.evaluation.taskArgs[name] : undefined;
    if (value === undefined || value === null) return [];
    return [`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`];
  });
  return stated.length === 0 ? null : stated.join(', ');
}
