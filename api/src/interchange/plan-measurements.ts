// What the samples of a log come to by the rules that are in force for it, and what no rule says anything of.
import { factorsFor, type Outcome } from '../evaluation/scoring/judge-score.ts';
import { bareName } from '../evaluation/scoring/scorer-names.ts';
import type { ScoringDefinition } from '../evaluation/scoring/scoring-definition.ts';
import { MOST_SCORES } from './cut-report.ts';
import { MEASURED_BY_RULE, type RuleToPropose, type ToldByRule } from './import.ts';
import type { InspectLog, InspectSampleScore, JsonObject } from './inspect/inspect-log.ts';
import { knownMapping } from './inspect/known-mappings.ts';
import {
  type BehaviorMapping,
  type InspectMeasurement,
  sampleOutcomes,
  scorersOf,
  toMeasurements,
} from './inspect/measurements.ts';
import { bounded, LONGEST_NAME } from './plan-values.ts';
import { MOST_PROPOSED, NO_BEHAVIOR_KNOWN } from './told-by-rules.ts';

/** A version of a rule, as an import applies it. */
export interface RuleToApply {
  versionId: bigint | null;
  definition: ScoringDefinition;
  /** Its behaviours by the names in the definition; the others are found, or registered, by name. */
  behaviorIds: ReadonlyMap<string, bigint>;
}

export interface MeasuredByRule extends InspectMeasurement {
  rule: RuleToApply;
  /** The places, among the log's metrics, of those that it stands for. */
  covers: number[];
}

export interface Measured {
  measurements: MeasuredByRule[];
  conditions: { name: string; factors: JsonObject }[];
  /** By sample, in the log's order. */
  outcomes: Record<string, Outcome>[];
  /** The scorers of the log, for each of which a rule could be proposed where none is seen: more than are told of. */
  toPropose: RuleToPropose[];
  /** What is told where no rule is seen, beside which rules could be proposed. */
  warnings: string[];
  /** What each rule adds to that, and takes of it. */
  byRules: ToldByRule[];
}

/** What the built-in rules alone make of a log: of a file, whatever rules there are where it is read. */
export function builtInRules(log: InspectLog): RuleToApply[] {
  return (knownMapping(log)?.rules ?? []).map((definition) => ({
    versionId: null,
    definition,
    behaviorIds: new Map(),
  }));
}

export function measureByRules(log: InspectLog, rules: readonly RuleToApply[]): Measured {
  const measured: Measured = {
    measurements: [],
    conditions: [],
    outcomes: log.samples.map(() => ({})),
    toPropose: toPropose(log),
    warnings: [],
    byRules: [],
  };
  // Further metrics are not kept, so that nothing is to be said of what stands for them.
  const kept = { ...log, scores: log.scores.slice(0, MOST_SCORES) };
  for (const rule of rules) apply(kept, rule, measured);
  if (log.scores.length > 0) measured.warnings.push(NO_BEHAVIOR_KNOWN);
  return measured;
}

function apply(log: InspectLog, rule: RuleToApply, into: Measured): void {
  const { definition } = rule;
  const mapping: BehaviorMapping = {
    rules: [definition],
    conditionArgs: definition.conditionArgs ?? [],
  };
  const { measurements, covered, warnings } = toMeasurements(log, mapping);
  const reads = scorersOf(log, definition.scorer);
  const told: ToldByRule = {
    version: rule.versionId === null ? null : String(rule.versionId),
    behaviors: null,
    kept: [],
    warnings: reads.length > 0 ? warnings : [],
    warningsOfRecord: reads.length > 0 ? [] : warnings,
    reads: reads.map(nameOfScorer),
    covers: [],
  };
  into.byRules.push(told);
  const placeOf = new Map(log.scores.map((score, place) => [score, place]));
  for (const [i, one] of measurements.entries()) {
    const covers = covered[i]!.map((score) => placeOf.get(score)!);
    told.covers = told.covers.concat(covers);
    into.measurements.push({ ...one, rule, covers });
    // Of which behaviour, by which rule and on whose word, the measurement tells those who see these.
    const field = `samples[].scores.${one.scorer}${one.part === null ? '' : `.${one.part}`}`;
    told.kept.push({ field: bounded(field, LONGEST_FIELD), how: MEASURED_BY_RULE, derived: true });
    const factors = factorsFor(definition.conditionArgs, log.evaluation.taskArgs) as JsonObject;
    if (one.condition !== null && !into.conditions.some((known) => known.name === one.condition))
      into.conditions.push({ name: one.condition, factors });
  }
  sampleOutcomes(log, mapping).forEach((outcomes, i) => {
    const held = into.outcomes[i]!;
    // Two rules may measure one behaviour: the second is told by its scorer.
    for (const [behavior, outcome] of Object.entries(outcomes))
      held[Object.hasOwn(held, behavior) ? `${behavior} (${definition.scorer})` : behavior] = outcome;
  });
}

const LONGEST_FIELD = 500;
/** As reports name it. */
const nameOfScorer = (scorer: string): string => bounded(scorer, LONGEST_NAME);

/** Values of scorers, of which those that rules read are told to nobody who sees these. */
const MOST_KEPT = 400;
const MOST_VALUES = 8;
const LONGEST_VALUE = 60;

/** The scorers, each with what it said most often; of the values of one as many as are told of where no rule reads it. */
function toPropose(log: InspectLog): RuleToPropose[] {
  const seen = new Map<string, Map<string, number>>();
  for (const sample of log.samples)
    for (const [scorer, score] of Object.entries(sample.scores)) {
      for (const [key, value] of saidBy(score)) {
        const place = JSON.stringify([scorer, key]);
        const values = seen.get(place) ?? new Map<string, number>();
        const said = JSON.stringify(value);
        values.set(said, (values.get(said) ?? 0) + 1);
        seen.set(place, values);
      }
    }
  const places = [...seen].map(([place, values]) => ({
    of: JSON.parse(place) as [string, string | null],
    values,
  }));
  const kept = new Map<string, number>();
  const isFirst = (scorer: string) => {
    const nth = (kept.get(scorer) ?? 0) + 1;
    kept.set(scorer, nth);
    return nth <= MOST_PROPOSED;
  };
  const first = places.filter(({ of: [scorer] }) => isFirst(scorer)).slice(0, MOST_KEPT);
  return first.map(({ of: [scorer, key], values }) => {
    return {
      evaluation: bounded(bareName(log.evaluation.name), LONGEST_NAME),
      scorer: nameOfScorer(scorer),
      key: key === null ? null : bounded(key, LONGEST_NAME),
      values: [...values]
        .sort(([, a], [, b]) => b - a)
        .slice(0, MOST_VALUES)
        .map(([value, count]) => ({ value: bounded(value, LONGEST_VALUE), count })),
    };
  });
}

function saidBy({ value, parts }: InspectSampleScore): [string | null, unknown][] {
  if (parts === null) return value === null ? [] : [[null, value]];
  return Object.entries(parts).filter(([, part]) => part !== null);
}
