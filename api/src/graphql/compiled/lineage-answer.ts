import { EDGE_KINDS, NODE_KINDS, type NodeKind } from '../../lineage/kinds.ts';
import { LINEAGE_TYPE } from '../../lineage/lineage-types.ts';
import type { Sight } from '../../lineage/resident/sight.ts';
import type { WholeUpstream } from '../../lineage/resident/whole-upstream.ts';
import type { GlobalIds, GlobalType } from '../../platform/global-id.ts';
import type { Writer } from './object-writer.ts';

/** A lineage from memory, whose nodes and edges are told by their indexes in its graph. */
export class LineageAnswer {
  readonly upstream: WholeUpstream;
  readonly sight: Sight;
  readonly on: Date;
  readonly #ids: GlobalIds;
  #nodeIds: string[] | null = null;
  #edgeIds: string[] | null = null;
  readonly #written = new Map<Writer<LineageAnswer>, (string | undefined)[]>();

  constructor(upstream: WholeUpstream, sight: Sight, on: Date, ids: GlobalIds) {
    this.upstream = upstream;
    this.sight = sight;
    this.on = on;
    this.#ids = ids;
  }

  /** Of the nodes that are returned; all are encrypted together at the first call. */
  nodeId(node: number): string {
    if (this.#nodeIds === null) {
      const { nodes } = this.upstream;
      const numbers = nodes.map(
        (index) => this.sight.graph.nodes.ids.values[this.upstream.nodePlace(index)]!,
      );
      const sealed = this.#ids.encodeAll(
        nodes.map((index) => LINEAGE_TYPE[this.nodeKind(index)]),
        numbers,
      );
      this.#nodeIds = [];
      for (let i = 0; i < nodes.length; i++) this.#nodeIds[nodes[i]!] = sealed[i]!;
    }
    return this.#nodeIds[node]!;
  }

  edgeId(edge: number): string {
    if (this.#edgeIds === null) {
      const { edges } = this.upstream;
      const numbers = edges.map(
        (index) => this.sight.graph.edges.ids.values[this.upstream.edgePlace(index)]!,
      );
      const sealed = this.#ids.encodeAll(new Array<GlobalType>(edges.length).fill('LineageEdge'), numbers);
      this.#edgeIds = [];
      for (let i = 0; i < edges.length; i++) this.#edgeIds[edges[i]!] = sealed[i]!;
    }
    return this.#edgeIds[edge]!;
  }

  nodeKind(node: number): NodeKind {
    return NODE_KINDS[this.sight.graph.nodes.kinds.values[this.upstream.nodePlace(node)]!]!;
  }

  edgeKind(edge: number): string {
    return EDGE_KINDS[this.sight.graph.edges.kind(this.upstream.edgePlace(edge))]!;
  }

  name(node: number): { namespace: string; name: string | null; version: string | null } {
    return this.sight.graph.nodes.nameAt(this.upstream.nodePlace(node));
  }

  /** A node is the end of many edges, and is written once for all that ask the same of it. */
  once(write: Writer<LineageAnswer>, node: number): string {
    let written = this.#written.get(write);
    if (written === undefined) {
      written = [];
      this.#written.set(write, written);
    }
    let text = written[node];
    if (text === undefined) {
      text = write(this, node);
      written[node] = text;
    }
    return text;
  }
}
