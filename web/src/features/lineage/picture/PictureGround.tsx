import { type MouseEvent, memo, useCallback } from 'react';
import type { PlacedNode } from '../layout.ts';
import { type Ground, outline } from './ground.ts';
import { GROUND_OPACITY } from './line-look.ts';
import type { PictureModel } from './picture-model.ts';

/** While others are lit up, or lie on a way that was asked for. Boxes that are drawn in full are dimmed themselves. */
const DIMMED = { lines: 0.06, boxes: 0.12 };

/** The lines of a large picture, all of them, faint as a whole so that they are not darker where many pass. */
export const GroundLines = memo(function GroundLines(props: { ground: Ground; dimmed: boolean }) {
  return (
    // Which of so many is under a pointer takes long to tell, and those that can be opened are drawn over them.
    <g fill="none" opacity={props.dimmed ? DIMMED.lines : GROUND_OPACITY} pointerEvents="none">
      {props.ground.strokes.map(({ key, d, color, width, dash }) => (
        <path key={key} d={d} stroke={color} strokeWidth={width} strokeDasharray={dash} />
      ))}
    </g>
  );
});

type BoxesProps = {
  model: PictureModel;
  ground: Ground;
  dimmed: boolean;
  /** Whether nothing can be read, so that shapes have to be seen by their outlines. */
  afar: boolean;
  onSelect: (id: string) => void;
};

/** The boxes and stubs of a large picture as plain shapes, under what is drawn in full; a click opens a box. */
export const GroundBoxes = memo(function GroundBoxes(props: BoxesProps) {
  const { model, ground, dimmed, afar, onSelect } = props;
  const open = useCallback(
    (event: MouseEvent<SVGGElement>) => {
      const matrix = event.currentTarget.getScreenCTM()?.inverse();
      if (!matrix) return;
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
      const hit = boxAt(model, x, y);
      if (hit) onSelect(hit.id);
    },
    [model, onSelect],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard goes from box to box, whatever the scale
    <g
      fill="var(--surface)"
      stroke="var(--line-strong)"
      strokeWidth={afar ? 2 : 1}
      opacity={dimmed ? DIMMED.boxes : 1}
      className="cursor-pointer"
      onClick={open}
    >
      <g fill="var(--hatch)" fillOpacity="0.45" pointerEvents="none">
        {ground.stubs.map(({ key, d }) => (
          <path key={key} d={d} />
        ))}
      </g>
      {ground.boxes.map(({ key, d }) => (
        <path key={key} d={d} />
      ))}
    </g>
  );
});

function boxAt({ layout }: PictureModel, x: number, y: number): PlacedNode | undefined {
  return layout.nodes.find((n) => x >= n.x && x <= n.x + n.width && y >= n.y && y <= n.y + n.height);
}

/** Boxes that are lit up or lie on a way, where they are not drawn in full. */
export const StandingOut = memo(function StandingOut(props: {
  boxes: readonly PlacedNode[];
  stroke: string;
  strokeWidth: number;
}) {
  const { boxes, stroke, strokeWidth } = props;
  if (boxes.length === 0) return null;
  const d = boxes.map(outline).join('');
  // What lies under it can be opened, as the others can.
  return <path d={d} fill="var(--surface)" stroke={stroke} strokeWidth={strokeWidth} pointerEvents="none" />;
});
