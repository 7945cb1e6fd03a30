import { type Graph, upstreamEdges } from './graph.ts';
import type { UnaccountedReason } from './kinds.ts';
import { type Mixture, mixturesOf } from './mixture.ts';

/** Where mass ends: in a group (a source, a model that wrote it, or a direct input), or lost at a node. */
export type MassEnd =
  | { readonly group: number }
  | { readonly lostAt: number; readonly reason: UnaccountedReason; readonly among: readonly number[] };

/** The part of a graph that mass can come from, under local indexes in topological order, downstream first. */
export interface MassFlow {
  readonly nodes: readonly number[];
  readonly mixtures: readonly (readonly LocalMixture[])[];
  readonly ends: readonly (MassEnd | null)[];
  /** Local indexes of the roots, in the order they were given. */
  readonly roots: readonly number[];
  /** Whether some node has several statements, so that there are choices to range over. */
  readonly contested: boolean;
}

export interface LocalMixture extends Mixture {
  readonly from: Int32Array;
  /** Several sources go through a change of proportions here, so that none of their shares passes. */
  readonly lossy: boolean;
}

/** While it is made. */
type Marked<M extends { readonly lossy: boolean }> = Omit<M, 'lossy'> & { lossy: boolean };

const NO_ORIGIN = -1;
const SEVERAL_ORIGINS = -2;

/**
 * Collects what mass can reach from the roots, each node once, in time linear in nodes and edges (Kahn). With
 * `direct`, the inputs of the roots are ends themselves. RangeError where the edges make a circle.
 */
export function massFlow(graph: Graph, roots: readonly number[], direct = false): MassFlow {
  const localOf = localsOf(graph);
  const found: number[] = [];
  try {
    return flowFrom(graph, roots, direct, found, localOf);
  } finally {
    for (const node of found) localOf[node] = NOT_FOUND;
  }
}

const NOT_FOUND = -1;
const locals = new WeakMap<Graph, Int32Array>();

/** For each node of a graph its index in the flow under way: made once, since a flow may be of few of its nodes. */
function localsOf(graph: Graph): Int32Array {
  let held = locals.get(graph);
  if (held === undefined) {
    held = new Int32Array(graph.nodes.length).fill(NOT_FOUND);
    locals.set(graph, held);
  }
  return held;
}

function flowFrom(
  graph: Graph,
  roots: readonly number[],
  direct: boolean,
  found: number[],
  localOf: Int32Array,
): MassFlow {
  const stated: (readonly Mixture[])[] = [];
  const pending: number[] = [];
  for (const root of roots) {
    if (localOf[root] !== NOT_FOUND) continue;
    localOf[root] = found.push(root) - 1;
    pending.push(0);
  }
  const rootCount = found.length;
  for (let i = 0; i < found.length; i++) {
    const choices = direct && i >= rootCount ? NO_MIXTURES : mixturesOf(graph, found[i]!);
    stated.push(choices);
    for (const { inputs } of choices) {
      for (const input of inputs) {
        const local = localOf[input]!;
        if (local !== NOT_FOUND) pending[local]! += 1;
        else {
          localOf[input] = found.push(input) - 1;
          pending.push(1);
        }
      }
    }
  }
  const order = topological(pending, stated, localOf);
  const place = new Int32Array(found.length);
  for (let now = 0; now < order.length; now++) place[order[now]!] = now;
  const nodes: number[] = [];
  const ends: (MassEnd | null)[] = [];
  const mixtures: Marked<LocalMixture>[][] = [];
  let contested = false;
  for (const before of order) {
    const node = found[before]!;
    const choices = stated[before]!;
    nodes.push(node);
    if (direct && before >= rootCount) ends.push({ group: node });
    else ends.push(choices.length > 0 ? null : endAt(graph, node));
    mixtures.push(choices.length === 0 ? NO_LOCAL_MIXTURES : localMixtures(choices, localOf, place));
    if (choices.length > 1) contested = true;
  }
  markLossy(mixtures, ends);
  return { nodes, mixtures, ends, roots: roots.map((root) => place[localOf[root]!]!), contested };
}

const NO_MIXTURES: readonly Mixture[] = [];
const NO_LOCAL_MIXTURES: Marked<LocalMixture>[] = [];

/** The statements about a node, under the indexes of the flow. */
function localMixtures(
  choices: readonly Mixture[],
  localOf: Int32Array,
  place: Int32Array,
): Marked<LocalMixture>[] {
  return choices.map((mixture) => {
    const { inputs } = mixture;
    const from = new Int32Array(inputs.length);
    for (let k = 0; k < from.length; k++) from[k] = place[localOf[inputs[k]!]!]!;
    return {
      composition: mixture.composition,
      at: mixture.at,
      edges: mixture.edges,
      inputs,
      weights: mixture.weights,
      unaccounted: mixture.unaccounted,
      reason: mixture.reason,
      scaledFrom: mixture.scaledFrom,
      contradicts: mixture.contradicts,
      changes: mixture.changes,
      preserves: mixture.preserves,
      assumed: mixture.assumed,
      from,
      lossy: false,
    };
  });
}

function topological(
  pending: number[],
  stated: readonly (readonly Mixture[])[],
  localOf: Int32Array,
): number[] {
  const order: number[] = [];
  for (let i = 0; i < pending.length; i++) if (pending[i] === 0) order.push(i);
  for (let next = 0; next < order.length; next++) {
    for (const { inputs } of stated[order[next]!]!) {
      for (const input of inputs) {
        const local = localOf[input]!;
        pending[local]! -= 1;
        if (pending[local] === 0) order.push(local);
      }
    }
  }
  if (order.length < pending.length)
    throw new RangeError('the lineage that was loaded goes round in a circle');
  return order;
}

/** What a node is, of which no statement names an input. */
function endAt(graph: Graph, node: number): MassEnd {
  const { kind } = graph.nodes[node]!;
  if (kind === 'SOURCE') return { group: node };
  if (kind === 'TRAINING_RUN') return { lostAt: node, reason: 'NOT_RECORDED', among: [] };
  const makers = upstreamEdges(graph, node, 'GENERATED_BY').map((edge) => graph.edgeUp[edge]!);
  const writers = new Set(
    [node, ...makers].flatMap((at) =>
      upstreamEdges(graph, at, 'SYNTHESIZED_BY').map((edge) => graph.edgeUp[edge]!),
    ),
  );
  if (writers.size === 1) return { group: [...writers][0]! };
  if (writers.size > 1) return { lostAt: node, reason: 'AMOUNT_UNKNOWN', among: [...writers] };
  if (kind === 'TRANSFORMATION') return { lostAt: node, reason: 'NOT_RECORDED', among: [] };
  if (makers.length > 0) return { lostAt: makers[0]!, reason: 'NOT_RECORDED', among: [] };
  return { lostAt: node, reason: 'ORIGIN_NOT_RECORDED', among: [] };
}

function join(a: number, b: number): number {
  if (a === NO_ORIGIN || a === b) return b;
  return b === NO_ORIGIN ? a : SEVERAL_ORIGINS;
}

/**
 * Marks the statements through which no share passes. What lies upstream is counted by any party's statement and
 * whatever its weight, known or not (but for a weight of 0): a source that might be in it is enough to make several.
 */
function markLossy(
  mixtures: readonly (readonly Marked<LocalMixture>[])[],
  ends: readonly (MassEnd | null)[],
): void {
  const origin = new Int32Array(mixtures.length).fill(NO_ORIGIN);
  for (let i = mixtures.length - 1; i >= 0; i--) {
    const end = ends[i];
    if (end) {
      if ('group' in end) origin[i] = end.group;
      else if (end.among.length > 1) origin[i] = SEVERAL_ORIGINS;
    }
    for (const mixture of mixtures[i]!) {
      const { from, weights } = mixture;
      let own = NO_ORIGIN;
      for (let k = 0; k < from.length; k++) if (weights[k] !== 0) own = join(own, origin[from[k]!]!);
      origin[i] = join(origin[i]!, own);
      mixture.lossy = mixture.changes && own === SEVERAL_ORIGINS;
    }
  }
}

/** The groups upstream of every statement through which no share passes, at most `most` for each place. */
export function originsAmong(flow: MassFlow, most: number): Map<number, { groups: number[]; more: boolean }> {
  const needed = new Uint8Array(flow.nodes.length);
  flow.mixtures.forEach((choices, i) => {
    for (const mixture of choices) {
      if (needed[i] || mixture.lossy) for (const input of mixture.from) needed[input] = 1;
    }
  });
  const sets: (ReadonlySet<number> | undefined)[] = [];
  const at = new Map<number, Set<number>>();
  for (let i = flow.nodes.length - 1; i >= 0; i--) {
    const end = flow.ends[i];
    if (end && needed[i]) sets[i] = new Set('group' in end ? [end.group] : end.among);
    for (const mixture of flow.mixtures[i]!) {
      if (!needed[i] && !mixture.lossy) continue;
      const union = unionOf(mixture, sets, most);
      if (needed[i]) sets[i] = sets[i] ? new Set([...sets[i]!, ...union]) : union;
      if (mixture.lossy) at.set(mixture.at, new Set([...(at.get(mixture.at) ?? []), ...union]));
    }
  }
  const listed = (groups: ReadonlySet<number>) => ({
    groups: [...groups].slice(0, most),
    more: groups.size > most,
  });
  return new Map([...at].map(([node, groups]) => [node, listed(groups)]));
}

/** One more than `most` is kept, so that "and more" can be told. */
function unionOf(
  mixture: LocalMixture,
  sets: readonly (ReadonlySet<number> | undefined)[],
  most: number,
): ReadonlySet<number> {
  if (mixture.from.length === 1) return sets[mixture.from[0]!] ?? new Set();
  const union = new Set<number>();
  mixture.from.forEach((input, k) => {
    if (mixture.weights[k] === 0) return;
    for (const group of sets[input] ?? []) {
      if (union.size > most) return;
      union.add(group);
    }
  });
  return union;
}
