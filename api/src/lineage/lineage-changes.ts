import { edgeShares } from './edge-share.ts';
import type { Direction, Graph } from './graph.ts';
import type { EdgeGroup } from './kinds.ts';
import { MAX_LIMIT, traverse } from './traversal.ts';

/** Two weights of an edge; nulls where none is known. */
export interface Weight {
  readonly share: number | null;
  readonly shareUpper: number | null;
}

export interface ShareChange {
  readonly edge: bigint;
  readonly before: Weight;
  readonly after: Weight;
}

export interface LineageChanges {
  /** The nearest first, as on the moment on which they are in the lineage. */
  readonly nodesAdded: readonly bigint[];
  readonly nodesRemoved: readonly bigint[];
  /** In the order of record, as all below. */
  readonly edgesAdded: readonly bigint[];
  readonly edgesRemoved: readonly bigint[];
  readonly sharesChanged: readonly ShareChange[];
  /** Every edge in the lineage on either moment. */
  readonly edges: readonly bigint[];
}

/** The lineage of one thing on one moment. */
export interface LineageState {
  /** By least distance. */
  readonly nodes: readonly bigint[];
  readonly edges: ReadonlyMap<bigint, Weight>;
  /** Whether this is all of it. */
  readonly whole: boolean;
}

/** Where the thing was not known on a moment. */
export const NO_LINEAGE: LineageState = { nodes: [], edges: new Map(), whole: true };

/** The lineage of a node in a graph that holds every edge from the nodes reached; at most MAX_LIMIT nodes of it. */
export function lineageState(
  graph: Graph,
  root: bigint,
  direction: Direction,
  via: readonly EdgeGroup[],
): LineageState {
  const found = traverse(graph, root, { direction, via, limit: MAX_LIMIT });
  const { lower, upper } = edgeShares(graph);
  return {
    nodes: found.nodes.map((node) => graph.nodes[node]!.id),
    edges: new Map(
      found.followed.map((edge) => {
        const share = lower[edge]!;
        const weight = Number.isNaN(share)
          ? { share: null, shareUpper: null }
          : { share, shareUpper: upper[edge]! };
        return [graph.edges[edge]!.id, weight];
      }),
    ),
    whole: found.truncated === null,
  };
}

/** Weights nearer to each other than this are one weight, added up in another order. */
const SAME = 1e-9;

/**
 * What came into the lineage of a thing between two states of it, what left it, and which weights changed. Of a
 * state that is not whole, what it lacks may lie beyond the cut: there a thing has come or gone only where `came` or
 * `went` says that it was recorded or retracted itself.
 */
export function lineageChanges(
  before: LineageState,
  after: LineageState,
  own: { came(what: Part, id: bigint): boolean; went(what: Part, id: bigint): boolean },
): LineageChanges {
  const nodesBefore = new Set(before.nodes);
  const nodesAfter = new Set(after.nodes);
  const came = (what: Part) => (id: bigint) => before.whole || own.came(what, id);
  const went = (what: Part) => (id: bigint) => after.whole || own.went(what, id);
  const edgesBefore = [...before.edges.keys()];
  const edgesAfter = [...after.edges.keys()];
  return {
    nodesAdded: after.nodes.filter((id) => !nodesBefore.has(id)).filter(came('node')),
    nodesRemoved: before.nodes.filter((id) => !nodesAfter.has(id)).filter(went('node')),
    edgesAdded: edgesAfter.filter((id) => !before.edges.has(id)).filter(came('edge')),
    edgesRemoved: edgesBefore.filter((id) => !after.edges.has(id)).filter(went('edge')),
    sharesChanged: [...before.edges].flatMap(([edge, weight]) => {
      const now = after.edges.get(edge);
      return now === undefined || isSame(weight, now) ? [] : [{ edge, before: weight, after: now }];
    }),
    edges: [...new Set([...edgesBefore, ...edgesAfter])],
  };
}

export type Part = 'node' | 'edge';

function isSame(a: Weight, b: Weight): boolean {
  const near = (x: number | null, y: number | null) =>
    x === null || y === null ? x === y : Math.abs(x - y) < SAME;
  return near(a.share, b.share) && near(a.shareUpper, b.shareUpper);
}
