/** The words of a lineage, as data: the database's tables of rules are made from the same rows. */

export const NODE_KINDS = [
  'SOURCE',
  'DATASET_VERSION',
  'TRANSFORMATION',
  'TRAINING_RUN',
  'MODEL_VERSION',
  'EVAL_RUN',
  'INCIDENT',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];
export type LineageNodeKind = NodeKind;

export const EDGE_GROUPS = ['DATA', 'OBSERVATION', 'INFLUENCE', 'EVALUATION', 'REVISION'] as const;
export type EdgeGroup = (typeof EDGE_GROUPS)[number];

/** What a traversal follows unless it is asked for other groups. */
export const DEFAULT_VIA: readonly EdgeGroup[] = ['DATA', 'OBSERVATION'];

/** WHOLE: all of the downstream node's mass; WEIGHT: the weight that its composition gives; NONE: no mass. */
export type EdgeMass = 'WHOLE' | 'WEIGHT' | 'NONE';

interface EdgeKindRow {
  readonly kind: string;
  readonly group: EdgeGroup;
  readonly mass: EdgeMass;
  readonly joins: readonly (readonly [downstream: NodeKind, upstream: NodeKind])[];
}

const EDGE_KIND_ROWS = [
  {
    kind: 'GENERATED_BY',
    group: 'DATA',
    mass: 'WHOLE',
    joins: [
      ['DATASET_VERSION', 'TRANSFORMATION'],
      ['MODEL_VERSION', 'TRAINING_RUN'],
    ],
  },
  {
    kind: 'USED',
    group: 'DATA',
    mass: 'WEIGHT',
    joins: [
      ['TRANSFORMATION', 'DATASET_VERSION'],
      ['TRANSFORMATION', 'SOURCE'],
      ['TRAINING_RUN', 'DATASET_VERSION'],
      ['TRAINING_RUN', 'SOURCE'],
    ],
  },
  {
    kind: 'DERIVED_FROM',
    group: 'DATA',
    mass: 'WEIGHT',
    joins: [
      ['DATASET_VERSION', 'DATASET_VERSION'],
      ['DATASET_VERSION', 'SOURCE'],
    ],
  },
  {
    kind: 'INITIALIZED_FROM',
    group: 'DATA',
    mass: 'NONE',
    joins: [
      ['TRAINING_RUN', 'MODEL_VERSION'],
      ['TRAINING_RUN', 'TRAINING_RUN'],
    ],
  },
  {
    kind: 'SYNTHESIZED_BY',
    group: 'INFLUENCE',
    mass: 'NONE',
    joins: [
      ['TRANSFORMATION', 'MODEL_VERSION'],
      ['DATASET_VERSION', 'MODEL_VERSION'],
    ],
  },
  { kind: 'DISTILLED_FROM', group: 'INFLUENCE', mass: 'NONE', joins: [['TRAINING_RUN', 'MODEL_VERSION']] },
  { kind: 'REWARDED_BY', group: 'INFLUENCE', mass: 'NONE', joins: [['TRAINING_RUN', 'MODEL_VERSION']] },
  {
    kind: 'REVISES',
    group: 'REVISION',
    mass: 'NONE',
    joins: [
      ['DATASET_VERSION', 'DATASET_VERSION'],
      ['MODEL_VERSION', 'MODEL_VERSION'],
    ],
  },
  { kind: 'EVALUATED', group: 'OBSERVATION', mass: 'NONE', joins: [['EVAL_RUN', 'MODEL_VERSION']] },
  { kind: 'OBSERVED_IN', group: 'OBSERVATION', mass: 'NONE', joins: [['INCIDENT', 'EVAL_RUN']] },
  { kind: 'EXHIBITED_BY', group: 'OBSERVATION', mass: 'NONE', joins: [['INCIDENT', 'MODEL_VERSION']] },
  { kind: 'TESTED_ON', group: 'EVALUATION', mass: 'NONE', joins: [['EVAL_RUN', 'DATASET_VERSION']] },
  { kind: 'JUDGED_BY', group: 'EVALUATION', mass: 'NONE', joins: [['EVAL_RUN', 'MODEL_VERSION']] },
] as const satisfies readonly EdgeKindRow[];

export type EdgeKind = (typeof EDGE_KIND_ROWS)[number]['kind'];
export const EDGE_KINDS: readonly EdgeKind[] = EDGE_KIND_ROWS.map((row) => row.kind);

export const EDGE_GROUP: Readonly<Record<EdgeKind, EdgeGroup>> = Object.fromEntries(
  EDGE_KIND_ROWS.map((row) => [row.kind, row.group]),
) as Record<EdgeKind, EdgeGroup>;

/** The kinds of edges of some groups. */
export function kindsOf(groups: readonly EdgeGroup[]): EdgeKind[] {
  return EDGE_KINDS.filter((kind) => groups.includes(EDGE_GROUP[kind]));
}

export const EDGE_MASS: Readonly<Record<EdgeKind, EdgeMass>> = Object.fromEntries(
  EDGE_KIND_ROWS.map((row) => [row.kind, row.mass]),
) as Record<EdgeKind, EdgeMass>;

/** Kinds by which mass comes. */
export const MASS_KINDS: readonly EdgeKind[] = EDGE_KINDS.filter((kind) => EDGE_MASS[kind] !== 'NONE');

export interface EdgeRule {
  readonly kind: EdgeKind;
  readonly downstream: NodeKind;
  readonly upstream: NodeKind;
  readonly group: EdgeGroup;
  readonly carriesMass: boolean;
}

/** One row for every pair of node kinds that an edge kind may join. */
export const EDGE_RULES: readonly EdgeRule[] = EDGE_KIND_ROWS.flatMap((row) =>
  row.joins.map(([downstream, upstream]) => ({
    kind: row.kind,
    downstream,
    upstream,
    group: row.group,
    carriesMass: row.mass !== 'NONE',
  })),
);

const ALLOWED: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> = new Map(
  EDGE_KINDS.map((kind) => {
    const rules = EDGE_RULES.filter((rule) => rule.kind === kind);
    const upstreamOf = (down: NodeKind) =>
      rules.flatMap((rule) => (rule.downstream === down ? rule.upstream : []));
    return [kind, new Map(rules.map(({ downstream }) => [downstream, new Set(upstreamOf(downstream))]))];
  }),
);

export function edgeAllowed(kind: EdgeKind, downstream: NodeKind, upstream: NodeKind): boolean {
  return ALLOWED.get(kind)?.get(downstream)?.has(upstream) ?? false;
}

export const AMOUNT_UNITS = ['FRACTION', 'TOKENS', 'ROWS', 'DOCUMENTS', 'BYTES'] as const;
export type AmountUnit = (typeof AMOUNT_UNITS)[number];

export const AMOUNT_BASES = ['CONTRIBUTED', 'READ'] as const;
export type AmountBasis = (typeof AMOUNT_BASES)[number];

export const TRANSFORMATION_EFFECTS = ['PRESERVES', 'SELECTS', 'REWRITES', 'GENERATES', 'UNKNOWN'] as const;
export type TransformationEffect = (typeof TRANSFORMATION_EFFECTS)[number];

export const TRAINING_STAGES = [
  'PRETRAINING',
  'MIDTRAINING',
  'SFT',
  'PREFERENCE',
  'RL',
  'DISTILLATION',
  'MERGE',
  'OTHER',
] as const;
export type TrainingStage = (typeof TRAINING_STAGES)[number];

export const STARTED_FROM = ['SCRATCH', 'MODEL', 'UNKNOWN'] as const;
export type StartedFrom = (typeof STARTED_FROM)[number];

/** Best first: the order in which a measurement is preferred to another. */
export const MEASUREMENT_METHODS = [
  'CENSUS',
  'LABELLED_SAMPLE',
  'CLASSIFIER_KNOWN_ERROR',
  'CLASSIFIER',
  'ESTIMATE',
] as const;
export type MeasurementMethod = (typeof MEASUREMENT_METHODS)[number];

/** Why mass is not accounted for at the node where it is lost. */
export const UNACCOUNTED_REASONS = [
  'NOT_RECORDED',
  'AMOUNT_UNKNOWN',
  'UNIT_NOT_CONVERTIBLE',
  'PROPORTIONS_CHANGED',
  'ORIGIN_NOT_RECORDED',
  'TRAINING_NOT_RECORDED',
] as const;
export type UnaccountedReason = (typeof UNACCOUNTED_REASONS)[number];

export const UNACCOUNTED_MEANING: Readonly<Record<UnaccountedReason, string>> = {
  NOT_RECORDED: 'what else went in is not recorded',
  AMOUNT_UNKNOWN: 'inputs are recorded, but not how much of each, or their amounts contradict the whole',
  UNIT_NOT_CONVERTIBLE: 'an amount is stated in a unit that cannot be converted to the one of the whole',
  PROPORTIONS_CHANGED: 'several sources went in, and a transformation changed their proportions',
  ORIGIN_NOT_RECORDED: 'where this data came from is not recorded',
  TRAINING_NOT_RECORDED: 'how this model was trained is not recorded',
};
