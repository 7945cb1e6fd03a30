import { type MouseEvent, memo, useMemo } from 'react';
import { joinedByWidth } from './PictureEdges.tsx';
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
  const { layout, extents, paths } = model;
  const shapes = useMemo(() => {
    const nodes = inView(extents.nodes, rect);
    const on = (n: { id: string }) => marks.path?.nodes.has(n.id) ?? false;
    return {
      boxes: nodes
        .filter((n) => !on(n))
        .map(outline)
        .join(''),
      path: nodes.filter(on).map(outline).join(''),
      stubs: inView(extents.stubs, rect).map(outline).join(''),
      lines: joinedByWidth(inView(extents.edges, rect), paths),
    };
  }, [extents, paths, rect, marks.path]);
  const open = (event: MouseEvent<SVGPathElement>) => {
    const matrix = event.currentTarget.getScreenCTM()?.inverse();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    const hit = layout.nodes.find((n) => x >= n.x && x <= n.x + n.width && y >= n.y && y <= n.y + n.height);
    if (hit) onSelect(hit.id);
  };
  return (
    <>
      <g fill="none" opacity={marks.path ? 0.3 : 1}>
        {[...shapes.lines].map(([width, d]) => (
          <path key={width} d={d} stroke="var(--accent)" strokeOpacity="0.3" strokeWidth={width} />
        ))}
      </g>
      <path d={shapes.stubs} fill="var(--hatch)" fillOpacity="0.45" stroke="var(--line-strong)" />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard goes from box to box, whatever the scale */}
      <path
        d={shapes.boxes}
        fill="var(--surface)"
        stroke="var(--line-strong)"
        strokeWidth="2"
        style={{ cursor: 'pointer' }}
        onClick={open}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <path
        d={shapes.path}
        fill="var(--surface)"
        stroke="var(--cat-3)"
        strokeWidth="4"
        style={{ cursor: 'pointer' }}
        onClick={open}
      />
    </>
  );
});

const outline = (b: { x: number; y: number; width: number; height: number }): string =>
  `M${Math.round(b.x)},${Math.round(b.y)}h${b.width}v${b.height}h-${b.width}z`;
