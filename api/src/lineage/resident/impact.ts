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
  const all = reach(sight, roots, 'DOWNSTREAM', ALL, most);
  const own = passesOthers(sight, all) ? reach(sight, roots, 'DOWNSTREAM', OWN, most) : all;
  const byKind = NODE_KINDS.map((): number[] => []);
  eachNearest(sight, own, (id) => {
    byKind[nodes.kinds.values[nodes.index.get(id)]!]!.push(id);
  });
  const influenced: number[] = [];
  if (all.length > own.length) {
    const isOwn = new Set(own.nodes.subarray(0, own.length));
    eachNearest(sight, all, (id) => {
      if (!isOwn.has(nodes.index.get(id))) influenced.push(id);
    });
  }
  const answer = new Map<NodeKind, ReachedIds>();
  byKind.forEach((ids, kind) => {
    if (ids.length > 0) answer.set(NODE_KINDS[kind]!, Float64Array.from(ids));
  });
  return { byKind: answer, influenced: Float64Array.from(influenced) };
}

/** Whether any edge onward from what was reached is of another group: else they lead to nothing more. */
function passesOthers(sight: Sight, { nodes: reached, length }: Reached): boolean {
  const { edges } = sight.graph;
  let passes = false;
  for (let i = 0; i < length && !passes; i++)
    edges.eachDown(reached[i]!, (edge) => {
      if (OWN[edges.kind(edge)] === 0) passes = true;
    });
  return passes;
}

/** Every node that was reached but the root: by distance, and within one by id. */
function eachNearest(sight: Sight, { nodes: reached, levels }: Reached, visit: (id: number) => void): void {
  const { ids } = sight.graph.nodes;
  for (let level = 1; level + 1 < levels.length; level++) {
    const from = levels[level]!;
    const found = new Float64Array(levels[level + 1]! - from);
    for (let i = 0; i < found.length; i++) found[i] = ids.values[reached[from + i]!]!;
    found.sort();
    for (const id of found) visit(id);
  }
}
