import type { CountClaim, TagMeasurement } from './graph.ts';
import type { EdgeKind } from './kinds.ts';
import type { NodeFacts } from './lineage.store.ts';
import type { ImpactAnswer } from './reach.ts';
import type { CompositionRecord, EdgeRecord } from './records.ts';
import type { Way } from './search.store.ts';

/**
 * Where a search stands. Of a transformation, what goes on from it depends on how it was come to, since what is stated of
 * one output says nothing of another: upstream `by` is the output (0 for one of which nothing is stated apart), downstream
 * the statement; with null everything goes on.
 */
export interface Standpoint {
  readonly id: bigint;
  readonly by: bigint | null;
}

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
  /**
   * Everything upstream of the roots by the edges followed, as `closure` tells it but in no order, and the edges of
   * `kinds` that go on from each of the nodes, as `edgesFrom` tells them; of those that are followed, what leads to a node
   * that was reached. Where more is reached than `most`, more ids than
   * that are told.
   */
  upstream(
    roots: readonly bigint[],
    followed: readonly EdgeKind[],
    kinds: readonly EdgeKind[],
    most: number,
  ): Promise<{ ids: bigint[]; edges: EdgeRecord[] }>;
  /** What is one edge away from any of these. */
  step(from: readonly Standpoint[], way: Way, kinds: readonly EdgeKind[]): Promise<Standpoint[]>;
  /** The edges that go on from each of the nodes one way. */
  edgesFrom(from: readonly bigint[], way: Way, kinds: readonly EdgeKind[]): Promise<EdgeRecord[]>;
  /** Nodes, whether known on the moment or not, with what the computations need of each kind. */
  facts(ids: readonly bigint[]): Promise<NodeFacts[]>;
  /** What is stated of what each node, or each as an output, was made of. */
  compositionsOf(ids: readonly bigint[]): Promise<CompositionRecord[]>;
  /** Every count that is claimed of each node, in record order. */
  counts(ids: readonly bigint[]): Promise<ReadonlyMap<bigint, readonly CountClaim[]>>;
  /** Everything downstream of a node, by kind. */
  impact(root: bigint): Promise<ImpactAnswer>;
  /** Every content measurement of each node. */
  measurements(ids: readonly bigint[]): Promise<ReadonlyMap<bigint, readonly TagMeasurement[]>>;
}
