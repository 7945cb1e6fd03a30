import { type Direction, type Graph, inGroups, nodeIndex } from './graph.ts';
import { DEFAULT_VIA, type EdgeGroup, type NodeKind } from './kinds.ts';
import { nodeAt, type Way, wayOf } from './ways.ts';

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
  /** By distance, the places that were come to. */
  readonly steps: readonly (readonly Standpoint[])[];
  /** The nodes next to the root that are left out. */
  readonly skipped: ReadonlySet<number>;
  /** Whether the search stopped while more could be reached. */
  readonly unfinished: boolean;
  /** Whether nothing more can be reached. */
  readonly whole: boolean;
}

const UP = 1;
const DOWN = 2;

/** Where a search stands: a place on the way that it goes. */
interface Standpoint {
  readonly way: Way;
  readonly place: number;
}

function begin(graph: Graph, root: number, sides: number): Standpoint[] {
  const points: Standpoint[] = [];
  if (sides & UP) points.push({ way: wayOf(graph, 'UPSTREAM'), place: root });
  if (sides & DOWN) points.push({ way: wayOf(graph, 'DOWNSTREAM'), place: root });
  return points;
}

/** Calls `visit` for every edge that goes on from a place. */
function onward(
  graph: Graph,
  { way, place }: Standpoint,
  via: readonly EdgeGroup[],
  visit: (edge: number, next: number, to: number) => void,
): void {
  for (let i = way.start[place]!; i < way.start[place + 1]!; i++) {
    const edge = way.edges[i]!;
    const to = way.to[edge]!;
    if (inGroups(graph.edges[edge]!, via)) visit(edge, nodeAt(way, to), to);
  }
}

/** The places that were come to, on the ways from a root. */
class Come {
  private readonly up: Uint8Array;
  private readonly down: Uint8Array;
  private readonly upward: Way;

  constructor(graph: Graph) {
    this.upward = wayOf(graph, 'UPSTREAM');
    this.up = new Uint8Array(this.upward.places);
    this.down = new Uint8Array(wayOf(graph, 'DOWNSTREAM').places);
  }

  /** Whether it is the first time. */
  to({ way, place }: Standpoint): boolean {
    const come = way === this.upward ? this.up : this.down;
    if (come[place] === 1) return false;
    come[place] = 1;
    return true;
  }
}

/**
 * Breadth-first by whole levels, until `enough` says that a level is one too many. From the first `skip` nodes next to
 * the root nothing goes on.
 */
function search(
  graph: Graph,
  root: number,
  sides: number,
  { via, maxDepth, skip }: { via: readonly EdgeGroup[]; maxDepth: number; skip: number },
  enough: (order: readonly number[], from: number) => boolean,
): Search {
  const distance = new Int32Array(graph.nodes.length).fill(-1);
  const come = new Come(graph);
  distance[root] = 0;
  const order = [root];
  const levels = [0, 1];
  let [unfinished, whole] = [false, false];
  let skipped: ReadonlySet<number> = new Set();
  const steps = [begin(graph, root, sides)];
  for (const point of steps[0]!) come.to(point);
  for (let depth = 0; depth < maxDepth; depth++) {
    const from = order.length;
    let next: Standpoint[] = [];
    for (const point of steps[depth]!) {
      onward(graph, point, via, (_, node, place) => {
        const reached = { way: point.way, place };
        if (come.to(reached)) next.push(reached);
        if (distance[node] !== -1) return;
        distance[node] = depth + 1;
        order.push(node);
      });
    }
    if (depth === 0 && skip > 0) {
      skipped = new Set(order.splice(1, skip));
      next = next.filter(({ way, place }) => !skipped.has(nodeAt(way, place)));
    }
    whole = next.length === 0;
    if (whole) break;
    steps.push(next);
    levels.push(order.length);
    if (enough(order, from)) {
      unfinished = true;
      break;
    }
  }
  return { order, distance, levels, steps, skipped, unfinished, whole };
}

/**
 * The edges among some nodes by which they are reached from a root, and those of them from which more is; what was
 * skipped next to the root was given with its edges to it, and with no others.
 */
function within(
  graph: Graph,
  root: number,
  sides: number,
  via: readonly EdgeGroup[],
  skipped: ReadonlySet<number>,
  inside: (node: number) => boolean,
): { followed: Set<number>; goesOn: Set<number> } {
  const followed = new Set<number>();
  const goesOn = new Set<number>();
  const come = new Come(graph);
  const points = begin(graph, root, sides);
  for (const point of points) come.to(point);
  for (const point of points) {
    onward(graph, point, via, (edge, node, place) => {
      if (!inside(node)) {
        const from = nodeAt(point.way, point.place);
        if (from !== root || !skipped.has(node)) goesOn.add(from);
        return;
      }
      followed.add(edge);
      const reached = { way: point.way, place };
      if (come.to(reached)) points.push(reached);
    });
  }
  return { followed, goesOn };
}

/**
 * Of a level that is not the deepest, what `within` finds to go on, without looking at all before it: a place leads one
 * edge further, and one that is come to later than its node is by a node of this level at the latest.
 */
function leftAt(
  graph: Graph,
  { steps, skipped, order }: Search,
  level: number,
  via: readonly EdgeGroup[],
  inside: (node: number) => boolean,
): Set<number> {
  const goesOn = new Set<number>();
  for (const points of [steps[level]!, steps[level + 1]!]) {
    for (const point of points) {
      const from = nodeAt(point.way, point.place);
      if (!inside(from)) continue;
      onward(graph, point, via, (_, node) => {
        if (!inside(node) && (from !== order[0] || !skipped.has(node))) goesOn.add(from);
      });
    }
  }
  return goesOn;
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
  const sides = SIDES[options.direction];
  const skip = options.skip ?? 0;
  const found = search(graph, start, sides, { via, maxDepth, skip }, (order, from) => {
    for (let i = from; i < order.length; i++) if (selected(order[i]!)) count++;
    return count > limit;
  });
  const upTo = (level: number) => (node: number) => {
    const distance = found.distance[node]!;
    return distance !== -1 && distance <= level && !found.skipped.has(node);
  };
  const unread = unreadOf(graph, found, maxDepth, options.expanded);
  const cut = cutLevel(found, limit, selected, (level) => {
    const deepest = found.steps.length - 1 === level;
    const inside = upTo(level);
    const goesOn =
      deepest && found.whole
        ? new Set<number>()
        : deepest
          ? within(graph, start, sides, via, found.skipped, inside).goesOn
          : leftAt(graph, found, level, via, inside);
    for (const node of unread) if (inside(node)) goesOn.add(node);
    return [...goesOn].filter((node) => !selected(node)).length;
  });
  const reached = found.order.slice(0, found.levels[cut.level + 1]!);
  if (cut.partial) reached.push(...found.order.slice(reached.length, Math.max(limit, 1)));
  const inside = new Set(reached);
  const { followed, goesOn } = within(graph, start, sides, via, found.skipped, (node) => inside.has(node));
  for (const node of unread) goesOn.add(node);
  const frontier = reached.filter((node) => goesOn.has(node));
  const nodes = reached.filter((node) => selected(node) || goesOn.has(node));
  return {
    nodes,
    distances: nodes.map((node) => found.distance[node]!),
    followed: [...followed].sort((a, b) => a - b),
    truncated:
      frontier.length === 0
        ? null
        : {
            reason: frontier.some((node) => unread.has(node)) ? 'LIMIT' : cut.reason,
            frontier: frontier.map((node) => graph.nodes[node]!.id),
            skip: cut.partial && reached.length > 1 ? skip + reached.length - 1 : null,
          },
  };
}

const NONE: ReadonlySet<number> = new Set();

/** The nodes that were come to whose edges were not read that way, and from which one would have gone on. */
function unreadOf(
  graph: Graph,
  { steps, distance }: Search,
  maxDepth: number,
  expanded: TraversalOptions['expanded'],
): ReadonlySet<number> {
  if (expanded === undefined) return NONE;
  const upward = wayOf(graph, 'UPSTREAM');
  const unread = new Set<number>();
  for (const points of steps) {
    for (const { way, place } of points) {
      const node = nodeAt(way, place);
      const isRead = way === upward ? expanded.up : expanded.down;
      if (distance[node]! < maxDepth && !isRead(graph.nodes[node]!.id)) unread.add(node);
    }
  }
  return unread;
}

/** The deepest whole level that the limit allows, those counted (`joints`) that must be returned to go on from. */
function cutLevel(
  found: Search,
  limit: number,
  selected: (node: number) => boolean,
  joints: (level: number) => number,
): { level: number; partial: boolean; reason: TruncationReason } {
  const last = found.levels.length - 2;
  const kept: number[] = [];
  for (let level = 0, count = 0; level <= last; level++) {
    for (let i = found.levels[level]!; i < found.levels[level + 1]!; i++)
      if (selected(found.order[i]!)) count++;
    kept.push(count);
  }
  let best = last;
  while (best > 0 && (kept[best]! > limit || kept[best]! + joints(best) > limit)) best--;
  if (best === last && !found.unfinished) return { level: last, partial: false, reason: 'MAX_DEPTH' };
  return { level: best, partial: best === 0 && last > 0, reason: 'LIMIT' };
}
