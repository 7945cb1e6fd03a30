'use client';

import { type RefObject, startTransition, useEffect, useLayoutEffect, useState } from 'react';
import type { Layout } from '../layout.ts';
import { paceOf, SLOW_AFTER } from './pace.ts';
import { isLarge, readyAround, sameView, type View } from './view-window.ts';

/** Before the region is measured: about a screen around the root. */
function around(layout: Layout, root: string): View {
  const box = layout.nodes.find((n) => n.members.includes(root)) ?? { x: 0, y: 0 };
  const rect = { left: box.x - 1500, top: box.y - 900, right: box.x + 1800, bottom: box.y + 900 };
  return { rect, scale: 1, fast: false };
}

/** The part of a large picture that is in view, in steps; null where the picture is small and drawn whole. */
export function useView(
  region: RefObject<HTMLElement | null>,
  svg: RefObject<SVGSVGElement | null>,
  room: RefObject<HTMLElement | null>,
  layout: Layout,
  root: string,
  zoom: number | null,
): View | null {
  const large = isLarge(layout);
  const [view, setView] = useState<View | null>(() => (large ? around(layout, root) : null));
  const useBeforePaint = typeof window === 'undefined' ? useEffect : useLayoutEffect;
  // Another zoom is another size, which is measured anew.
  useBeforePaint(() => {
    const frame = region.current;
    if (!large || !frame) return;
    const pace = paceOf();
    let slowing: ReturnType<typeof setTimeout> | undefined;
    const measure = () => {
      const picture = svg.current?.getBoundingClientRect();
      if (!picture || picture.width === 0) return;
      const outer = frame.getBoundingClientRect();
      const scale = picture.width / layout.width;
      const left = (outer.left - picture.left) / scale;
      const top = (outer.top - picture.top) / scale;
      const seen = { left, top, right: left + outer.width / scale, bottom: top + outer.height / scale };
      const fast = pace(left * scale, top * scale, performance.now());
      clearTimeout(slowing);
      // Where it stands from now on, nothing else would say that it is slow again.
      if (fast) slowing = setTimeout(measure, SLOW_AFTER + 1);
      const next = { ...readyAround(seen, scale), fast };
      // Drawing what comes into view may take several frames: it stands ready before it is seen.
      startTransition(() => setView((old) => (sameView(old, next) ? old : next)));
    };
    let pending = 0;
    const soon = () => {
      pending ||= requestAnimationFrame(() => {
        pending = 0;
        measure();
      });
    };
    measure();
    // A picture that became smaller may be scrolled back only after this.
    soon();
    frame.addEventListener('scroll', soon, { passive: true });
    const resizes = new ResizeObserver(soon);
    resizes.observe(frame);
    if (room.current) resizes.observe(room.current);
    return () => {
      cancelAnimationFrame(pending);
      clearTimeout(slowing);
      frame.removeEventListener('scroll', soon);
      resizes.disconnect();
    };
  }, [region, svg, room, layout, large, zoom]);
  return large ? (view ?? around(layout, root)) : null;
}
