/** The lineage as the picture, the table and the exports share it: plain data that passes to a worker. */

export type NodeKind =
  | 'SOURCE'
  | 'DATASET_VERSION'
  | 'TRANSFORMATION'
  | 'TRAINING_RUN'
  | 'MODEL_VERSION'
  | 'EVAL_RUN'
  | 'INCIDENT';

export type EdgeKind =
  | 'GENERATED_BY'
  | 'USED'
  | 'DERIVED_FROM'
  | 'INITIALIZED_FROM'
  | 'SYNTHESIZED_BY'
  | 'DISTILLED_FROM'
  | 'REWARDED_BY'
  | 'REVISES'
  | 'EVALUATED'
  | 'OBSERVED_IN'
  | 'EXHIBITED_BY'
  | 'TESTED_ON'
  | 'JUDGED_BY';

export type Stage =
  | 'PRETRAINING'
  | 'MIDTRAINING'
  | 'SFT'
  | 'PREFERENCE'
  | 'RL'
  | 'DISTILLATION'
  | 'MERGE'
  | 'OTHER';

export type CitationFacts = {
  source: string;
  url: string | null;
  locator: string | null;
  certainty: 'PRIMARY' | 'SECONDARY' | 'DERIVED';
  quote: string | null;
  note: string | null;
};

export type PictureNode = {
  id: string;
  ref: string;
  kind: NodeKind;
  label: string;
  recordedAt: string;
  retractedAt: string | null;
  stage: Stage | null;
  /** Tokens seen by a training run, as a decimal string. */
  tokens: string | null;
  /** What a transformation does to proportions, or how a run began. */
  note: string | null;
};

export type PictureEdge = {
  id: string;
  kind: EdgeKind;
  /** Whether data flows along it, so that a missing share means "unknown" and not "none". */
  mass: boolean;
  downstream: string;
  upstream: string;
  share: number | null;
  shareUpper: number | null;
  amount: number | null;
  unit: string | null;
  epochs: number | null;
  contracted: boolean;
  status: 'ASSERTED' | 'DISPUTED' | 'RETRACTED';
  recordedAt: string;
  retractedAt: string | null;
  occurredAt: string | null;
  assertedBy: string;
  /** The party in whose name it is asserted. */
  team: string;
  citation: CitationFacts | null;
  disputes: PictureDispute[];
};

export type PictureDispute = {
  id: string;
  /** Of the whole statement that the edge is part of, and so of each edge of it. */
  ofStatement: boolean;
  statement: string;
  by: string;
  recordedAt: string;
  shareLower: number | null;
  shareUpper: number | null;
};

export type PictureUnaccounted = {
  node: string;
  share: number;
  shareUpper: number;
  reason: UnaccountedReason;
};

export type UnaccountedReason =
  | 'NOT_RECORDED'
  | 'AMOUNT_UNKNOWN'
  | 'UNIT_NOT_CONVERTIBLE'
  | 'PROPORTIONS_CHANGED'
  | 'ORIGIN_NOT_RECORDED'
  | 'TRAINING_NOT_RECORDED';

/** What cut the answer (LIMIT, MAX_DEPTH), and the references of the nodes from which it goes on. */
export type Truncated = {
  reason: string;
  frontier: string[];
  /** How many of the nodes next to one of these are drawn already, where they are more than one answer holds. */
  skip?: Readonly<Record<string, number>>;
};

export type PictureGraph = {
  root: string;
  nodes: PictureNode[];
  edges: PictureEdge[];
  unaccounted: PictureUnaccounted[];
  knownOn: string;
  truncated: Truncated | null;
  /** Where more is recorded than a step of one level has drawn, by reference: a choice, and no cut. */
  open?: readonly string[];
};

/**
 * Whether data flows along an edge. What a transformation made is all that it made; a model is not "all" its last
 * training run in that sense, because the earlier runs stand behind it, too.
 */
export function carriesMass(kind: EdgeKind, downstream: NodeKind | undefined): boolean {
  return (
    kind === 'USED' ||
    kind === 'DERIVED_FROM' ||
    (kind === 'GENERATED_BY' && downstream === 'DATASET_VERSION')
  );
}

/** Joins two answers about the same root; nodes and edges that both hold are kept once. */
export function mergeGraphs(base: PictureGraph, more: PictureGraph): PictureGraph {
  const nodes = new Map(base.nodes.map((n) => [n.id, n]));
  for (const n of more.nodes) if (!nodes.has(n.id)) nodes.set(n.id, n);
  const edges = new Map(base.edges.map((e) => [e.id, e]));
  for (const e of more.edges) if (!edges.has(e.id)) edges.set(e.id, e);
  const stubs = new Map(base.unaccounted.map((u) => [`${u.node} ${u.reason}`, u]));
  for (const u of more.unaccounted) stubs.set(`${u.node} ${u.reason}`, u);
  return {
    ...base,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    unaccounted: [...stubs.values()],
  };
}
