import { RETRACTED } from './edge-marks.ts';
import type { ResidentGraph } from './resident-graph.ts';

/**
 * What one viewer sees of a resident graph on one moment. `seen` tells of each standing whether they see rows of it,
 * as the visibility predicate answered; a standing that came later is not seen.
 */
export class Sight {
  readonly graph: ResidentGraph;
  private readonly seen: Uint8Array;
  private readonly on: number;

  constructor(graph: ResidentGraph, seen: Uint8Array, on: number) {
    this.graph = graph;
    this.seen = seen;
    this.on = on;
  }

  standing(place: number): boolean {
    return this.seen[place] === 1;
  }

  known(recordedAt: number, retractedAt: number): boolean {
    return recordedAt <= this.on && retractedAt > this.on;
  }

  nodeSeen(node: number): boolean {
    return this.seen[this.graph.nodes.standings.values[node]!] === 1;
  }

  nodeKnown(node: number): boolean {
    const { nodes } = this.graph;
    return nodes.recordedAt.values[node]! <= this.on && nodes.retractedAt.values[node]! > this.on;
  }

  /** Whether the assertion itself is seen and known; of its ends and its composition this says nothing. */
  edgeAsserted(edge: number): boolean {
    const { edges } = this.graph;
    return (
      this.seen[edges.standings.values[edge]!] === 1 &&
      edges.recordedAt.values[edge]! <= this.on &&
      edges.retractedAt(edge) > this.on
    );
  }

  compositionKnown(composition: number): boolean {
    const { compositions } = this.graph;
    return (
      compositions.recordedAt.values[composition]! <= this.on &&
      compositions.retractedAt.values[composition]! > this.on
    );
  }

  /** Whether the statement is seen, with the node and, where it is about one, the output that it is about. */
  compositionSeen(composition: number): boolean {
    const { compositions } = this.graph;
    if (this.seen[compositions.standings.values[composition]!] !== 1) return false;
    if (!this.nodeSeen(compositions.nodes.values[composition]!)) return false;
    const output = compositions.outputs.values[composition]!;
    return output === -1 || this.nodeSeen(output);
  }

  /**
   * Tells whether an edge may be followed to `far`, one of its ends. Good until the next row is put: the columns are
   * looked up once, since a search asks for every edge that it passes.
   */
  following(): (edge: number, far: number) => boolean {
    const { seen, on } = this;
    const { nodes, edges } = this.graph;
    const [edgeStandings, edgeRecorded, marks] = [
      edges.standings.values,
      edges.recordedAt.values,
      edges.marks,
    ];
    const [nodeStandings, nodeRecorded] = [nodes.standings.values, nodes.recordedAt.values];
    const [nodeRetracted, compositions] = [nodes.retractedAt.values, edges.compositions.values];
    // Most questions are of now, when all that is held had been recorded: then no such moment need be looked up.
    const [edgesDated, nodesDated] = [on < edges.latest, on < nodes.latest];
    return (edge, far) => {
      if (seen[edgeStandings[edge]!] !== 1 || (edgesDated && edgeRecorded[edge]! > on)) return false;
      if ((marks[edge]! & RETRACTED) !== 0 && edges.retractedAt(edge) <= on) return false;
      if (seen[nodeStandings[far]!] !== 1 || (nodesDated && nodeRecorded[far]! > on)) return false;
      if (nodeRetracted[far]! <= on) return false;
      const composition = compositions[edge]!;
      return composition === -1 || (this.compositionKnown(composition) && this.compositionSeen(composition));
    };
  }
}
