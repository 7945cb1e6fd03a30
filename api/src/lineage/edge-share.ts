import { type Graph, nodeIndex, upstreamEdges } from './graph.ts';
import { type NodeKind, UNACCOUNTED_REASONS, type UnaccountedReason } from './kinds.ts';
import { type LocalMixture, type MassFlow, massFlow } from './mass-flow.ts';
import { type Mixture, mixturesOf } from './mixture.ts';
import type { ShareRange } from './shares.ts';

/** Weights by edge index; NaN where an edge has none, or an unknown one. */
export interface EdgeShares {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The share of every edge: all for GENERATED_BY; for an input its weight, as a range over the statements that hold
 * of the same thing. A statement that does not name the input, or not how much of it, counts as 0 in the lower
 * bound, as it does in exposure. Edges that carry no mass of their own, or whose weight nobody states, have none.
 */
export function edgeShares(graph: Graph): EdgeShares {
  const lower = new Float64Array(graph.edges.length).fill(Number.NaN);
  const upper = new Float64Array(graph.edges.length).fill(Number.NaN);
  graph.edges.forEach((edge, i) => {
    if (edge.kind === 'GENERATED_BY') lower[i] = upper[i] = 1;
  });
  for (const choices of statements(graph)) {
    const ranges = new Map<number, { least: number; most: number; stated: number; edges: number[] }>();
    for (const mixture of choices) {
      mixture.inputs.forEach((input, k) => {
        const range = ranges.get(input) ?? { least: 1, most: 0, stated: 0, edges: [] };
        ranges.set(input, range);
        range.edges.push(mixture.edges[k]!);
        const weight = mixture.weights[k]!;
        if (Number.isNaN(weight)) return;
        range.stated++;
        range.least = Math.min(range.least, weight);
        range.most = Math.max(range.most, weight);
      });
    }
    for (const { least, most, stated, edges } of ranges.values()) {
      if (stated === 0) continue;
      for (const edge of edges) {
        lower[edge] = stated < choices.length ? 0 : least;
        upper[edge] = most;
      }
    }
  }
  return { lower, upper };
}

/** The statements that are choices among each other: of one node, and of one output where they are about that. */
function* statements(graph: Graph): Generator<readonly Mixture[]> {
  for (let node = 0; node < graph.nodes.length; node++) {
    const { kind } = graph.nodes[node]!;
    if (kind === 'TRAINING_RUN') yield mixturesOf(graph, node);
    else if (kind === 'DATASET_VERSION') yield mixturesOf(graph, node).filter((m) => m.at === node);
    if (kind !== 'TRANSFORMATION') continue;
    yield mixturesOf(graph, node);
    for (let i = graph.downStart[node]!; i < graph.downStart[node + 1]!; i++) {
      const edge = graph.downEdges[i]!;
      if (graph.edges[edge]!.kind !== 'GENERATED_BY') continue;
      const own = mixturesOf(graph, graph.edgeDown[edge]!).filter((m) => m.at === node);
      if (own.some((m) => m.composition?.outputId != null))
        yield own.filter((m) => m.composition?.outputId != null);
    }
  }
}

export interface NodeUnaccounted extends ShareRange {
  readonly node: bigint;
  readonly reason: UnaccountedReason;
}

/**
 * What no input of a node accounts for, for drawing it: one row for each node and reason that loses mass there, as
 * a fraction of the node's own mass. All mass-carrying edges upstream of the nodes must be loaded. Linear.
 */
export function unaccountedAt(graph: Graph, nodes: readonly bigint[]): NodeUnaccounted[] {
  const asked = nodes.map((id) => nodeIndex(graph, id));
  const flow = massFlow(
    graph,
    asked.filter((node) => MADE_OF_INPUTS.has(graph.nodes[node]!.kind)),
  );
  const accounted = accountedRanges(flow);
  const choicesAt = new Map<number, LocalMixture[]>();
  const endAt = new Map<number, UnaccountedReason>();
  flow.nodes.forEach((node, i) => {
    for (const mixture of flow.mixtures[i]!) {
      if (mixture.at !== node && mixture.composition?.outputId == null) continue;
      choicesAt.set(mixture.at, [...(choicesAt.get(mixture.at) ?? []), mixture]);
    }
    const end = flow.ends[i];
    if (end && 'lostAt' in end && end.lostAt === node) endAt.set(node, end.reason);
  });
  return asked.flatMap((node): NodeUnaccounted[] => {
    const { id, kind } = graph.nodes[node]!;
    const all = { share: 1, shareUpper: 1 };
    if (kind === 'MODEL_VERSION' && upstreamEdges(graph, node, 'GENERATED_BY').length === 0) {
      return [{ node: id, reason: 'TRAINING_NOT_RECORDED', ...all }];
    }
    const choices = choicesAt.get(node) ?? [];
    const end = endAt.get(node);
    if (choices.length === 0) return end ? [{ node: id, reason: end, ...all }] : [];
    return UNACCOUNTED_REASONS.map((reason) => ({
      node: id,
      reason,
      ...lossOver(choices, reason, accounted),
    })).filter((row) => row.shareUpper > 0);
  });
}

const MADE_OF_INPUTS: ReadonlySet<NodeKind> = new Set(['TRAINING_RUN', 'TRANSFORMATION', 'DATASET_VERSION']);

interface AccountedRanges {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** How much of each node ends in groups: its least and its most over the choices. */
function accountedRanges(flow: MassFlow): AccountedRanges {
  const lower = new Float64Array(flow.nodes.length);
  const upper = new Float64Array(flow.nodes.length);
  for (let i = flow.nodes.length - 1; i >= 0; i--) {
    const end = flow.ends[i];
    if (end) lower[i] = upper[i] = 'group' in end ? 1 : 0;
    const choices = flow.mixtures[i]!;
    if (choices.length === 0) continue;
    lower[i] = Math.min(...choices.map((m) => (m.lossy ? 0 : weighted(m, lower))));
    upper[i] = Math.max(...choices.map((m) => (m.lossy ? 0 : weighted(m, upper))));
  }
  return { lower, upper };
}

function weighted(mixture: LocalMixture, values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < mixture.from.length; k++) {
    const weight = mixture.weights[k]!;
    if (weight > 0) sum += weight * values[mixture.from[k]!]!;
  }
  return sum;
}

function lossOver(
  choices: readonly LocalMixture[],
  reason: UnaccountedReason,
  accounted: AccountedRanges,
): ShareRange {
  const of = (mixture: LocalMixture, values: Float64Array): number =>
    (mixture.reason === reason ? mixture.unaccounted : 0) +
    (mixture.lossy && reason === 'PROPORTIONS_CHANGED' ? weighted(mixture, values) : 0);
  return {
    share: Math.min(...choices.map((mixture) => of(mixture, accounted.lower))),
    shareUpper: Math.min(1, Math.max(...choices.map((mixture) => of(mixture, accounted.upper)))),
  };
}
