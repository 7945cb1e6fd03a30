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
  const visit = (node: number): void => {
    if (localOf[node] !== NOT_FOUND) return;
    localOf[node] = found.length;
    found.push(node);
  };
  for (const root of roots) visit(root);
  const rootCount = found.length;
  const pending: number[] = new Array<number>(found.length).fill(0);
  for (let i = 0; i < found.length; i++) {
    stated.push(direct && i >= rootCount ? [] : mixturesOf(graph, found[i]!));
    for (const mixture of stated[i]!) {
      for (const input of mixture.inputs) {
        visit(input);
        const local = localOf[input]!;
        pending[local] = (pending[local] ?? 0) + 1;
      }
    }
  }
  const order = topological(found.length, pending, (i) => stated[i]!, localOf);
  const place = new Int32Array(found.length);
  order.forEach((before, now) => {
    place[before] = now;
  });
  const nodes = order.map((before) => found[before]!);
  const ends = order.map((before) =>
    direct && before >= rootCount
      ? { group: found[before]! }
      : stated[before]!.length > 0
        ? null
        : endAt(graph, found[before]!),
  );
  const mixtures = withOrigins(
    order.map((before) =>
      stated[before]!.map((mixture) => ({
        ...mixture,
        from: Int32Array.from(mixture.inputs, (input) => place[localOf[input]!]!),
        lossy: false,
      })),
    ),
    ends,
  );
  return {
    nodes,
    mixtures,
    ends,
    roots: roots.map((root) => place[localOf[root]!]!),
    contested: mixtures.some((choices) => choices.length > 1),
  };
}

function topological(
  count: number,
  pending: number[],
  statedAt: (i: number) => readonly Mixture[],
  localOf: Int32Array,
): number[] {
  const order: number[] = [];
  for (let i = 0; i < count; i++) if (!pending[i]) order.push(i);
  for (let next = 0; next < order.length; next++) {
    for (const mixture of statedAt(order[next]!)) {
      for (const input of mixture.inputs) {
        const local = localOf[input]!;
        pending[local]! -= 1;
        if (pending[local] === 0) order.push(local);
      }
    }
  }
  if (order.length < count) throw new RangeError('the lineage that was loaded goes round in a circle');
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
function withOrigins(
  mixtures: readonly (readonly LocalMixture[])[],
  ends: readonly (MassEnd | null)[],
): LocalMixture[][] {
  const origin = new Int32Array(mixtures.length).fill(NO_ORIGIN);
  const marked: LocalMixture[][] = new Array<LocalMixture[]>(mixtures.length);
  for (let i = mixtures.length - 1; i >= 0; i--) {
    const end = ends[i];
    if (end) {
      if ('group' in end) origin[i] = end.group;
      else if (end.among.length > 1) origin[i] = SEVERAL_ORIGINS;
    }
    marked[i] = mixtures[i]!.map((mixture) => {
      let own = NO_ORIGIN;
      mixture.from.forEach((input, k) => {
        if (mixture.weights[k] !== 0) own = join(own, origin[input]!);
      });
      origin[i] = join(origin[i]!, own);
      return mixture.changes && own === SEVERAL_ORIGINS ? { ...mixture, lossy: true } : mixture;
    });
  }
  return marked;
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
