import { type EdgeShares, edgeShares } from '../edge-share.ts';
import type { Graph } from '../graph.ts';
import { type EdgeGroup, type EdgeKind, kindsOf, MASS_KINDS } from '../kinds.ts';
import { traverse } from '../traversal.ts';
import { kindsFollowed, reach } from './closure.ts';
import { columnsGraph } from './columns-graph.ts';
import type { Sight } from './sight.ts';

/** All that lies upstream of a node, in the order of the answer, with the places of its rows in the columns. */
export interface WholeUpstream {
  readonly graph: Graph;
  /** Indexes in the graph: the root first, then by distance. */
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  nodePlace(index: number): number;
  edgePlace(index: number): number;
  /** Worked out at the first call. */
  shares(): EdgeShares;
}

/**
 * What `readLineage` answers of a lineage upstream without depth and kinds, for groups with DATA among them, read from
 * the columns alone and at once, since places hold only until something is awaited. Null where it is cut, or its root is not known on the moment: that is for `readLineage` to say.
 */
export function wholeUpstream(
  sight: Sight,
  root: bigint,
  via: readonly EdgeGroup[],
  limit: number,
): WholeUpstream | null {
  const { nodes } = sight.graph;
  const start = nodes.index.get(Number(root));
  if (start === -1 || !sight.nodeSeen(start) || !sight.nodeKnown(start)) return null;
  const kinds = kindsOf(via);
  const reached = reach(sight, [start], 'UPSTREAM', kindsFollowed(kinds), limit + 1);
  if (reached.length > limit) return null;
  // As `loadRows` reads them: those that are followed, and those that shares are worked out by.
  const read = kindsFollowed([...new Set<EdgeKind>([...kinds, ...MASS_KINDS, 'SYNTHESIZED_BY'])]);
  const { graph, nodePlaces, edgePlaces } = columnsGraph(sight, [start], reached, read, 'WEIGHTS');
  const traversed = traverse(graph, root, { direction: 'UPSTREAM', via, limit });
  if (traversed.truncated !== null) return null;
  let shares: EdgeShares | null = null;
  return {
    graph,
    nodes: traversed.nodes,
    edges: traversed.followed,
    nodePlace: (index) => nodePlaces[index]!,
    edgePlace: (index) => edgePlaces[index]!,
    shares: () => {
      shares ??= edgeShares(graph);
      return shares;
    },
  };
}
