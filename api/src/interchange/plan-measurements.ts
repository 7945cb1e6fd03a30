// What the samples of a log come to by the rules that are in force for it, and what no rule says anything of.
import { factorsFor, type Outcome } from '../evaluation/scoring/judge-score.ts';
import { bareName, meantBy } from '../evaluation/scoring/scorer-names.ts';
import type { ScoringDefinition } from '../evaluation/scoring/scoring-definition.ts';
import { type KeptField, MEASURED_BY_RULE, type RuleToPropose } from './import.ts';
import type { InspectLog, InspectSampleScore, InspectScore, JsonObject } from './inspect/inspect-log.ts';
import { knownMapping } from './inspect/known-mappings.ts';
import {
  type BehaviorMapping,
  type InspectMeasurement,
  sampleOutcomes,
  scorersOf,
  toMeasurements,
} from './inspect/measurements.ts';
import { bounded } from './plan-values.ts';

/** A version of a rule, as an import applies it. */
export interface RuleToApply {
  versionId: bigint | null;
  definition: ScoringDefinition;
  /** Its behaviours by the names in the definition; the others are found, or registered, by name. */
  behaviorIds: ReadonlyMap<string, bigint>;
}

export interface MeasuredByRule extends InspectMeasurement {
  rule: RuleToApply;
}

export interface Measured {
  measurements: MeasuredByRule[];
  conditions: { name: string; factors: JsonObject }[];
  /** By sample, in the log's order. */
  outcomes: Record<string, Outcome>[];
  /** The metrics that no measurement stands for. */
  scores: InspectScore[];
  kept: KeptField[];
  toPropose: RuleToPropose[];
  warnings: string[];
  /** Those that tell of a rule what the log does not show. */
  ofRecord: string[];
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
    scores: log.scores,
    kept: [],
    toPropose: toPropose(log, rules),
    warnings: [],
    ofRecord: [],
  };
  for (const rule of rules) apply(log, rule, measured);
  if (rules.length === 0 && log.scores.length > 0)
    measured.warnings.push('No behaviour is known for this evaluation: its metrics are kept as scores.');
  for (const { evaluation, scorer, key, values } of measured.toPropose) {
    const seen = values.map(({ value, count }) => `${value} × ${count}`).join(', ');
    const what = key === null ? scorer : `"${key}" of ${scorer}`;
    measured.warnings.push(
      `No rule says which values of ${what} mean that a behaviour was shown (${seen}). One can be proposed, for ${scorer} in ${evaluation}.`,
    );
  }
  return measured;
}

function apply(log: InspectLog, rule: RuleToApply, into: Measured): void {
  const { definition } = rule;
  const mapping: BehaviorMapping = {
    rules: [definition],
    conditionArgs: definition.conditionArgs ?? [],
  };
  const { measurements, scores, warnings } = toMeasurements(log, mapping);
  const isRead = scorersOf(log, definition.scorer).length > 0;
  (isRead ? into.warnings : into.ofRecord).push(...warnings);
  const uncovered = new Set(scores);
  into.scores = into.scores.filter((score) => uncovered.has(score));
  for (const one of measurements) {
    into.measurements.push({ ...one, rule });
    // Of which behaviour, by which rule and on whose word, the measurement tells those who see these.
    const field = `samples[].scores.${one.scorer}${one.part === null ? '' : `.${one.part}`}`;
    if (!into.kept.some((entry) => entry.field === field))
      into.kept.push({ field, how: MEASURED_BY_RULE, derived: true });
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

const MOST_SCORERS = 20;
const MOST_VALUES = 8;
const LONGEST_VALUE = 60;

/** The scorers that no rule reads, each with what it said most often. */
function toPropose(log: InspectLog, rules: readonly RuleToApply[]): RuleToPropose[] {
  const names = [...new Set(log.samples.flatMap((sample) => Object.keys(sample.scores)))];
  const read = new Set(rules.flatMap((rule) => meantBy(rule.definition.scorer, names)));
  const seen = new Map<string, Map<string, number>>();
  for (const sample of log.samples)
    for (const [scorer, score] of Object.entries(sample.scores)) {
      if (read.has(scorer)) continue;
      for (const [key, value] of saidBy(score)) {
        const place = JSON.stringify([scorer, key]);
        const values = seen.get(place) ?? new Map<string, number>();
        const said = JSON.stringify(value);
        values.set(said, (values.get(said) ?? 0) + 1);
        seen.set(place, values);
      }
    }
  return [...seen].slice(0, MOST_SCORERS).map(([place, values]) => {
    const [scorer, key] = JSON.parse(place) as [string, string | null];
    return {
      evaluation: bareName(log.evaluation.name),
      scorer,
      key,
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
