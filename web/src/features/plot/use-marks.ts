import {
  type KeyboardEvent,
  type RefObject,
  type SyntheticEvent,
  useCallback,
  useEffect,
  useState,
} from 'react';

export interface Told {
  says: string;
  href: string | null;
  linkText: string | null;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const visible = (mark: Element): boolean => mark.getClientRects().length > 0;

/** The marks of a picture for pointer and keys: one can be reached by Tab, the arrows go on from it. */
export function useMarks(box: RefObject<HTMLElement | null>) {
  const [told, setTold] = useState<Told | null>(null);

  const marks = useCallback(
    () => [...(box.current?.querySelectorAll<SVGGElement>('[data-mark]') ?? [])].filter(visible),
    [box],
  );

  // After every drawing: another choice brings other marks.
  useEffect(() => {
    const all = box.current?.querySelectorAll<SVGSVGElement>('svg[data-plot]') ?? [];
    for (const svg of all)
      if (!svg.querySelector('[data-mark][tabindex="0"]'))
        svg.querySelector('[data-mark]')?.setAttribute('tabindex', '0');
  });

  const tell = useCallback((event: SyntheticEvent) => {
    const mark = event.target instanceof Element ? event.target.closest('[data-mark]') : null;
    if (!mark) return;
    setTold({
      says: mark.getAttribute('aria-label') ?? '',
      href: mark.getAttribute('data-href'),
      linkText: mark.getAttribute('data-link'),
    });
  }, []);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const now = event.target instanceof Element ? event.target.closest('[data-mark]') : null;
      if (!now) return;
      const all = marks();
      const at = all.indexOf(now as SVGGElement);
      const step = STEPS[event.key];
      const next =
        event.key === 'Home' ? all[0] : event.key === 'End' ? all.at(-1) : step ? all[at + step] : undefined;
      if (step || event.key === 'Home' || event.key === 'End') event.preventDefault();
      if (!next || next === now) return;
      now.setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      next.focus();
    },
    [marks],
  );
  return { told, tell, onKeyDown };
}
