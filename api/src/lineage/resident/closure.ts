import { EDGE_KINDS, type EdgeKind } from '../kinds.ts';
import { Divided } from './divided.ts';
import { KIND_BITS } from './edge-marks.ts';
import type { Sight } from './sight.ts';

export type Way = 'UPSTREAM' | 'DOWNSTREAM';

/** One byte for each kind of edge: 1 where it is followed. */
export function kindsFollowed(kinds: readonly EdgeKind[]): Uint8Array {
  return Uint8Array.from(EDGE_KINDS, (kind) => (kinds.includes(kind) ? 1 : 0));
}

// Which nodes were reached in the search under way: marked with its number, so that nothing need be cleared.
let marks = new Uint32Array(1_024);
let mark = 0;

function newMarks(nodes: number): Uint32Array {
  if (marks.length < nodes) marks = new Uint32Array(Math.ceil(nodes * 1.25));
  mark += 1;
  if (mark === 2 ** 32) {
    marks.fill(0);
    mark = 1;
  }
  return marks;
}

export interface Reached {
  /** Places of nodes: the roots, then the nearest first, each once. */
  nodes: Int32Array;
  length: number;
  /** Where in `nodes` each distance begins; the last entry is the length. */
  levels: number[];
  /** Whether an edge of another kind goes on from a node that was gone on from, whoever may see it. */
  passedOthers: boolean;
}

/**
 * Everything that a viewer reaches from the roots one way, the roots included where they are seen and known: at most
 * `most` nodes and `depth` edges far. Linear in the edges passed.
 */
export function reach(
  sight: Sight,
  roots: readonly number[],
  way: Way,
  kinds: Uint8Array,
  most: number,
  depth = Number.POSITIVE_INFINITY,
): Reached {
  const { nodes, edges } = sight.graph;
  const reached = newMarks(nodes.length);
  const current = mark;
  const found = new Places(most);
  for (const root of roots) {
    if (reached[root] === current || !sight.nodeSeen(root) || !sight.nodeKnown(root)) continue;
    if (found.add(root)) reached[root] = current;
  }
  const up = way === 'UPSTREAM';
  const far = (up ? edges.upstream : edges.downstream).values;
  const { start, order, sorted, late } = edges.along(up);
  const { marks: kindsOf } = edges;
  const follows = sight.following();
  const none = sight.graph.compositions.apart.size === 0;
  const divided = none ? null : new Divided(sight, up, found.places.subarray(0, found.length));
  let passedOthers = false;
  const pass = (edge: number) => {
    if (kinds[kindsOf[edge]! & KIND_BITS] === 0) {
      passedOthers = true;
      return;
    }
    const next = far[edge]!;
    const divides = divided?.has(next) === true;
    if ((reached[next] === current && !divides) || !follows(edge, next)) return;
    if (divides) divided.enter(next, edge);
    if (reached[next] === current) return;
    if (found.add(next)) reached[next] = current;
  };
  const levels = [0];
  for (let from = 0, level = 0; level < depth && !found.full; level++) {
    const to = found.length;
    const entered = divided?.entered();
    if (from === to && !entered?.length) break;
    levels.push(to);
    for (const { node, key } of entered ?? []) for (const edge of divided!.onward(node, key)) pass(edge);
    for (let i = from; i < to && !found.full; i++) {
      const node = found.places[i]!;
      if (divided?.has(node)) continue;
      if (node < sorted) {
        const end = start[node + 1]!;
        if (order === null) for (let edge = start[node]!; edge < end; edge++) pass(edge);
        else for (let at = start[node]!; at < end; at++) pass(order[at]!);
      }
      if (late.size > 0) for (const edge of late.get(node) ?? []) pass(edge);
    }
    from = to;
  }
  if (levels.at(-1) !== found.length) levels.push(found.length);
  return { nodes: found.places, length: found.length, levels, passedOthers };
}

/** Places in the order in which they were found, of which there may be only so many. */
class Places {
  places: Int32Array;
  length = 0;
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
    this.places = new Int32Array(Math.min(most, 1_024));
  }

  get full(): boolean {
    return this.length >= this.most;
  }

  /** False where there is no room. */
  add(place: number): boolean {
    if (this.length >= this.most) return false;
    if (this.length === this.places.length) {
      const grown = new Int32Array(Math.min(this.most, this.length * 4));
      grown.set(this.places);
      this.places = grown;
    }
    this.places[this.length++] = place;
    return true;
  }
}
