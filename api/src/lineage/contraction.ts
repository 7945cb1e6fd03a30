import { Choices, type ContractedShare, UNKNOWN_SHARE } from './contraction-choices.ts';
import { type EdgeShares, leastThrough } from './edge-share.ts';
import type { Graph } from './graph.ts';
import { outputsApart } from './mixture.ts';
import type { Traversed } from './traversal.ts';

/** An edge of an answer; between nodes that are returned. */
export interface LineageLink {
  readonly downstream: bigint;
  readonly upstream: bigint;
  /** The recorded edge; null where it stands for paths through nodes that are not returned. */
  readonly edge: bigint | null;
  readonly contracted: boolean;
  /** The weight, as a range over what parties state; null where it is not known or there is none. */
  readonly share: number | null;
  readonly shareUpper: number | null;
}

/** One hop for all edges between the same two nodes: over several statements, one range and not a sum. */
interface Hop {
  readonly to: number;
  lower: number;
  upper: number;
}

/**
 * Shares are multiplied along a path and added over paths. Behind a transformation that may change proportions a
 * product holds only through wholes: anything else is not known, as nothing of it would be in exposure. A mass is
 * kept apart for paths on which such a transformation was passed. Of nothing, nothing passes.
 */
interface Mass {
  lower: number;
  upper: number;
  changedLower: number;
  changedUpper: number;
  unknown: boolean;
}

/**
 * The edges of an answer: those between two returned nodes, and one contracted edge for each pair of returned nodes
 * that paths join through others. Its share is the product summed over the paths where all of them are known, else
 * null. Where parties differ it ranges over the choices of one statement for each node on the way: paths of one choice
 * are added, those of two never are. Of a transformation with statements about single outputs it ranges over these too.
 */
export function contract(graph: Graph, traversed: Traversed, shares: EdgeShares): LineageLink[] {
  const returned = new Set(traversed.nodes);
  const links: LineageLink[] = [];
  const hops = new Map<number, Map<number, Hop>>();
  for (const edge of traversed.followed) {
    const from = graph.edgeDown[edge]!;
    const to = graph.edgeUp[edge]!;
    if (returned.has(from) && returned.has(to)) {
      links.push({
        ...ends(graph, from, to),
        edge: graph.edges[edge]!.id,
        contracted: false,
        ...at(shares, edge),
      });
    }
    addHop(hops, from, to, shares.lower[edge]!, shares.upper[edge]!);
  }
  const place = topologicalPlaces(graph, traversed);
  const choices = new Choices(graph, traversed.followed, returned, place);
  for (const from of traversed.nodes) {
    const region = regionOf(from, returned, hops, place);
    if (region.length === 0) continue;
    const found = choices.among(from, region)
      ? choices.through(from)
      : through(graph, from, region, returned, hops);
    for (const [to, share] of found) {
      links.push({ ...ends(graph, from, to), edge: null, contracted: true, ...share });
    }
  }
  return links;
}

function ends(graph: Graph, from: number, to: number): Pick<LineageLink, 'downstream' | 'upstream'> {
  return { downstream: graph.nodes[from]!.id, upstream: graph.nodes[to]!.id };
}

function at({ lower, upper }: EdgeShares, edge: number): Pick<LineageLink, 'share' | 'shareUpper'> {
  const share = lower[edge]!;
  return Number.isNaN(share) ? { share: null, shareUpper: null } : { share, shareUpper: upper[edge]! };
}

function addHop(
  hops: Map<number, Map<number, Hop>>,
  from: number,
  to: number,
  lower: number,
  upper: number,
): void {
  const held = hops.get(from) ?? new Map<number, Hop>();
  hops.set(from, held);
  const hop = held.get(to);
  if (!hop) held.set(to, { to, lower, upper });
  else {
    hop.lower = Math.min(hop.lower, lower);
    hop.upper = Math.max(hop.upper, upper);
  }
}

/** Places in a topological order, downstream first, of all nodes that the followed edges touch. */
function topologicalPlaces(graph: Graph, { followed }: Traversed): Int32Array {
  const pending = new Int32Array(graph.nodes.length);
  const touched = new Set<number>();
  const outgoing = new Map<number, number[]>();
  for (const edge of followed) {
    const from = graph.edgeDown[edge]!;
    const to = graph.edgeUp[edge]!;
    pending[to]! += 1;
    touched.add(from).add(to);
    const held = outgoing.get(from);
    if (held) held.push(to);
    else outgoing.set(from, [to]);
  }
  const place = new Int32Array(graph.nodes.length).fill(-1);
  const order = [...touched].filter((node) => pending[node] === 0);
  for (let i = 0; i < order.length; i++) {
    place[order[i]!] = i;
    for (const to of outgoing.get(order[i]!) ?? []) {
      pending[to]! -= 1;
      if (pending[to] === 0) order.push(to);
    }
  }
  if (order.length < touched.size) throw new RangeError('the lineage that was loaded goes round in a circle');
  return place;
}

/** The nodes that are not returned through which paths go on from a returned one, downstream first. */
function regionOf(
  from: number,
  returned: ReadonlySet<number>,
  hops: ReadonlyMap<number, ReadonlyMap<number, Hop>>,
  place: Int32Array,
): number[] {
  const region: number[] = [];
  const seen = new Set<number>();
  const enter = (node: number): void => {
    for (const { to } of hops.get(node)?.values() ?? []) {
      if (returned.has(to) || seen.has(to)) continue;
      seen.add(to);
      region.push(to);
    }
  };
  enter(from);
  for (let i = 0; i < region.length; i++) enter(region[i]!);
  return region.sort((a, b) => place[a]! - place[b]!);
}

/** The mass that reaches other returned nodes through a region without choices, one search for each start. */
function through(
  graph: Graph,
  from: number,
  region: readonly number[],
  returned: ReadonlySet<number>,
  hops: ReadonlyMap<number, ReadonlyMap<number, Hop>>,
): Map<number, ContractedShare> {
  const masses = new Map<number, Mass>();
  const reached = new Map<number, Mass>();
  const start: Mass = { lower: 1, upper: 1, changedLower: 0, changedUpper: 0, unknown: false };
  for (const hop of hops.get(from)?.values() ?? []) {
    if (!returned.has(hop.to)) pass(graph, from, start, hop, masses);
  }
  for (const node of region) {
    const mass = masses.get(node)!;
    for (const hop of hops.get(node)?.values() ?? []) {
      pass(graph, node, mass, hop, returned.has(hop.to) ? reached : masses);
    }
  }
  const shares = new Map<number, ContractedShare>();
  for (const [to, mass] of reached) {
    const share = mass.lower + mass.changedLower;
    const shareUpper = Math.min(1, mass.upper + mass.changedUpper);
    shares.set(to, mass.unknown ? UNKNOWN_SHARE : { share: Math.min(share, shareUpper), shareUpper });
  }
  return shares;
}

function pass(graph: Graph, from: number, mass: Mass, hop: Hop, into: Map<number, Mass>): void {
  const to = into.get(hop.to) ?? { lower: 0, upper: 0, changedLower: 0, changedUpper: 0, unknown: false };
  into.set(hop.to, to);
  const nothing = mass.upper === 0 && mass.changedUpper === 0 && !mass.unknown;
  if (nothing || hop.upper === 0) return;
  const { kind, effect } = graph.nodes[from]!;
  const changes = kind === 'TRANSFORMATION' && effect !== 'PRESERVES';
  const whole = hop.lower === 1 && hop.upper === 1;
  const changed = mass.changedUpper > 0 || (changes && mass.upper > 0);
  if (mass.unknown || Number.isNaN(hop.lower) || (changed && !whole)) {
    to.unknown = true;
    return;
  }
  to.changedLower += (mass.changedLower + (changes ? mass.lower : 0)) * hop.lower;
  to.changedUpper += (mass.changedUpper + (changes ? mass.upper : 0)) * hop.upper;
  if (!changes) {
    to.lower += mass.lower * hop.lower;
    to.upper += mass.upper * hop.upper;
  }
}

/**
 * The share along one path upstream, given as edge indexes: its product, by the same rules; null where not known. What
 * came through a transformation counts by what holds of the output that the path came from.
 */
export function shareAlong(graph: Graph, path: readonly number[], shares: EdgeShares): number | null {
  let product = 1;
  let changed = false;
  path.forEach((edge, i) => {
    const [from, to] = [graph.edgeDown[edge]!, graph.edgeUp[edge]!];
    const { kind, effect } = graph.nodes[from]!;
    changed ||= kind === 'TRANSFORMATION' && effect !== 'PRESERVES';
    let share = shares.lower[edge]!;
    if (i > 0 && outputsApart(graph, from).length > 0) {
      // The edge to the maker has told already whether every choice is made through it.
      const least = leastThrough(graph, graph.edgeDown[path[i - 1]!]!, from, to);
      share = shares.lower[path[i - 1]!] === 0 && !Number.isNaN(least) ? 0 : least;
    }
    product *= changed && share !== 1 ? Number.NaN : share;
  });
  return path.length === 0 || Number.isNaN(product) ? null : product;
}
