import { useMemo } from 'react';
import type { PlacedNode } from '../layout.ts';
import { type Cell, inRows, type LinePart, linesWithin } from './cells.ts';
import type { PictureMarks, PictureModel } from './picture-model.ts';
import { useDetailed } from './use-detailed.ts';
import { inView, READABLE, type Rect, type View } from './view-window.ts';

/** Boxes that are lit up, and lines that are. */
export type Lit = { nodes: ReadonlySet<string>; edges: ReadonlySet<string> };
type Lines = Omit<LinePart, 'to'>;

const NOTHING: never[] = [];

/**
 * What is drawn in full: all of a small picture; of a large one, which has a ground, the parts in view with the lines
 * between them, what says something of its own, and what must not vanish under a keyboard (`keep`).
 */
export function useShown(
  model: PictureModel,
  view: View | null,
  marks: PictureMarks,
  lit: Lit | null,
  keep: readonly (string | null)[],
) {
  const { layout, extents, cells, placed } = model;
  const rect = view?.rect ?? null;
  const afar = view !== null && view.scale < READABLE;
  const inside = useMemo(() => {
    if (!rect) return { cells: cells.boxes, near: cells.boxes, stubs: layout.stubs };
    return {
      cells: afar ? NOTHING : inView(extents.boxCells, rect),
      near: afar ? NOTHING : inView(extents.boxCells, around(rect)),
      stubs: afar ? NOTHING : inView(extents.stubs, rect),
    };
  }, [layout, extents, cells, rect, afar]);
  const ready = useDetailed(inside.cells, inside.near, view);
  const full = useMemo(() => inside.near.filter(({ key }) => !rect || ready.has(key)), [inside, ready, rect]);

  const there = useMemo(() => new Set(full.map(({ key }) => key)), [full]);
  const lines = useMemo(() => linesWithin(cells, there), [cells, there]);
  const apart = useMemo(
    () => (rect ? linesApart(model, rect, there, marks, lit) : NOTHING),
    [model, rect, there, marks, lit],
  );
  const strong = lit?.nodes ?? marks.path?.nodes ?? null;
  const standingOut = useMemo(() => {
    if (!rect || !strong) return NOTHING;
    return inView(extents.nodes, rect).filter(
      ({ id }) => strong.has(id) && !there.has(cells.cellOf.get(id)?.key ?? ''),
    );
  }, [extents, cells, rect, strong, there]);

  const wanted = keep.flatMap((id): PlacedNode[] => (id && placed.has(id) ? [placed.get(id)!] : []));
  const kept = rect ? keptOf(wanted, there, cells.cellOf) : NOTHING;
  return {
    boxes: inRows([...full, ...kept]),
    lines: inRows([...lines, ...apart]),
    standingOut,
    stubs: inside.stubs,
    afar,
  };
}

/** What was drawn in full stays so a little beyond what is in view, for whoever moves to and fro. */
function around({ left, top, right, bottom }: Rect): Rect {
  const [x, y] = [(right - left) / 8, (bottom - top) / 8];
  return { left: left - x, top: top - y, right: right + x, bottom: bottom + y };
}

/** Lines in view that say something of their own, though one of their ends is not drawn in full. */
function linesApart(
  { extents, cells }: PictureModel,
  rect: Rect,
  there: ReadonlySet<string>,
  marks: PictureMarks,
  lit: Lit | null,
): Lines[] {
  const { selectedEdge, edgeMarks, path } = marks;
  const rows = selectedEdge || edgeMarks.size > 0 || path || lit ? extents.edges : extents.disputed;
  const isDrawn = (id: string) => there.has(cells.cellOf.get(id)?.key ?? '');
  const things = inView(rows, rect).filter(
    (e) =>
      (e.disputed > 0 ||
        e.id === selectedEdge ||
        edgeMarks.has(e.id) ||
        path?.edges.has(e.id) ||
        lit?.edges.has(e.id)) &&
      !(isDrawn(e.downstream) && isDrawn(e.upstream)),
  );
  return things.length > 0 ? [{ key: 'apart', y: Number.POSITIVE_INFINITY, things }] : NOTHING;
}

/** What is kept of parts that are not drawn in full. */
function keptOf(
  kept: readonly PlacedNode[],
  there: ReadonlySet<string>,
  cellOf: ReadonlyMap<string, Cell<PlacedNode>>,
): Cell<PlacedNode>[] {
  const alone = new Map<string, Cell<PlacedNode> & { things: PlacedNode[] }>();
  for (const node of new Set(kept)) {
    const cell = cellOf.get(node.id);
    if (!cell || there.has(cell.key)) continue;
    const known = alone.get(cell.key);
    if (known) known.things.push(node);
    else alone.set(cell.key, { ...cell, things: [node] });
  }
  return [...alone.values()];
}
