import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';

/** How long after the last step of a gesture the picture is drawn anew, in ms. */
const SETTLES = 120;

/**
 * While fingers zoom a picture it is stretched as it stands, which a browser does beside the page's own work, and
 * drawn anew once they rest: laying out every text of it for each step took most of a frame.
 */
export function useStretch(svg: RefObject<SVGSVGElement | null>) {
  const room = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const stretched = useMemo(() => ({ room, picture }), []);
  const base = useRef<{ width: number; height: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  /** As wide as `width`, in px; `settle` draws it in that size. */
  const stretch = useCallback(
    (width: number, settle: () => void) => {
      if (!room.current || !picture.current || !svg.current) return;
      if (!base.current) {
        const { width, height } = svg.current.getBoundingClientRect();
        base.current = { width, height };
        picture.current.style.width = `${width}px`;
        picture.current.style.willChange = 'transform';
      }
      const factor = width / base.current.width;
      room.current.style.width = `${width}px`;
      room.current.style.height = `${base.current.height * factor}px`;
      picture.current.style.transform = `scale(${factor})`;
      clearTimeout(timer.current);
      timer.current = setTimeout(settle, SETTLES);
    },
    [svg],
  );

  /** Before it is drawn in another size, or in the same again. */
  const relax = useCallback(() => {
    clearTimeout(timer.current);
    base.current = null;
    for (const { current } of [room, picture]) current?.removeAttribute('style');
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { stretched, stretch, relax };
}
