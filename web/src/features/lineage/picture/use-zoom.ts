'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Layout } from '../layout.ts';
import { useStretch } from './use-stretch.ts';

const LARGEST = 3;
const SMALLEST = 0.1;
/** Only to see a very large picture whole. */
const FURTHEST = 0.005;

/** A point of the picture, in shares of it, and where it is seen in the region, in px; and the zoom it is seen at. */
type Anchor = { x: number; y: number; atX: number; atY: number; zoom: number };

/** Zoom of a picture in a region that scrolls: what is under the pointer, or in the middle, stays where it is. */
export function useZoom(
  region: RefObject<HTMLElement | null>,
  svg: RefObject<SVGSVGElement | null>,
  layout: Layout,
) {
  const [drawn, setDrawn] = useState<{ zoom: number | null }>({ zoom: null });
  const anchor = useRef<Anchor | null>(null);
  const { stretched, stretch, relax } = useStretch(svg);
  const least = useCallback(() => {
    const frame = region.current;
    const whole = frame ? frame.clientWidth / layout.width : SMALLEST;
    return Math.min(SMALLEST, whole);
  }, [region, layout.width]);

  const hold = useCallback(
    (at?: { clientX: number; clientY: number }): Anchor | null => {
      const picture = svg.current?.getBoundingClientRect();
      const frame = region.current?.getBoundingClientRect();
      if (!picture || !frame) return null;
      const clientX = at?.clientX ?? frame.left + frame.width / 2;
      const clientY = at?.clientY ?? frame.top + frame.height / 2;
      return {
        x: (clientX - picture.left) / picture.width,
        y: (clientY - picture.top) / picture.height,
        atX: clientX - frame.left,
        atY: clientY - frame.top,
        zoom: picture.width / layout.width,
      };
    },
    [region, svg, layout.width],
  );
  const within = useCallback((zoom: number) => Math.min(LARGEST, Math.max(least(), zoom)), [least]);

  const zoomBy = useCallback(
    (factor: number) => {
      const held = hold();
      if (!held) return;
      anchor.current = held;
      setDrawn({ zoom: within(held.zoom * factor) });
    },
    [hold, within],
  );

  const pinchBy = useCallback(
    (factor: number, at: { clientX: number; clientY: number }) => {
      const held = hold(at);
      if (!held) return;
      const zoom = within(held.zoom * factor);
      stretch(zoom * layout.width, () => {
        anchor.current = hold();
        setDrawn({ zoom });
      });
      putBack(region.current, svg.current, held);
    },
    [region, svg, layout.width, hold, within, stretch],
  );

  const fit = useCallback(() => {
    const frame = region.current;
    if (!frame) return;
    const room = Math.min(window.innerHeight * 0.78, Math.max(frame.clientHeight, 320));
    setDrawn({
      zoom: Math.max(FURTHEST, Math.min(1.25, frame.clientWidth / layout.width, room / layout.height)),
    });
  }, [region, layout]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: after another zoom the anchor is put back in its place
  useLayoutEffect(() => {
    relax();
    putBack(region.current, svg.current, anchor.current);
    anchor.current = null;
  }, [drawn]);

  usePinch(region, pinchBy);
  usePan(region);
  return { zoom: drawn.zoom, stretched, zoomBy, fit };
}

function putBack(frame: HTMLElement | null, picture: SVGSVGElement | null, held: Anchor | null): void {
  if (!frame || !picture || !held) return;
  const size = picture.getBoundingClientRect();
  const outer = frame.getBoundingClientRect();
  const inset = { x: size.left - outer.left + frame.scrollLeft, y: size.top - outer.top + frame.scrollTop };
  frame.scrollLeft = held.x * size.width + inset.x - held.atX;
  frame.scrollTop = held.y * size.height + inset.y - held.atY;
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
