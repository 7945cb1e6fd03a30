import {
  type CompositionRow,
  type EdgeRow,
  type Graph,
  type IndexedRows,
  indexedGraph,
  type NodeRow,
  type TagMeasurement,
} from '../graph.ts';
import { unheldOf } from '../held-statements.ts';
import { EDGE_KINDS, NODE_KINDS } from '../kinds.ts';
import type { Reached } from './closure.ts';
import type { Stated } from './composition-table.ts';
import { KIND_BITS } from './edge-marks.ts';
import type { Sight } from './sight.ts';
import { countsAt, measurementsAt, outputsOf, statedOf } from './stated.ts';

/** A graph for the computations, and where each of its rows stands in the columns. */
export interface ColumnsGraph {
  readonly graph: Graph;
  readonly nodePlaces: readonly number[];
  /** Good until something else is awaited: a compaction moves edges. */
  readonly edgePlaces: readonly number[];
  /** The compositions, in the order of the graph. */
  readonly stated: readonly Stated[];
}

/** What is told of each node: all that exposure takes, or what the weights of edges take. */
export type Told = 'ALL' | 'WEIGHTS';

/**
 * What was reached upstream of some roots, with the edges of the kinds in `read` that go on from there and their ends: as
 * `loadRows` makes it of records, but from the columns and at once. `roots` are places of nodes that are seen; they
 * stand first, known or not.
 */
export function columnsGraph(
  sight: Sight,
  roots: readonly number[],
  reached: Reached,
  read: Uint8Array,
  told: Told,
): ColumnsGraph {
  const { nodes, edges, compositions } = sight.graph;
  const places = new PlacesHeld();
  for (const root of roots) places.hold(root);
  const rootsHeld = places.held.length;
  const expanded = reached.nodes.subarray(0, reached.length);
  for (let i = 0; i < expanded.length; i++) places.hold(expanded[i]!);
  const saidOf = statedOf(sight, expanded);
  const edgePlaces = withoutUnheld(sight, edgesFrom(sight, expanded, read), saidOf, places, rootsHeld);
  const upstream = edges.upstream.values;
  for (const edge of edgePlaces) places.hold(upstream[edge]!);
  const about = compositions.nodes.values;
  const stated = saidOf.filter(({ place }) => places.of(about[place]!) !== -1);
  const [recordedAt, ids] = [edges.recordedAt.values, edges.ids.values];
  edgePlaces.sort((a, b) => recordedAt[a]! - recordedAt[b]! || ids[a]! - ids[b]!);
  const rows: NodeRow[] = [];
  const indexOf = new Map<bigint, number>();
  for (const place of places.held) {
    const row = nodeRow(sight, place, told);
    indexOf.set(row.id, rows.push(row) - 1);
  }
  const statements = stated.map((one) => compositions.statement(one, nodes));
  const graph = indexedGraph({
    nodes: rows,
    indexOf,
    ...edgeRows(sight, edgePlaces, places, { rows, stated, statements }),
    compositions: statements,
    about: stated.map(({ place }) => places.of(about[place]!)),
  });
  return { graph, nodePlaces: places.held, edgePlaces, stated };
}

/** Edges but for those of statements that hold of no output with which their transformation was reached: see `loadRows`. */
function withoutUnheld(
  sight: Sight,
  found: number[],
  stated: readonly Stated[],
  places: PlacesHeld,
  rootsHeld: number,
): number[] {
  const { compositions, edges } = sight.graph;
  if (compositions.apart.size === 0) return found;
  const [about, outputOf] = [compositions.nodes.values, compositions.outputs.values];
  const outputs = new Map<number, Set<number>>();
  for (const { place } of stated) {
    const node = about[place]!;
    if (outputOf[place] !== -1 && places.of(node) >= rootsHeld) outputs.set(node, new Set());
  }
  if (outputs.size === 0) return found;
  const [upstream, downstream] = [edges.upstream.values, edges.downstream.values];
  const statementOf = edges.compositions.values;
  const naming = new Set<number>();
  for (const edge of found) {
    if (edges.kind(edge) === GENERATED_BY) outputs.get(upstream[edge]!)?.add(downstream[edge]!);
    if (statementOf[edge] !== -1 && outputs.has(downstream[edge]!)) naming.add(statementOf[edge]!);
  }
  const unheld = new Set<number>();
  for (const [node, made] of outputs) {
    const named = stated.filter(({ place }) => about[place] === node && naming.has(place));
    const held = named.map(({ place }) => ({ place, ...compositions.heldBy(place) }));
    for (const { place } of unheldOf(held, made)) unheld.add(place);
  }
  return found.filter((edge) => !unheld.has(statementOf[edge]!));
}

const GENERATED_BY = EDGE_KINDS.indexOf('GENERATED_BY');

/** The rows of edges, with the indexes of their ends and of what states them. */
function edgeRows(
  sight: Sight,
  edgePlaces: readonly number[],
  places: PlacesHeld,
  held: {
    rows: readonly NodeRow[];
    stated: readonly Stated[];
    statements: readonly CompositionRow[];
  },
): Pick<IndexedRows, 'edges' | 'edgeDown' | 'edgeUp' | 'statedBy'> {
  const { edges, compositions } = sight.graph;
  const { rows, stated, statements } = held;
  const [downstream, upstream] = [edges.downstream.values, edges.upstream.values];
  const [ids, statementOf, recordedAt] = [
    edges.ids.values,
    edges.compositions.values,
    edges.recordedAt.values,
  ];
  const indexes = new Map<number, number>();
  for (let i = 0; i < stated.length; i++) indexes.set(stated[i]!.place, i);
  const edgeDown = new Int32Array(edgePlaces.length);
  const edgeUp = new Int32Array(edgePlaces.length);
  const statedBy = new Int32Array(edgePlaces.length);
  const told: EdgeRow[] = [];
  for (let i = 0; i < edgePlaces.length; i++) {
    const edge = edgePlaces[i]!;
    const [down, up] = [places.of(downstream[edge]!), places.of(upstream[edge]!)];
    const composition = statementOf[edge]!;
    const by = composition === -1 ? -1 : (indexes.get(composition) ?? -1);
    [edgeDown[i], edgeUp[i], statedBy[i]] = [down, up, by];
    let compositionId: bigint | null = null;
    if (by !== -1) compositionId = statements[by]!.id;
    else if (composition !== -1) compositionId = BigInt(compositions.ids.values[composition]!);
    told.push({
      id: BigInt(ids[edge]!),
      kind: EDGE_KINDS[edges.kind(edge)]!,
      downstream: rows[down]!.id,
      upstream: rows[up]!.id,
      compositionId,
      amount: edges.amountStated(edge),
      amountUnit: edges.amountUnit(edge),
      epochs: edges.epochs(edge),
      recordedAt: recordedAt[edge]!,
    });
  }
  return { edges: told, edgeDown, edgeUp, statedBy };
}

/**
 * Places of nodes in the order in which they were held, each once. By a map: most graphs are of a few nodes out of very
 * many, and an array by place would be read where nothing else has been read of late.
 */
class PlacesHeld {
  readonly held: number[] = [];
  private readonly indexes = new Map<number, number>();

  hold(place: number): void {
    if (!this.indexes.has(place)) this.indexes.set(place, this.held.push(place) - 1);
  }

  /** The index of a place; -1 where it is not held. */
  of(place: number): number {
    return this.indexes.get(place) ?? -1;
  }
}

/** The edges of some kinds that go on upstream from nodes, as far as they are seen and known with what they lead to. */
function edgesFrom(sight: Sight, from: Int32Array, read: Uint8Array): number[] {
  const { edges } = sight.graph;
  const follows = sight.following();
  const found: number[] = [];
  const [{ start, sorted, late }, marks, upstream] = [edges.along(true), edges.marks, edges.upstream.values];
  for (let i = 0; i < from.length; i++) {
    const place = from[i]!;
    if (place < sorted) {
      const end = start[place + 1]!;
      for (let edge = start[place]!; edge < end; edge++)
        if (read[marks[edge]! & KIND_BITS] !== 0 && follows(edge, upstream[edge]!)) found.push(edge);
    }
    if (late.size === 0) continue;
    for (const edge of late.get(place) ?? [])
      if (read[marks[edge]! & KIND_BITS] !== 0 && follows(edge, upstream[edge]!)) found.push(edge);
  }
  return found;
}

const NO_TAGS: readonly TagMeasurement[] = [];
const NO_TOKENS: readonly number[] = [];

function nodeRow(sight: Sight, place: number, told: Told): NodeRow {
  const { nodes } = sight.graph;
  const kind = NODE_KINDS[nodes.kinds.values[place]!]!;
  const activity = kind === 'TRANSFORMATION' || kind === 'TRAINING_RUN';
  const counts = countsAt(sight, place);
  const { effect, stage, startedFrom, family } = nodes.facts(place);
  return {
    id: BigInt(nodes.ids.values[place]!),
    kind,
    recordedAt: nodes.recordedAt.values[place]!,
    effect,
    stage,
    startedFrom,
    family,
    outputs: told === 'ALL' && activity ? outputsOf(sight, place) : 0,
    counts,
    tokensSeen:
      counts.length === 0 ? NO_TOKENS : counts.filter((c) => c.unit === 'TOKENS').map((c) => c.value),
    tags: told === 'ALL' ? measurementsAt(sight, place) : NO_TAGS,
  };
}
