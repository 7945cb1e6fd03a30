import { type MouseEvent, memo } from 'react';
import type { PlacedNode } from '../layout.ts';
import { alike } from './cells.ts';

type Box = { x: number; y: number; width: number; height: number };

/** A box as a part of a path. */
export const outline = (b: Box): string =>
  `M${Math.round(b.x)},${Math.round(b.y)}h${b.width}v${b.height}h-${b.width}z`;

type Props = {
  things: readonly PlacedNode[];
  strokeWidth: number;
  onClick?: (event: MouseEvent<SVGPathElement>) => void;
};

/** Boxes of one part of the picture that are not drawn in full, as one plain shape. */
export const PlainBoxes = memo(
  ({ things, strokeWidth, onClick }: Props) => (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard goes from box to box, whatever the scale
    <path
      data-plain
      d={things.map(outline).join('')}
      fill="var(--surface)"
      stroke="var(--line-strong)"
      strokeWidth={strokeWidth}
      className={onClick ? 'cursor-pointer' : undefined}
      onClick={onClick}
    />
  ),
  alike,
);
