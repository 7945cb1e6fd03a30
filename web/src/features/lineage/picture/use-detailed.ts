import { useEffect, useRef, useState } from 'react';
import { CELL, type Cell } from './cells.ts';
import type { View } from './view-window.ts';

/** So many parts of the picture are drawn in full in one frame, while it moves and when it stands. */
const AT_ONCE = { moving: 1, standing: 6 };
/** How long after it moved it is taken to stand, in ms. */
const STANDS_AFTER = 200;

/**
 * Of the parts in view, those that are drawn in full; the others are plain shapes for the moment. What comes into
 * view is drawn in full a few parts a frame, from the middle outwards, and not at all while it passes too fast to be
 * read. What was drawn stays so while it is `near`. Both have to be the same from one drawing to the next where nothing
 * of them changed.
 */
export function useDetailed(
  cells: readonly Cell<unknown>[],
  near: readonly Cell<unknown>[],
  view: View | null,
): ReadonlySet<string> {
  // What a page opens with, about a screen around its root, is drawn in full.
  const [detailed, setDetailed] = useState<ReadonlySet<string>>(() => new Set(cells.map(({ key }) => key)));
  const fast = view?.fast ?? false;
  const rect = view?.rect ?? null;
  const moved = useRef({ rect, at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    const other = moved.current.rect !== rect;
    if (other) moved.current = { rect, at: performance.now() };
    if (fast || !rect || cells.every(({ key }) => detailed.has(key))) return;
    let frame = 0;
    const more = (now: number) => {
      const middle = { x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 };
      const stands = now - moved.current.at > STANDS_AFTER;
      setDetailed(withMore(cells, near, detailed, middle, stands ? AT_ONCE.standing : AT_ONCE.moving));
    };
    const soon = () => {
      frame = requestAnimationFrame(more);
    };
    // What came into view and what left it is a frame's work by itself.
    if (other) frame = requestAnimationFrame(soon);
    else soon();
    return () => cancelAnimationFrame(frame);
  }, [cells, near, detailed, fast, rect]);
  return detailed;
}

/** Those that are drawn and still near, and the next `count` of those in view, by how far they are from `middle`. */
export function withMore(
  cells: readonly Cell<unknown>[],
  near: readonly Cell<unknown>[],
  detailed: ReadonlySet<string>,
  middle: { x: number; y: number },
  count: number,
): ReadonlySet<string> {
  const away = ({ x, y }: Cell<unknown>) =>
    Math.hypot((x + 0.5) * CELL.width - middle.x, (y + 0.5) * CELL.height - middle.y);
  const next = cells
    .filter(({ key }) => !detailed.has(key))
    .sort((a, b) => away(a) - away(b))
    .slice(0, count);
  const kept = near.filter(({ key }) => detailed.has(key));
  return new Set([...kept, ...next].map(({ key }) => key));
}
