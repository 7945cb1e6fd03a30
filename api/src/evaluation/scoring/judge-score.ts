// What one score, and then many, come to by a rule. Nothing is guessed: what no test names is unscored, and told.
import type { ClusterCounts } from '../statistics/clustered.ts';
import { passes, type Scalar, type ScoringDefinition } from './scoring-definition.ts';

export type Outcome = 'EXHIBITED' | 'NOT_EXHIBITED' | 'UNSCORED' | 'GRADER_ERROR' | 'EXCLUDED';

/** What a scorer said of one sample: one value, or several by key or position. */
export interface JudgedScore {
  value: Scalar;
  parts: Readonly<Record<string, Scalar>> | null;
}

export interface Judgement {
  outcome: Outcome;
  /** The value that no test, or more than one, names, as JSON or in words; absent where the outcome is meant. */
  unnamed?: string;
}

type Rule = Pick<
  ScoringDefinition,
  'part' | 'exhibited' | 'notExhibited' | 'unscored' | 'excluded' | 'graderError'
>;

/** The outcome of one sample: `score` is undefined where the scorer said nothing of it. */
export function judgeScore(rule: Rule, score: JudgedScore | undefined, invalidated: boolean): Judgement {
  if (invalidated) return { outcome: 'EXCLUDED' };
  if (score === undefined) return { outcome: 'UNSCORED' };
  const { graderError, part } = rule;
  if (graderError && passes(valueIn(score, graderError.part ?? part), graderError.test))
    return { outcome: 'GRADER_ERROR' };
  const value = valueIn(score, part);
  if (rule.excluded && passes(value, rule.excluded)) return { outcome: 'EXCLUDED' };
  if (value === null) {
    const unfit = unfitShape(score, part);
    return unfit === null ? { outcome: 'UNSCORED' } : { outcome: 'UNSCORED', unnamed: unfit };
  }
  if (rule.unscored && passes(value, rule.unscored)) return { outcome: 'UNSCORED' };
  const exhibited = passes(value, rule.exhibited);
  if (exhibited !== passes(value, rule.notExhibited))
    return { outcome: exhibited ? 'EXHIBITED' : 'NOT_EXHIBITED' };
  return { outcome: 'UNSCORED', unnamed: JSON.stringify(value) };
}

function valueIn(score: JudgedScore, part: string | undefined): Scalar {
  if (part === undefined) return sane(score.value);
  return score.parts && Object.hasOwn(score.parts, part) ? sane(score.parts[part]) : null;
}

/** No number that JSON has no word for is a verdict. */
function sane(value: Scalar | undefined): Scalar {
  return value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value;
}

/** A score of another shape than the rule reads, in words: several values where it reads one, or the reverse. */
function unfitShape({ value, parts }: JudgedScore, part: string | undefined): string | null {
  if (part === undefined) return parts === null ? null : 'a value of several parts';
  if (parts === null) return sane(value) === null ? null : `${JSON.stringify(value)} without parts`;
  return Object.hasOwn(parts, part) ? null : `a value without the part ${part}`;
}

/** Samples that are alike to a rule, and how many they are. */
export interface Case {
  score: JudgedScore | undefined;
  invalidated: boolean;
  times: number;
  /** What these samples share with others; undefined where nothing is asked of that. */
  cluster?: string;
}

export interface OutcomeCounts {
  exhibited: number;
  notExhibited: number;
  unscored: number;
  graderErrors: number;
  excluded: number;
  /** exhibited + notExhibited. */
  sampleCount: number;
  /** Values counted as unscored because the rule does not name them, each with how often it stands. */
  unnamed: { value: string; count: number }[];
  /** Of each cluster that was told, its samples counted and how many exhibit. */
  clusters: ClusterCounts[];
}

export function countOutcomes(rule: Rule, cases: Iterable<Case>): OutcomeCounts {
  const counts: Record<Outcome, number> = {
    EXHIBITED: 0,
    NOT_EXHIBITED: 0,
    UNSCORED: 0,
    GRADER_ERROR: 0,
    EXCLUDED: 0,
  };
  const unnamed = new Map<string, number>();
  const clusters = new Map<string, ClusterCounts>();
  for (const { score, invalidated, times, cluster } of cases) {
    const judgement = judgeScore(rule, score, invalidated);
    counts[judgement.outcome] += times;
    if (cluster !== undefined) addTo(clusters, cluster, judgement.outcome, times);
    if (judgement.unnamed !== undefined)
      unnamed.set(judgement.unnamed, (unnamed.get(judgement.unnamed) ?? 0) + times);
  }
  return {
    exhibited: counts.EXHIBITED,
    notExhibited: counts.NOT_EXHIBITED,
    unscored: counts.UNSCORED,
    graderErrors: counts.GRADER_ERROR,
    excluded: counts.EXCLUDED,
    sampleCount: counts.EXHIBITED + counts.NOT_EXHIBITED,
    unnamed: [...unnamed].map(([value, count]) => ({ value, count })),
    clusters: [...clusters.values()],
  };
}

function addTo(clusters: Map<string, ClusterCounts>, name: string, outcome: Outcome, times: number): void {
  if (outcome !== 'EXHIBITED' && outcome !== 'NOT_EXHIBITED') return;
  const held = clusters.get(name) ?? { n: 0, sum: 0 };
  held.n += times;
  held.sum += outcome === 'EXHIBITED' ? times : 0;
  clusters.set(name, held);
}

/** The behaviour that a rule measures under these task arguments; null where it has none for them. */
export function behaviorFor(
  { behavior }: Pick<ScoringDefinition, 'behavior'>,
  taskArgs: Readonly<Record<string, unknown>>,
): string | null {
  if (typeof behavior === 'string') return behavior;
  const argument = Object.hasOwn(taskArgs, behavior.byTaskArg) ? taskArgs[behavior.byTaskArg] : undefined;
  if (argument === undefined) return behavior.byDefault ?? null;
  return typeof argument === 'string' && Object.hasOwn(behavior.names, argument)
    ? behavior.names[argument]!
    : null;
}

/** The task arguments that make the condition, with their values; those that are not given are left out. */
export function factorsFor(
  conditionArgs: readonly string[] | undefined,
  taskArgs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = (conditionArgs ?? []).filter(
    (name) => Object.hasOwn(taskArgs, name) && taskArgs[name] != null,
  );
  return Object.fromEntries(given.map((name) => [name, taskArgs[name]]));
}

/** What the condition of those factors is called; null where there is none. */
export function conditionNameOf(factors: Readonly<Record<string, unknown>>): string | null {
  const stated = Object.entries(factors).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return stated.length === 0 ? null : stated.join(', ');
}
