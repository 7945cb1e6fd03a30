import { type EdgeShares, edgeShares } from '../edge-share.ts';
import { buildGraph, type EdgeRow, type Graph } from '../graph.ts';
import { EDGE_KINDS, type EdgeGroup, type EdgeKind, kindsOf, MASS_KINDS, NODE_KINDS } from '../kinds.ts';
import { traverse } from '../traversal.ts';
import { kindsFollowed, reach } from './closure.ts';
import type { Sight } from './sight.ts';
import { compositionsAt, countsAt } from './stated.ts';

/** An edge of the graph, and its place in the resident columns. */
interface PlacedEdge extends EdgeRow {
  readonly place: number;
}

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
  const { nodes, edges, compositions } = sight.graph;
  const start = nodes.index.get(Number(root));
  if (start === -1 || !sight.nodeSeen(start) || !sight.nodeKnown(start)) return null;
  const kinds = kindsOf(via);
  const reached = reach(sight, [start], 'UPSTREAM', kindsFollowed(kinds), limit + 1);
  if (reached.length > limit) return null;
  const places = new Set<number>();
  for (let i = 0; i < reached.length; i++) places.add(reached.nodes[i]!);
  // As `loadRows` reads them: those that are followed, and those that shares are worked out by.
  const read = kindsFollowed([...new Set<EdgeKind>([...kinds, ...MASS_KINDS, 'SYNTHESIZED_BY'])]);
  const follows = sight.following();
  const found: number[] = [];
  for (let i = 0; i < reached.length; i++)
    edges.eachUp(reached.nodes[i]!, (edge) => {
      const far = edges.upstream.values[edge]!;
      if (read[edges.kind(edge)] === 0 || !follows(edge, far)) return;
      found.push(edge);
      places.add(far);
    });
  const stated = compositionsAt(
    sight,
    Array.from({ length: reached.length }, (_, i) => reached.nodes[i]!),
  );
  const held = (id: bigint) => places.has(nodes.index.get(Number(id)));
  const kept = stated.filter((c) => held(c.nodeId));
  const ofOthers = new Set(
    kept
      .filter((c) => c.outputId !== null && !held(c.outputId) && c.nodeId !== root)
      .map((c) => compositions.index.get(Number(c.id))),
  );
  const placesHeld = [...places];
  const graph = buildGraph({
    nodes: placesHeld.map((place) => {
      const id = BigInt(nodes.ids.values[place]!);
      const kind = NODE_KINDS[nodes.kinds.values[place]!]!;
      const effect = kind === 'TRANSFORMATION' ? nodes.facts(place).effect : null;
      return {
        id,
        kind,
        recordedAt: nodes.recordedAt.values[place]!,
        effect,
        counts: countsAt(sight, place),
      };
    }),
    edges: found
      .filter((edge) => !ofOthers.has(edges.compositions.values[edge]!))
      .map((place): PlacedEdge => {
        const composition = edges.compositions.values[place]!;
        return {
          place,
          id: BigInt(edges.ids.values[place]!),
          kind: EDGE_KINDS[edges.kind(place)]!,
          downstream: BigInt(nodes.ids.values[edges.downstream.values[place]!]!),
          upstream: BigInt(nodes.ids.values[edges.upstream.values[place]!]!),
          compositionId: composition === -1 ? null : BigInt(compositions.ids.values[composition]!),
          ...edges.amount(place),
          recordedAt: edges.recordedAt.values[place]!,
        };
      }),
    compositions: kept.map((c) => ({ ...c, node: c.nodeId, recordedAt: c.recordedAt.getTime() })),
  });
  const traversed = traverse(graph, root, { direction: 'UPSTREAM', via, limit });
  if (traversed.truncated !== null) return null;
  let shares: EdgeShares | null = null;
  return {
    graph,
    nodes: traversed.nodes,
    edges: traversed.followed,
    nodePlace: (index) => placesHeld[index]!,
    edgePlace: (index) => (graph.edges[index] as PlacedEdge).place,
    shares: () => {
      shares ??= edgeShares(graph);
      return shares;
    },
  };
}
