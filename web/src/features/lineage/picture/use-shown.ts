import { useMemo } from 'react';
import type { DrawnEdge } from '../collapse.ts';
import type { PlacedNode } from '../layout.ts';
import { type Cell, type Stroke, strokesOf } from './cells.ts';
import type { PictureMarks, PictureModel } from './picture-model.ts';
import { useDetailed } from './use-detailed.ts';
import { inView, READABLE, type View } from './view-window.ts';

type Lines = { key: string; things: readonly DrawnEdge[] };
type Passing = { key: string; strokes: readonly Stroke[] };

const NONE: Cell<PlacedNode>[] = [];
const FAR = 'far';

/**
 * What of the picture is drawn: all, or what the part in view touches and what must not vanish under a keyboard. Of
 * a part, lines that leave it are joined into a few strokes, but for those that say something of their own; boxes
 * that are not drawn in full yet are `plain`.
 */
export function useShown(
  model: PictureModel,
  view: View | null,
  marks: PictureMarks,
  lit: ReadonlySet<string> | null,
  keep: readonly (string | null)[],
) {
  const { layout, extents, cells, paths, placed } = model;
  const rect = view?.rect ?? null;
  const afar = view !== null && view.scale < READABLE;
  const inside = useMemo(() => {
    if (!rect) return { boxes: cells.boxes, lines: cells.lines, far: cells.far, stubs: layout.stubs };
    return {
      boxes: afar ? NONE : inView(extents.boxCells, rect),
      lines: afar ? [] : inView(extents.lineCells, rect),
      far: afar ? [] : inView(extents.farLines, rect),
      stubs: inView(extents.stubs, rect),
    };
  }, [layout, extents, cells, rect, afar]);
  const ready = useDetailed(inside.boxes, view);
  const detailed = view ? ready : null;

  const lines = useMemo(() => {
    const isDetailed = (id: string) => !detailed || detailed.has(cells.cellOf.get(id)?.key ?? '');
    const marked =
      marks.selectedEdge !== null || marks.edgeMarks.size > 0 || marks.path !== null || lit !== null;
    const single = (e: DrawnEdge) =>
      (isDetailed(e.downstream) && isDetailed(e.upstream)) ||
      e.disputed > 0 ||
      marks.selectedEdge === e.id ||
      marks.edgeMarks.has(e.id) ||
      (marks.path?.edges.has(e.id) ?? false) ||
      (lit?.has(e.id) ?? false);
    const singles: Lines[] = [];
    const passing: Passing[] = [];
    const part = (key: string, edges: readonly DrawnEdge[]) => {
      const things: DrawnEdge[] = [];
      const others: DrawnEdge[] = [];
      for (const edge of edges) (single(edge) ? things : others).push(edge);
      if (things.length > 0) singles.push({ key, things });
      if (others.length > 0) passing.push({ key, strokes: strokesOf(others, paths, cells.strokes) });
    };
    for (const cell of inside.lines) {
      if (!detailed || cell.ends.every((end) => detailed.has(end))) singles.push(cell);
      else if (!marked && !cell.disputed && !cell.ends.some((end) => detailed.has(end))) passing.push(cell);
      else part(cell.key, cell.things);
    }
    part(FAR, inside.far);
    return { singles, passing };
  }, [cells, inside, detailed, paths, marks, lit]);

  const kept = keep.flatMap((id): PlacedNode[] => (id && placed.has(id) ? [placed.get(id)!] : []));
  return { ...lines, ...boxesOf(inside.boxes, detailed, cells.cellOf, kept), stubs: inside.stubs, afar };
}

/** The parts whose boxes are drawn in full, with what is kept of others, and the parts that are plain for the moment. */
function boxesOf(
  inside: readonly Cell<PlacedNode>[],
  detailed: ReadonlySet<string> | null,
  cellOf: ReadonlyMap<string, Cell<PlacedNode>>,
  kept: readonly PlacedNode[],
): { full: readonly Pick<Cell<PlacedNode>, 'key' | 'things'>[]; plain: readonly Cell<PlacedNode>[] } {
  if (!detailed) return { full: inside, plain: NONE };
  const full = inside.filter(({ key }) => detailed.has(key));
  const there = new Set(full.map(({ key }) => key));
  const alone = new Map<string, PlacedNode[]>();
  for (const node of new Set(kept)) {
    const key = cellOf.get(node.id)?.key;
    if (key !== undefined && !there.has(key)) alone.set(key, [...(alone.get(key) ?? []), node]);
  }
  return {
    full: [...full, ...[...alone].map(([key, things]) => ({ key, things }))],
    plain: inside.filter(({ key }) => !detailed.has(key)),
  };
}
