import type { DrawnEdge } from './collapse.ts';

export type Joins = { up: ReadonlyMap<string, DrawnEdge[]>; down: ReadonlyMap<string, DrawnEdge[]> };

/** The lines at each box, by the side that they leave it on. */
export function joinsOf(edges: readonly DrawnEdge[]): Joins {
  const up = new Map<string, DrawnEdge[]>();
  const down = new Map<string, DrawnEdge[]>();
  const add = (map: Map<string, DrawnEdge[]>, id: string, e: DrawnEdge) => {
    const list = map.get(id);
    if (list) list.push(e);
    else map.set(id, [e]);
  };
  for (const e of edges) {
    add(up, e.downstream, e);
    add(down, e.upstream, e);
  }
  return { up, down };
}

/** Everything upstream of a node and the ways to it from the root's side: what hovering a node lights up. */
export function litBy(id: string, joins: Joins): { nodes: Set<string>; edges: Set<string> } {
  const nodes = new Set([id]);
  const lit = new Set<string>();
  const walk = (from: Joins['up'], next: (e: DrawnEdge) => string) => {
    const queue = [id];
    const seen = new Set(queue);
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const e of from.get(at) ?? []) {
        lit.add(e.id);
        const to = next(e);
        nodes.add(to);
        if (!seen.has(to)) {
          seen.add(to);
          queue.push(to);
        }
      }
    }
  };
  walk(joins.up, (e) => e.upstream);
  walk(joins.down, (e) => e.downstream);
  return { nodes, edges: lit };
}
