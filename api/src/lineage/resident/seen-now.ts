import { EDGE_KINDS, type EdgeKind } from '../kinds.ts';
import type { LineageNodeRow } from '../node.ts';
import type { ResidentGraph } from './resident-graph.ts';

/**
 * What one viewer sees of a resident graph as it was last brought up to date: rows as they stand, on no moment of the
 * past. What it does not know may have come since, so whoever asks looks it up in the database.
 */
export class SeenNow {
  private readonly graph: ResidentGraph;
  private readonly seen: Uint8Array;

  constructor(graph: ResidentGraph, seen: Uint8Array) {
    this.graph = graph;
    this.seen = seen;
  }

  /** A node, a retracted one too; undefined where it is not known or not seen. */
  node(id: bigint): LineageNodeRow | undefined {
    const { nodes } = this.graph;
    const place = nodes.index.get(Number(id));
    return place !== -1 && this.nodeSeen(place) ? nodes.row(place) : undefined;
  }

  /**
   * The nodes that edges of one kind lead to, where both hold and are seen; each once, in the order recorded.
   * Undefined where the node itself is not known.
   */
  upstream(id: bigint, kind: EdgeKind): bigint[] | undefined {
    const { nodes, edges } = this.graph;
    const from = nodes.index.get(Number(id));
    if (from === -1) return undefined;
    const wanted = EDGE_KINDS.indexOf(kind);
    const first = new Map<number, number>();
    edges.eachUp(from, (edge) => {
      if (edges.kind(edge) !== wanted || edges.retractedAt(edge) !== Number.POSITIVE_INFINITY) return;
      const to = edges.upstream.values[edge]!;
      if (this.seen[edges.standings.values[edge]!] !== 1 || !this.nodeSeen(to)) return;
      if (nodes.retractedAt.values[to] !== Number.POSITIVE_INFINITY) return;
      const number = edges.ids.values[edge]!;
      const held = first.get(to);
      if (held === undefined || number < held) first.set(to, number);
    });
    const found = [...first];
    if (found.length > 1) found.sort(([, a], [, b]) => a - b);
    return found.map(([to]) => BigInt(nodes.ids.values[to]!));
  }

  private nodeSeen(place: number): boolean {
    return this.seen[this.graph.nodes.standings.values[place]!] === 1;
  }
}
