import { shareAlong } from './contraction.ts';
import { edgeShares } from './edge-share.ts';
import { type Graph, inGroups, nodeIndex } from './graph.ts';
import { DEFAULT_VIA, type EdgeGroup } from './kinds.ts';
import type { ShortestPath } from './reach.ts';

/** One way through the graph, under edge indexes. */
type Walk = readonly number[];

/** The graph seen from a goal: how far every node that leads there is from it, and the edges that lead on. */
interface Towards {
  readonly start: number;
  readonly goal: number;
  /** In edges; -1 where no way leads to the goal. */
  readonly distance: Int32Array;
  readonly next: Int32Array;
  /** The edges from a node by which the goal can be reached, the first recorded of those to the same node. */
  onward(node: number): number[];
}

/**
 * The `most` shortest paths upstream, or downstream if there is none upstream: no two through the same nodes in the
 * same order, the shortest first, and of equally long ones that whose edges were recorded first, compared from the
 * start. Of several edges between two nodes a path takes the first recorded.
 *
 * Yen's algorithm. A graph of one moment has no circle, so every walk to the goal is a simple path, and the best one
 * on from any node is known from one search back from the goal: linear in the graph for all paths together.
 */
export function shortestPaths(
  graph: Graph,
  from: bigint,
  to: bigint,
  most: number,
  via: readonly EdgeGroup[] = DEFAULT_VIA,
): ShortestPath[] {
  const start = nodeIndex(graph, from);
  const goal = nodeIndex(graph, to);
  for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) {
    const towards = towardsGoal(graph, start, goal, via, direction);
    const walks = yen(towards, most);
    if (walks.length === 0) continue;
    const shares = edgeShares(graph);
    return walks.map((edges) => ({
      direction,
      nodes: [from, ...edges.map((edge) => graph.nodes[towards.next[edge]!]!.id)],
      edges: edges.map((edge) => graph.edges[edge]!.id),
      share: shareAlong(graph, direction === 'UPSTREAM' ? edges : [...edges].reverse(), shares),
    }));
  }
  return [];
}

function towardsGoal(
  graph: Graph,
  start: number,
  goal: number,
  via: readonly EdgeGroup[],
  direction: 'UPSTREAM' | 'DOWNSTREAM',
): Towards {
  const up = { first: graph.upStart, list: graph.upEdges, far: graph.edgeUp };
  const down = { first: graph.downStart, list: graph.downEdges, far: graph.edgeDown };
  const [on, back] = direction === 'UPSTREAM' ? [up, down] : [down, up];
  const distance = new Int32Array(graph.nodes.length).fill(-1);
  distance[goal] = 0;
  const queue = [goal];
  for (const node of queue) {
    for (let i = back.first[node]!; i < back.first[node + 1]!; i++) {
      const edge = back.list[i]!;
      const before = back.far[edge]!;
      if (distance[before] !== -1 || !inGroups(graph.edges[edge]!, via)) continue;
      distance[before] = distance[node]! + 1;
      queue.push(before);
    }
  }
  const onward = (node: number): number[] => {
    const found = new Map<number, number>();
    for (let i = on.first[node]!; i < on.first[node + 1]!; i++) {
      const edge = on.list[i]!;
      const next = on.far[edge]!;
      if (distance[next] === -1 || found.has(next) || !inGroups(graph.edges[edge]!, via)) continue;
      found.set(next, edge);
    }
    return [...found.values()];
  };
  return { start, goal, distance, next: on.far, onward };
}

function yen(towards: Towards, most: number): Walk[] {
  if (most < 1 || towards.distance[towards.start] === -1) return [];
  const found: Walk[] = [finish(towards, [], towards.start)];
  const candidates: Walk[] = [];
  // Where the newest path left an earlier one: what branches off before was a candidate already.
  let branch = 0;
  while (found.length < most) {
    const newest = found.at(-1)!;
    for (let i = newest.length - 1; i >= branch; i--) {
      const detour = detourAt(towards, found, newest, i);
      if (detour !== null) keep(candidates, detour, most - found.length);
    }
    const best = candidates.shift();
    if (best === undefined) break;
    branch = Math.max(...found.map((other) => sharedLength(other, best)));
    found.push(best);
  }
  return found;
}

/** The best path that leaves `walk` before its i-th edge, and there no other path that was found. */
function detourAt(towards: Towards, found: readonly Walk[], walk: Walk, i: number): Walk | null {
  const node = i === 0 ? towards.start : towards.next[walk[i - 1]!]!;
  const taken = new Set(found.filter((other) => sharedLength(other, walk) >= i).map((other) => other[i]));
  let best: number | null = null;
  for (const edge of towards.onward(node)) {
    if (taken.has(edge)) continue;
    if (best === null || isNearer(towards, edge, best)) best = edge;
  }
  return best === null ? null : finish(towards, [...walk.slice(0, i), best], towards.next[best]!);
}

/** Follows the nearest way to the goal, the first recorded of several. */
function finish(towards: Towards, begun: number[], from: number): Walk {
  for (let node = from; node !== towards.goal; ) {
    const [first, ...others] = towards.onward(node);
    let edge = first!;
    for (const other of others) if (isNearer(towards, other, edge)) edge = other;
    begun.push(edge);
    node = towards.next[edge]!;
  }
  return begun;
}

function isNearer({ distance, next }: Towards, edge: number, than: number): boolean {
  return distance[next[edge]!]! < distance[next[than]!]!;
}

/** Keeps the best `most` candidates in order. */
function keep(candidates: Walk[], walk: Walk, most: number): void {
  const place = candidates.findIndex((other) => compare(walk, other) < 0);
  if (place === -1) candidates.push(walk);
  else candidates.splice(place, 0, walk);
  if (candidates.length > most) candidates.pop();
}

/** Edges stand in the order of record, so that their indexes tell which was recorded first. */
function compare(a: Walk, b: Walk): number {
  if (a.length !== b.length) return a.length - b.length;
  const shared = sharedLength(a, b);
  return shared === a.length ? 0 : a[shared]! - b[shared]!;
}

/** How many edges two paths begin with alike. */
function sharedLength(a: Walk, b: Walk): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}
