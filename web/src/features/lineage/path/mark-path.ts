import type { DrawnEdge } from '../collapse.ts';
import type { PictureGraph } from '../picture-graph.ts';

export type Marks = { nodes: ReadonlySet<string>; edges: ReadonlySet<string> };

type Box = { id: string; members: readonly string[] };

/**
 * The boxes and lines that ways through recorded nodes go along. A node that is not drawn by itself (written into
 * another's box, or left out by a filter) is passed over, and inside a fold the way goes nowhere.
 */
export function markPaths(
  ways: readonly (readonly string[])[],
  drawn: { nodes: readonly Box[]; edges: readonly DrawnEdge[] },
): Marks {
  const boxOf = new Map(drawn.nodes.flatMap((box) => box.members.map((id) => [id, box.id] as const)));
  const { nodes, steps } = stepsOf(ways, (id) => boxOf.get(id));
  const on = drawn.edges.filter((e) => steps.has(`${e.downstream} ${e.upstream}`));
  return { nodes, edges: new Set(on.map((e) => e.id)) };
}

/** The recorded edges that ways go along, by their ids: what the table marks. */
export function edgesOnPaths(
  ways: readonly (readonly string[])[],
  graph: Pick<PictureGraph, 'nodes' | 'edges'>,
): Set<string> {
  const known = new Set(graph.nodes.map((n) => n.id));
  const { steps } = stepsOf(ways, (id) => (known.has(id) ? id : undefined));
  return new Set(graph.edges.filter((e) => steps.has(`${e.downstream} ${e.upstream}`)).map((e) => e.id));
}

function stepsOf(ways: readonly (readonly string[])[], place: (id: string) => string | undefined) {
  const nodes = new Set<string>();
  const steps = new Set<string>();
  for (const way of ways) {
    let last: string | undefined;
    for (const id of way) {
      const at = place(id);
      if (at === undefined) continue;
      nodes.add(at);
      if (last !== undefined && last !== at) steps.add(`${last} ${at}`).add(`${at} ${last}`);
      last = at;
    }
  }
  return { nodes, steps };
}
