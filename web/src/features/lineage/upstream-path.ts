import type { DrawnEdge } from './collapse.ts';

/** Everything upstream of a node and the ways to it from the root's side: what hovering a node lights up. */
export function litBy(id: string, edges: readonly DrawnEdge[]): { nodes: Set<string>; edges: Set<string> } {
  const up = new Map<string, DrawnEdge[]>();
  const down = new Map<string, DrawnEdge[]>();
  for (const e of edges) {
    up.set(e.downstream, [...(up.get(e.downstream) ?? []), e]);
    down.set(e.upstream, [...(down.get(e.upstream) ?? []), e]);
  }
  const nodes = new Set([id]);
  const lit = new Set<string>();
  const walk = (from: Map<string, DrawnEdge[]>, next: (e: DrawnEdge) => string) => {
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
  walk(up, (e) => e.upstream);
  walk(down, (e) => e.downstream);
  return { nodes, edges: lit };
}
