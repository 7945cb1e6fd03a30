import type { Context } from '../context.ts';
import { selectCounts, selectTagMeasurements } from './facts.store.ts';
import { buildGraph, type CountClaim, type TagMeasurement } from './graph.ts';
import { EDGE_KINDS, type EdgeKind } from './kinds.ts';
import {
  type NodeFacts,
  selectClosure,
  selectCompositionsOf,
  selectEdgesFrom,
  selectNodeFacts,
  selectStep,
  type Way,
} from './lineage.store.ts';
import { selectNodes } from './node.store.ts';
import { type ImpactAnswer, impact } from './reach.ts';
import type { CompositionRecord, EdgeRecord } from './records.ts';

/**
 * Where the computations find one viewer's part of the lineage, as known on one moment. There are two, which answer
 * alike: the database (see sqlSource), and the resident graph.
 */
export interface LineageSource {
  /**
   * Everything that is reached from the roots one way, the roots included where they are known: at most `most` ids,
   * the nearest first.
   */
  closure(roots: readonly bigint[], way: Way, kinds: readonly EdgeKind[], most: number): Promise<bigint[]>;
  /** What is one edge away from any of the nodes. */
  step(from: readonly bigint[], way: Way, kinds: readonly EdgeKind[]): Promise<bigint[]>;
  /** The edges that go on from each of the nodes one way. */
  edgesFrom(from: readonly bigint[], way: Way, kinds: readonly EdgeKind[]): Promise<EdgeRecord[]>;
  /** Nodes, whether known on the moment or not, with what the computations need of each kind. */
  facts(ids: readonly bigint[]): Promise<NodeFacts[]>;
  /** What is stated of what each node, or each as an output, was made of. */
  compositionsOf(ids: readonly bigint[]): Promise<CompositionRecord[]>;
  /** Every count that is claimed of each node, in record order. */
  counts(ids: readonly bigint[]): Promise<Map<bigint, CountClaim[]>>;
  /** Everything downstream of a node, by kind. */
  impact(root: bigint): Promise<ImpactAnswer>;
  /** Every content measurement of each node. */
  measurements(ids: readonly bigint[]): Promise<Map<bigint, TagMeasurement[]>>;
}

type Asking = Pick<Context, 'db' | 'viewer'>;

/** The lineage of one viewer on one moment, by statements: the reference, and what answers while memory does not. */
export function sqlSource({ db, viewer }: Asking, on: Date): LineageSource {
  return {
    closure: (roots, way, kinds, most) => selectClosure(db, viewer, roots, way, kinds, on, most),
    step: (from, way, kinds) => selectStep(db, viewer, from, way, kinds, on),
    edgesFrom: (from, way, kinds) => selectEdgesFrom(db, viewer, from, way, kinds, on),
    facts: (ids) => selectNodeFacts(db, viewer, ids, on),
    compositionsOf: (ids) => selectCompositionsOf(db, viewer, ids, on),
    impact: (root) => impactBySql({ db, viewer }, root, on),
    counts: (ids) => selectCounts(db, viewer, ids, on),
    measurements: (ids) => selectTagMeasurements(db, viewer, ids, on),
  };
}

/** More than any blast radius that a statement should be asked for; a guard for memory. */
const MOST_REACHED = 1_000_000;

async function impactBySql({ db, viewer }: Asking, root: bigint, on: Date): Promise<ImpactAnswer> {
  const ids = await selectClosure(db, viewer, [root], 'DOWNSTREAM', EDGE_KINDS, on, MOST_REACHED);
  if (ids.length === 0) return { byKind: new Map(), influenced: new Float64Array(0) };
  const edges = await selectEdgesFrom(db, viewer, ids, 'DOWNSTREAM', EDGE_KINDS, on);
  const nodes = await selectNodes(db, viewer, ids);
  const held = new Set(nodes.map((node) => node.id));
  const graph = buildGraph({
    nodes: nodes.map(({ id, kind, recordedAt }) => ({ id, kind, recordedAt: recordedAt.getTime() })),
    edges: edges
      .filter((edge) => held.has(edge.downstream) && held.has(edge.upstream))
      .map((edge) => ({ ...edge, compositionId: null, recordedAt: edge.recordedAt.getTime() })),
    compositions: [],
  });
  return impact(graph, root);
}

/** From memory where it is fresh, else from the database. */
export async function sourceOn(
  context: Asking & Pick<Context, 'resident'>,
  on: Date,
): Promise<LineageSource> {
  return (await context.resident?.source(context.db, context.viewer, on)) ?? sqlSource(context, on);
}
