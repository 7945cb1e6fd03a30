import type { Direction } from './explorer-state.ts';
import type { Growth } from './growth.ts';
import { mergeGraphs, type PictureGraph } from './picture-graph.ts';

/**
 * A graph with a part drawn beyond it, from one of its nodes. That node is then no longer where the graph was cut;
 * where the part was cut by its size in turn, the graph now goes on from there. Where it ends because one level was
 * asked for, its ends are open.
 */
export function growGraph(
  graph: PictureGraph,
  part: PictureGraph,
  growth: Growth,
  direction: Direction,
): PictureGraph {
  const along = direction === 'BOTH' || direction === growth.way;
  const before = graph.truncated?.frontier ?? [];
  // Going the way of the picture, what it holds is drawn with all that lies beyond, but for where it was cut.
  const whole = new Set(along ? graph.nodes.map((n) => n.ref).filter((ref) => !before.includes(ref)) : []);
  // Where what stands next to it is more than an answer holds, the node itself is gone on from, too.
  const skip = along ? part.truncated?.skip?.[growth.ref] : undefined;
  const ends = (part.truncated?.frontier ?? []).filter((ref) =>
    ref === growth.ref ? skip !== undefined : !whole.has(ref),
  );
  const cut = part.truncated?.reason === 'LIMIT';
  const left = along ? before.filter((ref) => ref !== growth.ref) : before;
  const wasCut = along && left.length < before.length;
  const frontier = [...new Set([...left, ...(cut || wasCut ? ends : [])])];
  const open = [...(graph.open ?? []).filter((ref) => ref !== growth.ref), ...(cut || wasCut ? [] : ends)];
  return {
    ...mergeGraphs(graph, part),
    truncated: frontier.length
      ? {
          reason: graph.truncated?.reason ?? 'LIMIT',
          frontier,
          skip: { ...without(graph.truncated?.skip, growth.ref), ...(skip && { [growth.ref]: skip }) },
        }
      : null,
    open: [...new Set(open)],
  };
}

function without(skip: Readonly<Record<string, number>> | undefined, ref: string): Record<string, number> {
  const { [ref]: _held, ...others } = skip ?? {};
  return others;
}
