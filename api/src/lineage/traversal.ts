import { type Direction, type Graph, inGroups, nodeIndex } from './graph.ts';
import { DEFAULT_VIA, type EdgeGroup, type NodeKind } from './kinds.ts';

export const DEFAULT_LIMIT = 1_000;
export const MAX_LIMIT = 50_000;

export interface TraversalOptions {
  readonly direction: Direction;
  readonly via?: readonly EdgeGroup[];
  /** Kinds that are returned; null or absent: all. The root is always returned. */
  readonly kinds?: readonly NodeKind[] | null;
  /** In edges of the whole graph, those through nodes that are not returned included. */
  readonly maxDepth?: number | null;
  readonly limit?: number;
  /** How many of the nodes next to the root are left out, by their record: an earlier answer gave them. */
  readonly skip?: number;
  /** Whether the edges of a node were read, each way; absent: all were. One whose edges were not may lead further. */
  readonly expanded?: Readonly<Record<'up' | 'down', (node: bigint) => boolean>>;
}

export type TruncationReason = 'LIMIT' | 'MAX_DEPTH';

export interface Truncation {
  readonly reason: TruncationReason;
  /** Nodes, all of them returned whatever their kind, from which asking again yields the rest. */
  readonly frontier: readonly bigint[];
  /** What to `skip` when the root is asked again, where its first level alone is more than the limit; else null. */
  readonly skip: number | null;
}

/** What a traversal keeps, under node indexes; `contract` makes the edges of it. */
export interface Traversed {
  /** The root first, then by least distance, within it in the order of record. */
  readonly nodes: readonly number[];
  readonly distances: readonly number[];
  /** Every edge among the nodes that were reached, by index, those that are not returned included. */
  readonly followed: readonly number[];
  readonly truncated: Truncation | null;
}

interface Search {
  readonly order: number[];
  readonly distance: Int32Array;
  /** Where in `order` each distance begins; one more entry than there are levels. */
  readonly levels: number[];
  readonly sides: Uint8Array;
  /** Whether the search stopped while more could be reached. */
  readonly unfinished: boolean;
}

const UP = 1;
const DOWN = 2;

/** Calls `visit` for every edge that goes on from a node in the directions that it was reached by. */
function onward(
  graph: Graph,
  node: number,
  sides: number,
  via: readonly EdgeGroup[],
  visit: (edge: number, next: number, side: number) => void,
): void {
  if (sides & UP) {
    for (let i = graph.upStart[node]!; i < graph.upStart[node + 1]!; i++) {
      const edge = graph.upEdges[i]!;
      if (inGroups(graph.edges[edge]!, via)) visit(edge, graph.edgeUp[edge]!, UP);
    }
  }
  if (sides & DOWN) {
    for (let i = graph.downStart[node]!; i < graph.downStart[node + 1]!; i++) {
      const edge = graph.downEdges[i]!;
      if (inGroups(graph.edges[edge]!, via)) visit(edge, graph.edgeDown[edge]!, DOWN);
    }
  }
}

/**
 * Breadth-first by whole levels, until `enough` says that a level is one too many. The first `skip` nodes next to the
 * root count as reached, and are not in the order.
 */
function search(
  graph: Graph,
  root: number,
  sides: number,
  { via, maxDepth, skip }: { via: readonly EdgeGroup[]; maxDepth: number; skip: number },
  enough: (order: readonly number[], from: number) => boolean,
): Search {
  const distance = new Int32Array(graph.nodes.length).fill(-1);
  const reachedBy = new Uint8Array(graph.nodes.length);
  distance[root] = 0;
  reachedBy[root] = sides;
  const order = [root];
  const levels = [0, 1];
  let unfinished = false;
  for (let depth = 0; depth < maxDepth; depth++) {
    const from = levels[depth]!;
    const to = levels[depth + 1]!;
    for (let i = from; i < to; i++) {
      const node = order[i]!;
      onward(graph, node, reachedBy[node]!, via, (_, next, side) => {
        if (distance[next] === -1) {
          distance[next] = depth + 1;
          reachedBy[next] = side;
          order.push(next);
        }
      });
    }
    if (depth === 0) order.splice(1, skip);
    if (order.length === to) break;
    levels.push(order.length);
    if (enough(order, to)) {
      unfinished = true;
      break;
    }
  }
  return { order, distance, levels, sides: reachedBy, unfinished };
}

const SIDES: Readonly<Record<Direction, number>> = { UPSTREAM: UP, DOWNSTREAM: DOWN, BOTH: UP | DOWN };

/**
 * Every node reached from a root once, with its least distance. BOTH is what lies upstream and what lies downstream
 * of the root, not what is reached by turning round. A limit keeps whole levels: the deepest whose nodes, with those
 * that must be returned to go on from, are not more than the limit. Where not even the first level fits, as much of
 * it is kept as does, in the order of record, and `skip` gives the rest. RangeError for limits that are not whole
 * numbers from 1 to MAX_LIMIT, and for negative depths.
 */
export function traverse(graph: Graph, root: bigint, options: TraversalOptions): Traversed {
  const limit = options.limit ?? DEFAULT_LIMIT;
  const maxDepth = options.maxDepth ?? Number.POSITIVE_INFINITY;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new RangeError(`a limit is a whole number from 1 to ${MAX_LIMIT}`);
  }
  if (!(maxDepth >= 0)) throw new RangeError('a depth is zero or more');
  const via = options.via ?? DEFAULT_VIA;
  const start = nodeIndex(graph, root);
  const kinds = options.kinds ? new Set<NodeKind>(options.kinds) : null;
  const selected = (node: number): boolean =>
    node === start || kinds === null || kinds.has(graph.nodes[node]!.kind);
  let count = 1;
  const skip = options.skip ?? 0;
  const within = { via, maxDepth, skip };
  const found = search(graph, start, SIDES[options.direction], within, (order, from) => {
    for (let i = from; i < order.length; i++) if (selected(order[i]!)) count++;
    return count > limit;
  });
  const { expanded } = options;
  const isRead = (node: number): boolean => {
    if (expanded === undefined) return true;
    const { id } = graph.nodes[node]!;
    const sides = found.sides[node]!;
    return (!(sides & UP) || expanded.up(id)) && (!(sides & DOWN) || expanded.down(id));
  };
  const beyond = (node: number, reached: (next: number) => boolean): boolean => {
    if (found.distance[node]! < maxDepth && !isRead(node)) return true;
    let more = false;
    onward(graph, node, found.sides[node]!, via, (_, next) => {
      if (!reached(next)) more = true;
    });
    return more;
  };
  const cut = cutLevel(found, limit, selected, (node, level) =>
    beyond(node, (next) => found.distance[next] !== -1 && found.distance[next]! <= level),
  );
  const reached = found.order.slice(0, found.levels[cut.level + 1]!);
  if (cut.partial) reached.push(...found.order.slice(reached.length, Math.max(limit, 1)));
  const inside = new Set(reached);
  // What was skipped next to the root was given with its edges to it, and with no other.
  const given = (node: number, next: number) =>
    inside.has(next) || (node === start && !cut.partial && found.distance[next] === 1);
  const frontier = reached.filter((node) => beyond(node, (next) => given(node, next)));
  const joints = new Set(frontier);
  const nodes = reached.filter((node) => selected(node) || joints.has(node));
  const followed = new Set<number>();
  for (const node of reached) {
    onward(graph, node, found.sides[node]!, via, (edge, next) => {
      if (inside.has(next)) followed.add(edge);
    });
  }
  return {
    nodes,
    distances: nodes.map((node) => found.distance[node]!),
    followed: [...followed].sort((a, b) => a - b),
    truncated:
      frontier.length === 0
        ? null
        : {
            reason: frontier.every(isRead) ? cut.reason : 'LIMIT',
            frontier: frontier.map((node) => graph.nodes[node]!.id),
            skip: cut.partial && reached.length > 1 ? skip + reached.length - 1 : null,
          },
  };
}

/** The deepest whole level that the limit allows, those counted that must be returned to go on from. */
function cutLevel(
  found: Search,
  limit: number,
  selected: (node: number) => boolean,
  goesOn: (node: number, level: number) => boolean,
): { level: number; partial: boolean; reason: TruncationReason } {
  const last = found.levels.length - 2;
  let within = 0;
  let best = 0;
  for (let level = 0; level <= last; level++) {
    let joints = 0;
    for (let i = found.levels[level]!; i < found.levels[level + 1]!; i++) {
      const node = found.order[i]!;
      if (selected(node)) within++;
      else if (goesOn(node, level)) joints++;
    }
    if (within + joints <= limit) best = level;
  }
  if (best === last && !found.unfinished) return { level: last, partial: false, reason: 'MAX_DEPTH' };
  return { level: best, partial: best === 0 && last > 0, reason: 'LIMIT' };
}
