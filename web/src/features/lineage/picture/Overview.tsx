import { type MouseEvent, memo, useCallback, useMemo } from 'react';
import { FAR_CELL, inCells, strokesOf } from './cells.ts';
import { PassingLines } from './PictureEdges.tsx';
import { outline, PlainBoxes } from './PlainBoxes.tsx';
import type { PictureMarks, PictureModel } from './picture-model.ts';
import { inView, type Rect } from './view-window.ts';

type Props = {
  model: PictureModel;
  rect: Rect;
  marks: PictureMarks;
  onSelect: (id: string) => void;
};

/** Much of a picture from afar, where nothing can be read: boxes and lines as a few plain shapes; a click opens a box. */
export const Overview = memo(function Overview({ model, rect, marks, onSelect }: Props) {
  const { layout, extents, paths, cells } = model;
  const shapes = useMemo(() => {
    const nodes = inView(extents.nodes, rect);
    const on = (n: { id: string }) => marks.path?.nodes.has(n.id) ?? false;
    return {
      boxes: inCells(
        nodes.filter((n) => !on(n)),
        (n) => n,
        FAR_CELL,
      ),
      path: nodes.filter(on).map(outline).join(''),
      stubs: inView(extents.stubs, rect).map(outline).join(''),
      lines: strokesOf(inView(extents.edges, rect), paths, cells.strokes),
    };
  }, [extents, paths, cells, rect, marks.path]);
  const open = useCallback(
    (event: MouseEvent<SVGPathElement>) => {
      const matrix = event.currentTarget.getScreenCTM()?.inverse();
      if (!matrix) return;
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
      const hit = layout.nodes.find((n) => x >= n.x && x <= n.x + n.width && y >= n.y && y <= n.y + n.height);
      if (hit) onSelect(hit.id);
    },
    [layout, onSelect],
  );
  return (
    <>
      <g fill="none" opacity={marks.path ? 0.09 : 0.3}>
        <PassingLines strokes={shapes.lines} />
      </g>
      <path d={shapes.stubs} fill="var(--hatch)" fillOpacity="0.45" stroke="var(--line-strong)" />
      {shapes.boxes.map(({ key, things }) => (
        <PlainBoxes key={key} things={things} strokeWidth={2} onClick={open} />
      ))}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard goes from box to box, whatever the scale */}
      <path
        d={shapes.path}
        fill="var(--surface)"
        stroke="var(--cat-3)"
        strokeWidth="4"
        className="cursor-pointer"
        onClick={open}
      />
    </>
  );
});
