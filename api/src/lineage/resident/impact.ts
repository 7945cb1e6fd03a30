import { DEFAULT_VIA, EDGE_GROUPS, kindsOf, NODE_KINDS, type NodeKind } from '../kinds.ts';
import type { ImpactAnswer, ReachedIds } from '../reach.ts';
import { kindsFollowed, type Reached, reach } from './closure.ts';
import type { Sight } from './sight.ts';

const OWN = kindsFollowed(kindsOf(DEFAULT_VIA));
const ALL = kindsFollowed(kindsOf(EDGE_GROUPS));

/** Everything downstream of the one root, by kind; of none where it is not seen. */
export function residentImpact(sight: Sight, roots: readonly number[]): ImpactAnswer {
  const { nodes } = sight.graph;
  const own = reach(sight, roots, 'DOWNSTREAM', OWN, nodes.length);
  const kinds = nodes.kinds.values;
  const byKind = eachNearest(sight, own, NODE_KINDS.length, (place) => kinds[place]!);
  const answer = new Map<NodeKind, ReachedIds>();
  byKind.forEach((ids, kind) => {
    if (ids.length > 0) answer.set(NODE_KINDS[kind]!, ids);
  });
  return { byKind: answer, influenced: influencedBeyond(sight, roots, own) };
}

/** What is reached by other groups of edges alone. */
function influencedBeyond(sight: Sight, roots: readonly number[], own: Reached): ReachedIds {
  // Where no edge of another group goes on from what was reached, they lead to nothing more.
  if (!own.passedOthers) return new Float64Array(0);
  const all = reach(sight, roots, 'DOWNSTREAM', ALL, sight.graph.nodes.length);
  if (all.length === own.length) return new Float64Array(0);
  const isOwn = new Set(own.nodes.subarray(0, own.length));
  return eachNearest(sight, all, 1, (place) => (isOwn.has(place) ? -1 : 0))[0]!;
}

/**
 * The ids of what was reached but the root, sorted into `lots` by the lot of each place (none for -1): by distance, and
 * within one by id.
 */
function eachNearest(
  sight: Sight,
  { nodes: reached, levels }: Reached,
  lots: number,
  lotOf: (place: number) => number,
): Float64Array[] {
  const ids = sight.graph.nodes.ids.values;
  const counts = new Int32Array(lots);
  for (let i = levels[1] ?? 0; i < levels.at(-1)!; i++) {
    const lot = lotOf(reached[i]!);
    if (lot !== -1) counts[lot]! += 1;
  }
  const sorted = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Int32Array(lots);
  for (let level = 1; level + 1 < levels.length; level++) {
    const before = filled.slice();
    for (let i = levels[level]!; i < levels[level + 1]!; i++) {
      const lot = lotOf(reached[i]!);
      if (lot !== -1) sorted[lot]![filled[lot]!++] = ids[reached[i]!]!;
    }
    for (let lot = 0; lot < lots; lot++)
      if (filled[lot]! > before[lot]! + 1) sorted[lot]!.subarray(before[lot]!, filled[lot]!).sort();
  }
  return sorted;
}
