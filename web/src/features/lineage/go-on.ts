import type { Direction } from './explorer-state.ts';
import { mergeGraphs, type PictureGraph } from './picture-graph.ts';

/** As many frontier nodes as one "continue" asks for, so that one click is one bounded piece of work. */
const FRONTIER_AT_ONCE = 20;

/** What is asked of one node: how far, and how many of the nodes next to it are held already. */
export type Asked = { ref: string; direction: Direction; maxDepth: number | null; skip?: number };

/**
 * A graph with what lies beyond the first nodes where it was cut. What could not be read stays where it goes on, with
 * what was said of it.
 */
export async function goOn(
  from: PictureGraph,
  direction: Direction,
  read: (asked: Asked) => Promise<PictureGraph | string | null>,
): Promise<{ graph: PictureGraph; failed: string | null }> {
  const frontier = from.truncated?.frontier ?? [];
  const left = new Set(frontier.slice(FRONTIER_AT_ONCE));
  const skip = { ...from.truncated?.skip };
  let graph = from;
  let failed: string | null = null;
  for (const ref of frontier.slice(0, FRONTIER_AT_ONCE)) {
    const more = await read({ ref, direction, maxDepth: null, skip: skip[ref] ?? 0 });
    if (typeof more === 'string') {
      left.add(ref);
      failed = more;
    } else {
      delete skip[ref];
      if (more === null) continue;
      for (const further of more.truncated?.frontier ?? []) left.add(further);
      Object.assign(skip, more.truncated?.skip);
      graph = mergeGraphs(graph, more);
    }
  }
  const reason = from.truncated?.reason ?? 'LIMIT';
  return { graph: { ...graph, truncated: left.size ? { reason, frontier: [...left], skip } : null }, failed };
}
