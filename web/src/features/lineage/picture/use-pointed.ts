import { useCallback, useEffect, useRef, useState } from 'react';

/** How long the pointer must rest on a box, in ms; longer after the picture moved under it, as between turns of a wheel. */
const RESTS = { pointer: 80, picture: 300 };

/**
 * The box that the pointer rests on, or that has the focus. While the picture moves under the pointer, it rests on
 * none; then on the one that it came to, unless a key had moved it.
 */
export function usePointed() {
  const [pointed, setPointed] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const moved = useRef(Number.NEGATIVE_INFINITY);
  const under = useRef<string | null>(null);
  const rests = useRef(false);
  const focused = useRef(false);
  const rest = useCallback(() => {
    clearTimeout(timer.current);
    const hasMoved = performance.now() - moved.current < RESTS.picture;
    if (hasMoved && focused.current) return;
    timer.current = setTimeout(
      () => {
        // A box that was taken away did not tell that it was left.
        if (under.current !== null && !isUnderPointer(under.current)) under.current = null;
        rests.current = under.current !== null;
        setPointed(under.current);
      },
      hasMoved ? RESTS.picture : RESTS.pointer,
    );
  }, []);
  useEffect(() => {
    const onScroll = () => {
      moved.current = performance.now();
      clearTimeout(timer.current);
      if (rests.current) setPointed(null);
      rests.current = false;
      if (under.current !== null) rest();
    };
    window.addEventListener('scroll', onScroll, { capture: true, passive: true });
    return () => {
      window.removeEventListener('scroll', onScroll, { capture: true });
      clearTimeout(timer.current);
    };
  }, [rest]);
  const point = useCallback(
    (id: string | null, by: 'pointer' | 'focus') => {
      if (by === 'pointer') {
        under.current = id;
        rest();
        return;
      }
      clearTimeout(timer.current);
      focused.current = id !== null;
      rests.current = false;
      setPointed(id);
    },
    [rest],
  );
  return [pointed, point] as const;
}

const isUnderPointer = (id: string): boolean =>
  document.querySelector(`[data-node="${CSS.escape(id)}"]:hover`) !== null;
