import type { Standpoint } from '../lineage-source.ts';
import type { Way } from './closure.ts';
import { Divided, NONE } from './divided.ts';
import type { Sight } from './sight.ts';

/** What a viewer can go on to, one edge one way, from where a search stands. */
export function stepFrom(
  sight: Sight,
  from: readonly Standpoint[],
  way: Way,
  followed: Uint8Array,
): Standpoint[] {
  const { nodes, edges, compositions } = sight.graph;
  const up = way === 'UPSTREAM';
  const follows = sight.following();
  const divided = compositions.apart.size === 0 ? null : new Divided(sight, up, []);
  const idOf = (place: number) => BigInt(nodes.ids.values[place]!);
  // How a place was come to is told by ids: places of compositions and of nodes hold within one graph alone.
  const [ids, index] = up ? [nodes.ids, nodes.index] : [compositions.ids, compositions.index];
  const found = new Map<string, Standpoint>();
  const take = (edge: number) => {
    if (followed[edges.kind(edge)] === 0) return;
    const far = (up ? edges.upstream : edges.downstream).values[edge]!;
    if (!follows(edge, far)) return;
    const key = divided?.has(far) ? divided.keyOf(far, edge) : null;
    const by = key === null ? null : key === NONE ? 0n : BigInt(ids.values[key]!);
    found.set(`${far} ${key}`, { id: idOf(far), by });
  };
  for (const { id, by } of from) {
    const place = nodes.index.get(Number(id));
    if (place === -1) continue;
    if (divided?.has(place) && by !== null) {
      const key = by === 0n ? NONE : index.get(Number(by));
      for (const edge of divided.onward(place, key)) take(edge);
    } else if (up) edges.eachUp(place, take);
    else edges.eachDown(place, take);
  }
  return [...found.values()];
}
