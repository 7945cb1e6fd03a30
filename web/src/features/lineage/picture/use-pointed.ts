import { useCallback, useEffect, useRef, useState } from 'react';

/** How long the pointer must rest on a box, in ms. */
const RESTS = 80;

/** The box that the pointer rests on, or that has the focus. While the picture moves under the pointer, it rests on none. */
export function usePointed() {
  const [pointed, setPointed] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const moved = useRef(0);
  const rests = useRef(false);
  useEffect(() => {
    const onScroll = () => {
      moved.current = performance.now();
      clearTimeout(timer.current);
      if (rests.current) setPointed(null);
      rests.current = false;
    };
    window.addEventListener('scroll', onScroll, { capture: true, passive: true });
    return () => {
      window.removeEventListener('scroll', onScroll, { capture: true });
      clearTimeout(timer.current);
    };
  }, []);
  const point = useCallback((id: string | null, by: 'pointer' | 'focus') => {
    clearTimeout(timer.current);
    const set = () => {
      rests.current = by === 'pointer' && id !== null;
      setPointed(id);
    };
    if (by === 'focus') set();
    else if (id === null || performance.now() - moved.current > RESTS) timer.current = setTimeout(set, RESTS);
  }, []);
  return [pointed, point] as const;
}
