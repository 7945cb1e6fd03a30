import { DEFAULT_VIA, EDGE_GROUPS, kindsOf, NODE_KINDS, type NodeKind } from '../kinds.ts';
import type { ImpactAnswer, ReachedIds } from '../reach.ts';
import { kindsFollowed, type Reached, reach } from './closure.ts';
import type { Sight } from './sight.ts';

const OWN = kindsFollowed(kindsOf(DEFAULT_VIA));
const ALL = kindsFollowed(kindsOf(EDGE_GROUPS));

/** Everything downstream of the one root, by kind; of none where it is not seen. */
export function residentImpact(sight: Sight, roots: readonly number[]): ImpactAnswer {
  const { nodes } = sight.graph;
  const most = nodes.length;
  const own = reach(sight, roots, 'DOWNSTREAM', OWN, most);
  const isOwn = new Set<number>();
  const byKind = NODE_KINDS.map((): number[] => []);
  eachNearest(sight, own, (node) => {
    byKind[nodes.kinds.values[node]!]!.push(nodes.ids.values[node]!);
  });
  for (let i = 0; i < own.length; i++) isOwn.add(own.nodes[i]!);
  const influenced: number[] = [];
  const all = reach(sight, roots, 'DOWNSTREAM', ALL, most);
  if (all.length > own.length)
    eachNearest(sight, all, (node) => {
      if (!isOwn.has(node)) influenced.push(nodes.ids.values[node]!);
    });
  const answer = new Map<NodeKind, ReachedIds>();
  byKind.forEach((ids, kind) => {
    if (ids.length > 0) answer.set(NODE_KINDS[kind]!, Float64Array.from(ids));
  });
  return { byKind: answer, influenced: Float64Array.from(influenced) };
}

/** Every node that was reached but the root: by distance, and within one in record order. */
function eachNearest(sight: Sight, { nodes: reached, levels }: Reached, visit: (node: number) => void): void {
  const { recordedAt, ids } = sight.graph.nodes;
  const earlier = (a: number, b: number) =>
    recordedAt.values[a]! - recordedAt.values[b]! || ids.values[a]! - ids.values[b]!;
  for (let level = 1; level + 1 < levels.length; level++) {
    const nodes = reached.subarray(levels[level], levels[level + 1]);
    nodes.sort(earlier);
    for (const node of nodes) visit(node);
  }
}
