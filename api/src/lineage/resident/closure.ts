import { EDGE_KINDS, type EdgeKind } from '../kinds.ts';
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
  let order = new Int32Array(Math.min(most, 1_024));
  let length = 0;
  const add = (node: number) => {
    reached[node] = current;
    if (length === order.length) {
      const grown = new Int32Array(Math.min(most, length * 4));
      grown.set(order);
      order = grown;
    }
    order[length++] = node;
  };
  for (const root of roots) {
    if (length < most && reached[root] !== current && sight.nodeSeen(root) && sight.nodeKnown(root))
      add(root);
  }
  const up = way === 'UPSTREAM';
  const far = up ? edges.upstream.values : edges.downstream.values;
  const visit = (edge: number) => {
    if (length === most || kinds[edges.kind(edge)] === 0) return;
    const next = far[edge]!;
    if (reached[next] !== current && sight.follows(edge, next)) add(next);
  };
  const levels = [0];
  for (let from = 0, level = 0; from < length && level < depth && length < most; level++) {
    const to = length;
    levels.push(to);
    for (let i = from; i < to; i++) {
      if (up) edges.eachUp(order[i]!, visit);
      else edges.eachDown(order[i]!, visit);
    }
    from = to;
  }
  if (levels.at(-1) !== length) levels.push(length);
  return { nodes: order, length, levels };
}
