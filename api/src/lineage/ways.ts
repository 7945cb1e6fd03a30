import type { CompositionRow, Graph } from './graph.ts';
import { holdingFor, outputsApart } from './mixture.ts';

/**
 * One direction through a graph: the edges that go on from each place, and the place that each leads to. A place is a
 * node, but for a transformation with statements about single outputs: what is stated of one output says nothing of
 * another, so that it is a place of its own for each output that it is reached from (upstream), and for each statement
 * that it is reached by (downstream). The place of such a node itself is where a search begins that asks about it: from
 * there everything goes on, and no edge leads there.
 */
export interface Way {
  /** By place; null where places are nodes. */
  readonly nodes: Int32Array | null;
  readonly places: number;
  /** The edges of a place: start[place]…start[place + 1] in `edges`, in the order of record. */
  readonly start: Int32Array;
  readonly edges: Int32Array;
  /** By edge. */
  readonly to: Int32Array;
}

interface Ways {
  readonly up: Way;
  readonly down: Way;
}

const worked = new WeakMap<Graph, Ways>();

export function wayOf(graph: Graph, direction: 'UPSTREAM' | 'DOWNSTREAM'): Way {
  let ways = worked.get(graph);
  if (ways === undefined) {
    ways = waysThrough(graph);
    worked.set(graph, ways);
  }
  return direction === 'UPSTREAM' ? ways.up : ways.down;
}

export function nodeAt(way: Way, place: number): number {
  return way.nodes === null ? place : way.nodes[place]!;
}

/** Transformations whose outputs are not all made of the same. */
export function splits(graph: Graph): number[] {
  if (graph.compositions.every(({ outputId }) => outputId === null)) return [];
  return [...graph.compositionsOf.keys()].filter((node) => outputsApart(graph, node).length > 0);
}

function waysThrough(graph: Graph): Ways {
  const places = graph.nodes.length;
  const up = { nodes: null, places, start: graph.upStart, edges: graph.upEdges, to: graph.edgeUp };
  const down = { nodes: null, places, start: graph.downStart, edges: graph.downEdges, to: graph.edgeDown };
  const apart = splits(graph);
  if (apart.length === 0) return { up, down };
  const [upward, downward] = [new Dividing(up), new Dividing(down)];
  for (const node of apart) divide(graph, node, upward, downward);
  return { up: upward.way(), down: downward.way() };
}

function divide(graph: Graph, node: number, upward: Dividing, downward: Dividing): void {
  const inputs = edgesOf(graph.upStart, graph.upEdges, node);
  const outputs = edgesOf(graph.downStart, graph.downEdges, node);
  const statedIn = new Map<number, CompositionRow>();
  for (const composition of graph.compositionsOf.get(node) ?? [])
    for (const edge of graph.statedEdges[composition]!) statedIn.set(edge, graph.compositions[composition]!);
  const apart = new Set(outputsApart(graph, node));
  const holding = new Map<bigint | null, ReadonlySet<CompositionRow>>();
  const holds = (input: number, output: number): boolean => {
    const by = statedIn.get(input);
    if (by === undefined || graph.edges[output]!.kind !== 'GENERATED_BY') return true;
    const id = graph.edges[output]!.downstream;
    const key = apart.has(id) ? id : null;
    const held = holding.get(key) ?? holdingFor(graph, node, id);
    holding.set(key, held);
    return held.has(by);
  };
  for (const output of outputs) {
    const id = graph.edges[output]!.downstream;
    const from = apart.has(id) ? id : null;
    upward.lead(node, from, output, () => inputs.filter((input) => holds(input, output)));
  }
  for (const input of inputs) {
    const by = statedIn.get(input)?.id ?? null;
    downward.lead(node, by, input, () => outputs.filter((output) => holds(input, output)));
  }
}

function edgesOf(start: Int32Array, edges: Int32Array, node: number): number[] {
  return [...edges.subarray(start[node]!, start[node + 1]!)];
}

/** A way to which places are added. */
class Dividing {
  private readonly whole: Way;
  private readonly to: Int32Array;
  private readonly added: { node: number; edges: readonly number[] }[] = [];
  private readonly placeOf = new Map<string, number>();

  constructor(whole: Way) {
    this.whole = whole;
    this.to = whole.to.slice();
  }

  /** Has an edge lead to the place of a node for whoever comes from, or by, `key`. */
  lead(node: number, key: bigint | null, edge: number, onward: () => readonly number[]): void {
    const name = `${node} ${key}`;
    let place = this.placeOf.get(name);
    if (place === undefined) {
      place = this.whole.places + this.added.push({ node, edges: onward() }) - 1;
      this.placeOf.set(name, place);
    }
    this.to[edge] = place;
  }

  way(): Way {
    const { whole, to, added } = this;
    const start = new Int32Array(whole.places + added.length + 1);
    start.set(whole.start);
    added.forEach(({ edges }, i) => {
      start[whole.places + i + 1] = start[whole.places + i]! + edges.length;
    });
    const edges = new Int32Array(start.at(-1)!);
    edges.set(whole.edges);
    const nodes = new Int32Array(whole.places + added.length);
    for (let node = 0; node < whole.places; node++) nodes[node] = node;
    added.forEach((place, i) => {
      edges.set(place.edges, start[whole.places + i]!);
      nodes[whole.places + i] = place.node;
    });
    return { nodes, places: nodes.length, start, edges, to };
  }
}
