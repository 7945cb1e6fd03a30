import { shareAlong } from './contraction.ts';
import { edgeShares } from './edge-share.ts';
import { type Graph, inGroups, nodeIndex } from './graph.ts';
import { DEFAULT_VIA, type EdgeGroup } from './kinds.ts';
import type { ShortestPath } from './reach.ts';
import { nodeAt, type Way, wayOf } from './ways.ts';

/** One way through the graph, under edge indexes. */
type Walk = readonly number[];

/** The graph seen from a goal: how far every place that leads there is from it, and the edges that lead on. */
interface Towards {
  readonly start: number;
  readonly goal: number;
  readonly way: Way;
  /** In edges; -1 where no way leads to the goal. */
  readonly distance: Int32Array;
  /** By edge, the place that it leads to. */
  readonly next: Int32Array;
  /** The edges from a place by which the goal can be reached, the first recorded of those to the same place. */
  onward(place: number): number[];
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
      nodes: [from, ...nodesOf(towards, edges).map((node) => graph.nodes[node]!.id)],
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
  const way = wayOf(graph, direction);
  const back = backOf(graph, way, direction);
  const distance = new Int32Array(way.places).fill(-1);
  const queue: number[] = [];
  for (let place = 0; place < way.places; place++) if (nodeAt(way, place) === goal) queue.push(place);
  for (const place of queue) distance[place] = 0;
  for (const place of queue) {
    back(place, (edge, before) => {
      if (distance[before] !== -1 || !inGroups(graph.edges[edge]!, via)) return;
      distance[before] = distance[place]! + 1;
      queue.push(before);
    });
  }
  const onward = (place: number): number[] => {
    const found = new Map<number, number>();
    for (let i = way.start[place]!; i < way.start[place + 1]!; i++) {
      const edge = way.edges[i]!;
      const next = way.to[edge]!;
      if (distance[next] === -1 || found.has(next) || !inGroups(graph.edges[edge]!, via)) continue;
      found.set(next, edge);
    }
    return [...found.values()];
  };
  return { start, goal, way, distance, next: way.to, onward };
}

type Back = (place: number, visit: (edge: number, before: number) => void) => void;

/** A way seen from behind: the edges that lead to a place, and the places that they come from. */
function backOf(graph: Graph, way: Way, direction: 'UPSTREAM' | 'DOWNSTREAM'): Back {
  if (way.nodes === null) {
    const other = wayOf(graph, direction === 'UPSTREAM' ? 'DOWNSTREAM' : 'UPSTREAM');
    return (place, visit) => {
      for (let i = other.start[place]!; i < other.start[place + 1]!; i++)
        visit(other.edges[i]!, other.to[other.edges[i]!]!);
    };
  }
  const leading = new Map<number, [edge: number, before: number][]>();
  for (let place = 0; place < way.places; place++) {
    for (let i = way.start[place]!; i < way.start[place + 1]!; i++) {
      const edge = way.edges[i]!;
      const held = leading.get(way.to[edge]!);
      if (held) held.push([edge, place]);
      else leading.set(way.to[edge]!, [[edge, place]]);
    }
  }
  return (place, visit) => {
    for (const [edge, before] of leading.get(place) ?? []) visit(edge, before);
  };
}

function nodesOf({ way, next }: Towards, walk: Walk): number[] {
  return walk.map((edge) => nodeAt(way, next[edge]!));
}

function yen(towards: Towards, most: number): Walk[] {
  if (most < 1 || towards.distance[towards.start] === -1) return [];
  const found: Walk[] = [finish(towards, [], towards.start)];
  // One node can be several places, so that several walks go through the same nodes: the first of them is told.
  const distinct =
    towards.way.nodes === null ? null : new Map([[String(nodesOf(towards, found[0]!)), found[0]!]]);
  const told = () => distinct?.size ?? found.length;
  const candidates: Walk[] = [];
  // Where the newest path left an earlier one: what branches off before was a candidate already.
  let branch = 0;
  while (told() < most) {
    const newest = found.at(-1)!;
    for (let i = newest.length - 1; i >= branch; i--) {
      const detour = detourAt(towards, found, newest, i);
      if (detour !== null) keep(candidates, detour, distinct === null ? most - found.length : Infinity);
    }
    const best = candidates.shift();
    if (best === undefined) break;
    branch = Math.max(...found.map((other) => sharedLength(other, best)));
    found.push(best);
    const name = String(nodesOf(towards, best));
    if (distinct?.has(name) === false) distinct.set(name, best);
  }
  return distinct === null ? found : [...distinct.values()];
}

/** The best path that leaves `walk` before its i-th edge, and there no other path that was found. */
function detourAt(towards: Towards, found: readonly Walk[], walk: Walk, i: number): Walk | null {
  const place = i === 0 ? towards.start : towards.next[walk[i - 1]!]!;
  const taken = new Set(found.filter((other) => sharedLength(other, walk) >= i).map((other) => other[i]));
  let best: number | null = null;
  for (const edge of towards.onward(place)) {
    if (taken.has(edge)) continue;
    if (best === null || isNearer(towards, edge, best)) best = edge;
  }
  return best === null ? null : finish(towards, [...walk.slice(0, i), best], towards.next[best]!);
}

/** Follows the nearest way to the goal, the first recorded of several. */
function finish(towards: Towards, begun: number[], from: number): Walk {
  for (let place = from; nodeAt(towards.way, place) !== towards.goal; ) {
    const [first, ...others] = towards.onward(place);
    let edge = first!;
    for (const other of others) if (isNearer(towards, other, edge)) edge = other;
    begun.push(edge);
    place = towards.next[edge]!;
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
