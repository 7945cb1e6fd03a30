import type { EdgeRow, Graph, NodeRow, TagMeasurement } from '../graph.ts';
import { indexedGraph } from '../graph.ts';
import { EDGE_KINDS, NODE_KINDS } from '../kinds.ts';
import type { Reached } from './closure.ts';
import type { Sight } from './sight.ts';
import { countsAt, measurementsAt, outputsOf, type Stated, statedOf } from './stated.ts';

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
  const places = new PlacesHeld(nodes.length);
  for (const root of roots) places.hold(root);
  const rootsHeld = places.held.length;
  const expanded = reached.nodes.subarray(0, reached.length);
  for (const place of expanded) places.hold(place);
  const found = edgesFrom(sight, expanded, read);
  const [upstream, downstream, statementOf] = [
    edges.upstream.values,
    edges.downstream.values,
    edges.compositions.values,
  ];
  for (const edge of found) places.hold(upstream[edge]!);
  const [about, outputs] = [compositions.nodes.values, compositions.outputs.values];
  const kept = statedOf(sight, expanded).filter(({ place }) => places.of(about[place]!) !== -1);
  // What is stated of one output says nothing of another from which its transformation was reached.
  const ofOthers = new Set<number>();
  for (const { place } of kept) {
    const output = outputs[place]!;
    if (output !== -1 && places.of(output) === -1 && places.of(about[place]!) >= rootsHeld)
      ofOthers.add(place);
  }
  const edgePlaces = ofOthers.size === 0 ? found : found.filter((edge) => !ofOthers.has(statementOf[edge]!));
  const [recordedAt, ids] = [edges.recordedAt.values, edges.ids.values];
  edgePlaces.sort((a, b) => recordedAt[a]! - recordedAt[b]! || ids[a]! - ids[b]!);
  const rows = places.held.map((place) => nodeRow(sight, place, told));
  const statements = kept.map(({ place, hidden }) => compositions.statement(place, nodes, hidden));
  const statementIds = new Map(kept.map(({ place }, i) => [place, statements[i]!.id]));
  const edgeDown = Int32Array.from(edgePlaces, (edge) => places.of(downstream[edge]!));
  const edgeUp = Int32Array.from(edgePlaces, (edge) => places.of(upstream[edge]!));
  const edgeRows = edgePlaces.map((edge, i): EdgeRow => {
    const composition = statementOf[edge]!;
    const { amount, amountUnit, epochs } = edges.amount(edge);
    return {
      id: BigInt(ids[edge]!),
      kind: EDGE_KINDS[edges.kind(edge)]!,
      downstream: rows[edgeDown[i]!]!.id,
      upstream: rows[edgeUp[i]!]!.id,
      compositionId:
        composition === -1
          ? null
          : (statementIds.get(composition) ?? BigInt(compositions.ids.values[composition]!)),
      amount,
      amountUnit,
      epochs,
      recordedAt: recordedAt[edge]!,
    };
  });
  const graph = indexedGraph({
    nodes: rows,
    indexOf: new Map(rows.map(({ id }, i) => [id, i])),
    edges: edgeRows,
    edgeDown,
    edgeUp,
    compositions: statements,
    about: kept.map(({ place }) => places.of(about[place]!)),
  });
  return { graph, nodePlaces: places.held, edgePlaces, stated: kept };
}

// Which places are held, and as the how manieth: stamped with the number of the graph under way, so that nothing need be
// cleared.
let stamps = new Uint32Array(1_024);
let indexes = new Int32Array(1_024);
let stamp = 0;

/** Places of nodes in the order in which they were held, each once. Good until the next is made. */
class PlacesHeld {
  readonly held: number[] = [];

  constructor(nodes: number) {
    if (stamps.length < nodes) {
      stamps = new Uint32Array(Math.ceil(nodes * 1.25));
      indexes = new Int32Array(stamps.length);
      stamp = 0;
    }
    stamp += 1;
    if (stamp === 2 ** 32) {
      stamps.fill(0);
      stamp = 1;
    }
  }

  hold(place: number): void {
    if (stamps[place] === stamp) return;
    stamps[place] = stamp;
    indexes[place] = this.held.length;
    this.held.push(place);
  }

  /** The index of a place; -1 where it is not held. */
  of(place: number): number {
    return stamps[place] === stamp ? indexes[place]! : -1;
  }
}

/** The edges of some kinds that go on upstream from nodes, as far as they are seen and known with what they lead to. */
function edgesFrom(sight: Sight, from: Int32Array, read: Uint8Array): number[] {
  const { edges } = sight.graph;
  const follows = sight.following();
  const found: number[] = [];
  const take = (edge: number) => {
    if (read[edges.kind(edge)] !== 0 && follows(edge, edges.upstream.values[edge]!)) found.push(edge);
  };
  for (const place of from) edges.eachUp(place, take);
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
