import { type EdgeShares, edgeShares } from './edge-share.ts';
import type { Graph } from './graph.ts';
import type { LineageNodeRow } from './node.ts';
import type { CompositionRecord, EdgeRecord } from './records.ts';

/** Rows by their ids, which may be read only when they are asked for. */
export interface RowsById<R> {
  get(id: bigint): R | undefined;
  has(id: bigint): boolean;
}

/** One viewer's part of the lineage, loaded for a moment. */
export interface LoadedGraph {
  readonly graph: Graph;
  readonly on: Date;
  readonly nodes: RowsById<LineageNodeRow>;
  readonly edges: RowsById<EdgeRecord>;
  readonly compositions: RowsById<CompositionRecord>;
  /** The weights of all edges, worked out once. */
  shares(): EdgeShares;
  /** Where an edge stands in the graph; undefined where it is not in it. */
  place(edge: bigint): number | undefined;
}

/** A graph with what is worked out of it at the first call. */
export function weighable(graph: Graph): Pick<LoadedGraph, 'graph' | 'shares' | 'place'> {
  let shares: EdgeShares | null = null;
  let places: Map<bigint, number> | null = null;
  return {
    graph,
    shares: () => {
      shares ??= edgeShares(graph);
      return shares;
    },
    place: (edge) => {
      places ??= new Map(graph.edges.map((row, i) => [row.id, i]));
      return places.get(edge);
    },
  };
}
