import { contract, type LineageLink, shareAlong } from './contraction.ts';
import { edgeShares } from './edge-share.ts';
import { type Graph, inGroups, nodeIndex } from './graph.ts';
import { DEFAULT_VIA, EDGE_GROUPS, type EdgeGroup, type NodeKind } from './kinds.ts';
import { type TraversalOptions, type Truncation, traverse } from './traversal.ts';
import { nodeAt, wayOf } from './ways.ts';

export interface LineageAnswer {
  readonly root: bigint;
  /** The root first, then by distance from it. */
  readonly nodes: readonly { readonly id: bigint; readonly distance: number }[];
  readonly links: readonly LineageLink[];
  readonly truncated: Truncation | null;
}

/** What `lineage` answers: see `traverse` for what is returned and where it is cut, `contract` for its edges. */
export function lineage(graph: Graph, root: bigint, options: TraversalOptions): LineageAnswer {
  const traversed = traverse(graph, root, options);
  return {
    root,
    nodes: traversed.nodes.map((node, i) => ({
      id: graph.nodes[node]!.id,
      distance: traversed.distances[i]!,
    })),
    links: contract(graph, traversed, edgeShares(graph)),
    truncated: traversed.truncated,
  };
}

export interface ShortestPath {
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  /** From the one asked about to the other. */
  readonly nodes: readonly bigint[];
  readonly edges: readonly bigint[];
  /** The product of the shares on the way; null where one is not known or carries no mass. */
  readonly share: number | null;
}

/** The shortest path upstream, or downstream if there is none upstream; of several, the one recorded first. */
export function shortestPath(
  graph: Graph,
  from: bigint,
  to: bigint,
  via: readonly EdgeGroup[] = DEFAULT_VIA,
): ShortestPath | null {
  const start = nodeIndex(graph, from);
  const goal = nodeIndex(graph, to);
  for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) {
    const edges = shortest(graph, start, goal, via, direction);
    if (!edges) continue;
    const next = direction === 'UPSTREAM' ? graph.edgeUp : graph.edgeDown;
    const upwards = direction === 'UPSTREAM' ? edges : [...edges].reverse();
    return {
      direction,
      nodes: [from, ...edges.map((edge) => graph.nodes[next[edge]!]!.id)],
      edges: edges.map((edge) => graph.edges[edge]!.id),
      share: shareAlong(graph, upwards, edgeShares(graph)),
    };
  }
  return null;
}

function shortest(
  graph: Graph,
  start: number,
  goal: number,
  via: readonly EdgeGroup[],
  direction: 'UPSTREAM' | 'DOWNSTREAM',
): number[] | null {
  const way = wayOf(graph, direction);
  const cameBy = new Map<number, { edge: number; from: number } | null>([[start, null]]);
  const queue = [start];
  for (const place of queue) {
    if (nodeAt(way, place) === goal) {
      const edges: number[] = [];
      for (let by = cameBy.get(place)!; by !== null; by = cameBy.get(by.from)!) edges.push(by.edge);
      return edges.reverse();
    }
    for (let i = way.start[place]!; i < way.start[place + 1]!; i++) {
      const edge = way.edges[i]!;
      const next = way.to[edge]!;
      if (cameBy.has(next) || !inGroups(graph.edges[edge]!, via)) continue;
      cameBy.set(next, { edge, from: place });
      queue.push(next);
    }
  }
  return null;
}

/** Ids of nodes, the nearest first, within a distance in ascending order. They are whole numbers below 2^53. */
export type ReachedIds = Float64Array;

export interface ImpactAnswer {
  /** Everything downstream by DATA and OBSERVATION, the root left out. */
  readonly byKind: ReadonlyMap<NodeKind, ReachedIds>;
  /** What is reached only with the help of other groups, apart. */
  readonly influenced: ReachedIds;
}

/** The blast radius: everything downstream, by kind. Linear in the edges downstream, but for one sort of the nodes. */
export function impact(graph: Graph, root: bigint): ImpactAnswer {
  const start = nodeIndex(graph, root);
  const own = downstream(graph, start, DEFAULT_VIA);
  const all = downstream(graph, start, EDGE_GROUPS);
  const nearest = (found: ReadonlyMap<number, number>, which: (node: number) => boolean): ReachedIds => {
    const nodes = [...found.keys()].filter((node) => node !== start && which(node));
    const id = (node: number) => Number(graph.nodes[node]!.id);
    nodes.sort((a, b) => found.get(a)! - found.get(b)! || id(a) - id(b));
    return Float64Array.from(nodes, id);
  };
  const kinds = new Set(
    [...own.keys()].filter((node) => node !== start).map((node) => graph.nodes[node]!.kind),
  );
  return {
    byKind: new Map(
      [...kinds].map((kind) => [kind, nearest(own, (node) => graph.nodes[node]!.kind === kind)]),
    ),
    influenced: nearest(all, (node) => !own.has(node)),
  };
}

/** The least distance of every node that is reached, the one begun at included. */
function downstream(graph: Graph, start: number, groups: readonly EdgeGroup[]): Map<number, number> {
  const way = wayOf(graph, 'DOWNSTREAM');
  const distances = new Map([[start, 0]]);
  const found = new Map([[start, 0]]);
  for (const [place, distance] of distances) {
    for (let i = way.start[place]!; i < way.start[place + 1]!; i++) {
      const edge = way.edges[i]!;
      const next = way.to[edge]!;
      if (distances.has(next) || !inGroups(graph.edges[edge]!, groups)) continue;
      distances.set(next, distance + 1);
      const node = nodeAt(way, next);
      if (!found.has(node)) found.set(node, distance + 1);
    }
  }
  return found;
}
