'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Layout } from '../layout.ts';

const LARGEST = 3;
const SMALLEST = 0.1;
/** Only to see a very large picture whole. */
const FURTHEST = 0.005;

type Anchor = { x: number; y: number; atX: number; atY: number };

/** Zoom of a picture in a region that scrolls: what is under the pointer, or in the middle, stays where it is. */
export function useZoom(
  region: RefObject<HTMLElement | null>,
  svg: RefObject<SVGSVGElement | null>,
  layout: Layout,
) {
  const [zoom, setZoom] = useState<number | null>(null);
  const anchor = useRef<Anchor | null>(null);
  const least = useCallback(() => {
    const frame = region.current;
    const whole = frame ? frame.clientWidth / layout.width : SMALLEST;
    return Math.min(SMALLEST, whole);
  }, [region, layout.width]);

  const zoomBy = useCallback(
    (factor: number, at?: { clientX: number; clientY: number }) => {
      const picture = svg.current?.getBoundingClientRect();
      const frame = region.current?.getBoundingClientRect();
      if (!picture || !frame) return;
      const clientX = at?.clientX ?? frame.left + frame.width / 2;
      const clientY = at?.clientY ?? frame.top + frame.height / 2;
      anchor.current = {
        x: (clientX - picture.left) / picture.width,
        y: (clientY - picture.top) / picture.height,
        atX: clientX - frame.left,
        atY: clientY - frame.top,
      };
      const now = picture.width / layout.width;
      setZoom(Math.min(LARGEST, Math.max(least(), now * factor)));
    },
    [region, svg, layout.width, least],
  );

  const fit = useCallback(() => {
    const frame = region.current;
    if (!frame) return;
    const room = Math.min(window.innerHeight * 0.78, Math.max(frame.clientHeight, 320));
    setZoom(Math.max(FURTHEST, Math.min(1.25, frame.clientWidth / layout.width, room / layout.height)));
  }, [region, layout]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: after another zoom the anchor is put back in its place
  useLayoutEffect(() => {
    const [frame, picture, kept] = [region.current, svg.current, anchor.current];
    anchor.current = null;
    if (!frame || !picture || !kept) return;
    const size = picture.getBoundingClientRect();
    const inset = size.left - frame.getBoundingClientRect().left + frame.scrollLeft;
    frame.scrollLeft = kept.x * size.width + inset - kept.atX;
    frame.scrollTop = kept.y * size.height - kept.atY;
  }, [zoom]);

  usePinch(region, zoomBy);
  usePan(region);
  return { zoom, zoomBy, fit };
}

/** Pinching, or the wheel with Ctrl held, zooms; the wheel alone scrolls as it does elsewhere. Once a frame. */
function usePinch(
  region: RefObject<HTMLElement | null>,
  zoomBy: (factor: number, at: { clientX: number; clientY: number }) => void,
): void {
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    let turned = 0;
    let pending = 0;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      turned += event.deltaY;
      const { clientX, clientY } = event;
      pending ||= requestAnimationFrame(() => {
        pending = 0;
        const factor = Math.exp(-turned / 300);
        turned = 0;
        zoomBy(factor, { clientX, clientY });
      });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      cancelAnimationFrame(pending);
      element.removeEventListener('wheel', onWheel);
    };
  }, [region, zoomBy]);
}

/** Dragging the ground with a mouse moves the picture; fingers scroll it by themselves. */
function usePan(region: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const onDown = (event: PointerEvent) => {
      const target = event.target as Element;
      if (event.pointerType !== 'mouse' || event.button !== 0) return;
      if (target.closest('[data-node], [data-edge], button') || target === element) return;
      const begun = { x: event.clientX + element.scrollLeft, y: event.clientY + element.scrollTop };
      const onMove = (move: PointerEvent) => {
        element.scrollLeft = begun.x - move.clientX;
        element.scrollTop = begun.y - move.clientY;
      };
      const onUp = () => {
        window.removeEventListener('pointermove', onMove);
        window.removeEventListener('pointerup', onUp);
        element.style.cursor = '';
      };
      element.style.cursor = 'grabbing';
      window.addEventListener('pointermove', onMove);
      window.addEventListener('pointerup', onUp);
    };
    element.addEventListener('pointerdown', onDown);
    return () => element.removeEventListener('pointerdown', onDown);
  }, [region]);
}
