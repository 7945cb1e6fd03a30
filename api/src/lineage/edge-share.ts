import { type Graph, nodeIndex, upstreamEdges } from './graph.ts';
import { type NodeKind, UNACCOUNTED_REASONS, type UnaccountedReason } from './kinds.ts';
import { type LocalMixture, type MassFlow, massFlow } from './mass-flow.ts';
import { type Mixture, mixturesFor, mixturesOf, outputsApart } from './mixture.ts';
import type { ShareRange } from './shares.ts';

/** Weights by edge index; NaN where an edge has none, or an unknown one. */
export interface EdgeShares {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The share of every edge, as a range over the statements that hold of the same thing. An input's is its weight: of a
 * dataset version over all that is said of what it was made of, by its derivations and through its transformations; of a
 * transformation over what is stated of all its outputs, or, for an edge that is stated of one output, over what holds of
 * that one. Of GENERATED_BY it is all, or nothing where another statement does without. A statement that does not name
 * the input, or not how much of it, counts as 0 in the lower bound, as it does in exposure. Edges that carry no mass of
 * their own, or whose weight nobody states, have none.
 */
export function edgeShares(graph: Graph): EdgeShares {
  const lower = new Float64Array(graph.edges.length).fill(Number.NaN);
  const upper = new Float64Array(graph.edges.length).fill(Number.NaN);
  const give = (edge: number, range: readonly [number, number]): void => {
    [lower[edge], upper[edge]] = range;
  };
  for (let node = 0; node < graph.nodes.length; node++) {
    const { kind } = graph.nodes[node]!;
    if (kind === 'MODEL_VERSION' || kind === 'DATASET_VERSION')
      for (const [edge, range] of makerShares(graph, node)) give(edge, range);
    if (kind === 'MODEL_VERSION' || !MADE_OF_INPUTS.has(kind)) continue;
    const choices = mixturesOf(graph, node);
    for (const { edges, range } of weightRanges(choices, node)) for (const edge of edges) give(edge, range);
    if (kind !== 'TRANSFORMATION') continue;
    for (const output of outputsApart(graph, node)) {
      const own = (m: Mixture) => m.composition?.outputId === output;
      for (const { edges, range } of weightRanges(mixturesFor(graph, node, output), node, own))
        for (const edge of edges) give(edge, range);
    }
  }
  return { lower, upper };
}

/**
 * What made a node is a choice: of statements, where there are any, else of makers. Each edge to a maker is all of it in
 * its own choices and nothing in others; one that is in none of them is still somebody's word.
 */
function makerShares(graph: Graph, node: number): [edge: number, range: readonly [number, number]][] {
  const edges = upstreamEdges(graph, node, 'GENERATED_BY');
  if (edges.length === 0) return [];
  const choices = mixturesOf(graph, node);
  const sole = edges.every((edge) => graph.edgeUp[edge] === graph.edgeUp[edges[0]!]);
  return edges.map((edge) => {
    const maker = graph.edgeUp[edge]!;
    const always = choices.length === 0 ? sole : choices.every(({ at }) => at === maker);
    return [edge, [always ? 1 : 0, 1]];
  });
}

interface WeightRange {
  readonly input: number;
  /** Those that name the input in a statement made at the node, or in one of `own`. */
  readonly edges: readonly number[];
  readonly range: readonly [lower: number, upper: number];
}

/** What each input of a node weighs over choices, of which some may be made elsewhere; without those never weighed. */
function weightRanges(
  choices: readonly Mixture[],
  at: number,
  own: (mixture: Mixture) => boolean = () => true,
): WeightRange[] {
  const ranges = new Map<number, { least: number; most: number; stated: number; edges: number[] }>();
  for (const mixture of choices) {
    if (mixture.at !== at) continue;
    mixture.inputs.forEach((input, k) => {
      const range = ranges.get(input) ?? { least: 1, most: 0, stated: 0, edges: [] };
      ranges.set(input, range);
      if (own(mixture)) range.edges.push(mixture.edges[k]!);
      const weight = mixture.weights[k]!;
      if (Number.isNaN(weight)) return;
      range.stated++;
      range.least = Math.min(range.least, weight);
      range.most = Math.max(range.most, weight);
    });
  }
  return [...ranges].flatMap(([input, { least, most, stated, edges }]) =>
    stated === 0 ? [] : [{ input, edges, range: [stated < choices.length ? 0 : least, most] as const }],
  );
}

/** The least of an input in a dataset version that came through a maker; NaN where nobody weighs it. */
export function leastThrough(graph: Graph, output: number, maker: number, input: number): number {
  const found = weightRanges(mixturesOf(graph, output), maker).find((one) => one.input === input);
  return found === undefined ? Number.NaN : found.range[0];
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
  const elsewhere = new Set<number>();
  flow.nodes.forEach((node, i) => {
    for (const mixture of flow.mixtures[i]!) {
      if (mixture.at !== node) elsewhere.add(node);
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
      // Where it was made elsewhere, in one of the choices, nothing is lost here.
      ...(elsewhere.has(node) ? { share: 0 } : {}),
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
