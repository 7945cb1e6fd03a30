import {
  type AmountBasis,
  type AmountUnit,
  EDGE_GROUP,
  type EdgeGroup,
  type EdgeKind,
  type MeasurementMethod,
  type NodeKind,
  type StartedFrom,
  type TrainingStage,
  type TransformationEffect,
} from './kinds.ts';

/** One claimed count of a dataset version; several claims of one unit may stand side by side. */
export interface CountClaim {
  readonly unit: AmountUnit;
  readonly value: number;
}

/** One content measurement: which fraction (0…1, in `unit`) of a dataset version carries a tag. */
export interface TagMeasurement {
  readonly id: bigint;
  readonly tag: bigint;
  readonly fraction: number;
  /** The unit that the fraction counts in: a fraction of tokens is another thing than one of documents. */
  readonly unit: AmountUnit;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly method: MeasurementMethod;
  /** Milliseconds since 1970; null where the source does not say. */
  readonly measuredAt: number | null;
}

/** A node with the facts that the computations need; times are milliseconds since 1970. */
export interface NodeRow {
  readonly id: bigint;
  readonly kind: NodeKind;
  readonly recordedAt: number;
  /** Transformations; UNKNOWN where absent. */
  readonly effect?: TransformationEffect | null;
  /** Training runs. */
  readonly stage?: TrainingStage | null;
  /** Training runs; read as UNKNOWN where absent. */
  readonly startedFrom?: StartedFrom | null;
  /** Training runs: every claim of the tokens seen by the whole run. */
  readonly tokensSeen?: readonly number[];
  /** Activities: how many visible nodes were GENERATED_BY it, those outside this graph included. */
  readonly outputs?: number;
  /** Dataset versions and sources. */
  readonly counts?: readonly CountClaim[];
  /** Dataset versions. */
  readonly tags?: readonly TagMeasurement[];
  /** Dataset and model versions: what is revised has the same key (the dataset or model they are versions of). */
  readonly family?: bigint | null;
}

/**
 * An edge from a dependent (`downstream`) to what it depends on (`upstream`). On a model version's GENERATED_BY,
 * `amount` in TOKENS states the tokens that the run had seen by that checkpoint.
 */
export interface EdgeRow {
  readonly id: bigint;
  readonly kind: EdgeKind;
  readonly downstream: bigint;
  readonly upstream: bigint;
  readonly compositionId: bigint | null;
  readonly amount: number | null;
  /** Null: in the unit of the composition. */
  readonly amountUnit: AmountUnit | null;
  readonly epochs: number | null;
  readonly recordedAt: number;
}

/** One party's statement of all the inputs of `node`, or of what went into its output `outputId`. */
export interface CompositionRow {
  readonly id: bigint;
  readonly node: bigint;
  readonly outputId: bigint | null;
  readonly teamId: bigint;
  readonly unit: AmountUnit;
  readonly basis: AmountBasis;
  readonly total: number | null;
  readonly complete: boolean;
  /** Whether inputs exist that the viewer may not see: completeness and inferred totals then do not count. */
  readonly inputsHidden: boolean;
  readonly recordedAt: number;
}

/** What a store loads: one viewer's rows, known on one moment. */
export interface LineageRows {
  readonly nodes: readonly NodeRow[];
  readonly edges: readonly EdgeRow[];
  readonly compositions: readonly CompositionRow[];
}

/** Rows under dense indexes; edges of a node are adjacent in `upEdges` and `downEdges`, in record order. */
export interface Graph {
  readonly nodes: readonly NodeRow[];
  readonly edges: readonly EdgeRow[];
  readonly compositions: readonly CompositionRow[];
  readonly indexOf: ReadonlyMap<bigint, number>;
  readonly edgeDown: Int32Array;
  readonly edgeUp: Int32Array;
  readonly upStart: Int32Array;
  readonly upEdges: Int32Array;
  readonly downStart: Int32Array;
  readonly downEdges: Int32Array;
  /** Indexes of the compositions about a node, in record order. */
  readonly compositionsOf: ReadonlyMap<number, readonly number[]>;
  /** Indexes of the edges that a composition states, by its index; in record order. */
  readonly statedEdges: readonly (readonly number[])[];
}

export type Direction = 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';

/** Record order: what was recorded first stands first, ids decide within one moment. */
export function byRecordOrder(
  a: { readonly recordedAt: number; readonly id: bigint },
  b: { readonly recordedAt: number; readonly id: bigint },
): number {
  return a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function adjacency(ends: Int32Array, nodeCount: number): { start: Int32Array; list: Int32Array } {
  const start = new Int32Array(nodeCount + 1);
  for (const end of ends) start[end + 1]! += 1;
  for (let i = 0; i < nodeCount; i++) start[i + 1]! += start[i]!;
  const next = start.slice(0, nodeCount);
  const list = new Int32Array(ends.length);
  for (let e = 0; e < ends.length; e++) list[next[ends[e]!]!++] = e;
  return { start, list };
}

/**
 * Puts loaded rows under dense indexes, in time linear in the rows but for one sort of the edges. An edge or a
 * composition whose node was not loaded is an error of the caller (RangeError): left out silently, it would
 * change the weights of the others.
 */
export function buildGraph(rows: LineageRows): Graph {
  const indexOf = new Map<bigint, number>();
  rows.nodes.forEach((node, index) => {
    if (indexOf.has(node.id)) throw new RangeError(`node ${node.id} is loaded twice`);
    indexOf.set(node.id, index);
  });
  const at = (id: bigint, what: string): number => {
    const index = indexOf.get(id);
    if (index === undefined) throw new RangeError(`${what} names node ${id}, which is not loaded`);
    return index;
  };
  const edges = [...rows.edges].sort(byRecordOrder);
  const edgeDown = Int32Array.from(edges, (edge) => at(edge.downstream, `edge ${edge.id}`));
  const edgeUp = Int32Array.from(edges, (edge) => at(edge.upstream, `edge ${edge.id}`));
  const compositions = [...rows.compositions].sort(byRecordOrder);
  const about = compositions.map(({ id, node }) => at(node, `composition ${id}`));
  const places = new Map(compositions.map(({ id }, index) => [id, index]));
  const statedBy = Int32Array.from(edges, ({ compositionId }) =>
    compositionId === null ? -1 : (places.get(compositionId) ?? -1),
  );
  return indexedGraph({ nodes: rows.nodes, indexOf, edges, edgeDown, edgeUp, compositions, about, statedBy });
}

/** Rows whose ends are indexes already; edges and compositions stand in record order. */
export interface IndexedRows extends LineageRows {
  readonly indexOf: ReadonlyMap<bigint, number>;
  readonly edgeDown: Int32Array;
  readonly edgeUp: Int32Array;
  /** The nodes that the compositions are about. */
  readonly about: readonly number[];
  /** The compositions that state the edges; -1 for none, or one that was not loaded. */
  readonly statedBy: Int32Array;
}

/** A graph of rows that are indexed, in time linear in them. */
export function indexedGraph(rows: IndexedRows): Graph {
  const { nodes, indexOf, edges, edgeDown, edgeUp, compositions, about, statedBy } = rows;
  const statedEdges: number[][] = compositions.map(() => []);
  for (let edge = 0; edge < statedBy.length; edge++) {
    const composition = statedBy[edge]!;
    if (composition !== -1) statedEdges[composition]!.push(edge);
  }
  const compositionsOf = new Map<number, number[]>();
  for (let composition = 0; composition < about.length; composition++) {
    const held = compositionsOf.get(about[composition]!);
    if (held) held.push(composition);
    else compositionsOf.set(about[composition]!, [composition]);
  }
  const up = adjacency(edgeDown, nodes.length);
  const down = adjacency(edgeUp, nodes.length);
  return {
    ...{ nodes, edges, compositions, indexOf, edgeDown, edgeUp, compositionsOf, statedEdges },
    ...{ upStart: up.start, upEdges: up.list, downStart: down.start, downEdges: down.list },
  };
}

/** The index of a loaded node; RangeError where it is not loaded. */
export function nodeIndex(graph: Graph, id: bigint): number {
  const index = graph.indexOf.get(id);
  if (index === undefined) throw new RangeError(`node ${id} is not loaded`);
  return index;
}

/** Indexes of the edges from a node to what it depends on, of one kind, in record order. */
export function upstreamEdges(graph: Graph, node: number, kind: EdgeKind): number[] {
  const found: number[] = [];
  for (let i = graph.upStart[node]!; i < graph.upStart[node + 1]!; i++) {
    const edge = graph.upEdges[i]!;
    if (graph.edges[edge]!.kind === kind) found.push(edge);
  }
  return found;
}

/**
 * How many nodes an activity generated, each once whoever asserts it: as the store counted them, or at least those in
 * this graph.
 */
export function outputCount(graph: Graph, activity: number): number {
  const outputs = new Set<number>();
  for (let i = graph.downStart[activity]!; i < graph.downStart[activity + 1]!; i++) {
    const edge = graph.downEdges[i]!;
    if (graph.edges[edge]!.kind === 'GENERATED_BY') outputs.add(graph.edgeDown[edge]!);
  }
  return Math.max(outputs.size, graph.nodes[activity]!.outputs ?? 0);
}

export function inGroups(edge: EdgeRow, via: readonly EdgeGroup[]): boolean {
  return via.includes(EDGE_GROUP[edge.kind]);
}
