import { memo } from 'react';
import type { PlacedNode } from '../layout.ts';
import { alike } from './cells.ts';

type Box = { x: number; y: number; width: number; height: number };

/** A box as a part of a path. */
export const outline = (b: Box): string =>
  `M${Math.round(b.x)},${Math.round(b.y)}h${b.width}v${b.height}h-${b.width}z`;

/** Boxes of one part of the picture before they are drawn in full. */
export const PlainBoxes = memo(
  ({ things }: { things: readonly PlacedNode[] }) => (
    <path data-plain d={things.map(outline).join('')} fill="var(--surface)" stroke="var(--line-strong)" />
  ),
  alike,
);
