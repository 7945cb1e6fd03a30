import { useMemo } from 'react';
import type { DrawnEdge } from '../collapse.ts';
import type { PlacedNode } from '../layout.ts';
import { joinedByWidth } from './PictureEdges.tsx';
import type { PictureMarks, PictureModel } from './picture-model.ts';
import { inView, type View } from './view-window.ts';

const NO_LINES: Map<number, string> = new Map();

/**
 * What of the picture is drawn: all, or what the part in view touches and what must not vanish under a keyboard. Of
 * a part, lines that leave it are joined into a few strokes, but for those that say something of their own.
 */
export function useShown(
  model: PictureModel,
  view: View | null,
  marks: PictureMarks,
  lit: ReadonlySet<string> | null,
  keep: readonly (string | null)[],
) {
  const { layout, extents, paths, placed } = model;
  const rect = view?.rect ?? null;
  const inside = useMemo(() => {
    if (!rect) return null;
    const nodes = inView(extents.nodes, rect);
    return {
      nodes,
      nodeIds: new Set(nodes.map((n) => n.id)),
      stubs: inView(extents.stubs, rect),
      edges: inView(extents.edges, rect),
    };
  }, [extents, rect]);
  const lines = useMemo(() => {
    if (!inside) return { edges: layout.edges.filter((e) => paths.has(e.id)), passing: NO_LINES };
    const { nodeIds } = inside;
    const single = (e: DrawnEdge) =>
      (nodeIds.has(e.downstream) && nodeIds.has(e.upstream)) ||
      e.disputed > 0 ||
      marks.selectedEdge === e.id ||
      marks.edgeMarks.has(e.id) ||
      (marks.path?.edges.has(e.id) ?? false) ||
      (lit?.has(e.id) ?? false);
    const passing = inside.edges.filter((e) => !single(e));
    return { edges: inside.edges.filter(single), passing: joinedByWidth(passing, paths) };
  }, [layout, inside, paths, marks, lit]);
  const kept = [
    ...new Set(keep.flatMap((id): PlacedNode[] => (id && placed.has(id) ? [placed.get(id)!] : []))),
  ];
  return {
    ...lines,
    nodes: inside ? [...new Set([...inside.nodes, ...kept])] : layout.nodes,
    stubs: inside?.stubs ?? layout.stubs,
    kept,
  };
}
