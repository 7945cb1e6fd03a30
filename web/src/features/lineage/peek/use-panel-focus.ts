import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const isLost = () => document.activeElement === null || document.activeElement === document.body;

/**
 * Where the keyboard is while a panel is open beside the picture or the table. When what it shows changes under the
 * focus, the focus goes to its heading; when it closes with the focus in it, to where it came from, or, where that is
 * no more, to what the panel stands beside. Whoever opens it from the picture stays in the picture.
 */
export function usePanelFocus(subject: string): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const origin = useRef<HTMLElement | SVGElement | null>(null);
  const before = useRef(subject);

  useLayoutEffect(() => {
    const panel = box.current;
    const remember = (at: EventTarget | null) => {
      if (at === document.body || panel?.contains(at as Node | null)) return;
      if (at instanceof HTMLElement || at instanceof SVGElement) origin.current = at;
    };
    const onFocus = (event: FocusEvent) => remember(event.target);
    remember(document.activeElement);
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('focusin', onFocus);
      if (!panel?.contains(document.activeElement)) return;
      const beside = panel.previousElementSibling?.querySelector<HTMLElement>('[tabindex="0"], input');
      (origin.current?.isConnected ? origin.current : beside)?.focus();
    };
  }, []);

  useEffect(() => {
    if (before.current === subject) return;
    before.current = subject;
    if (isLost()) box.current?.querySelector<HTMLElement>('h3')?.focus();
  }, [subject]);

  return box;
}
