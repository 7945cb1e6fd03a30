'use client';

import { X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { Button } from '@/ui/Button.tsx';

/** The panel beside the picture or the table. Esc closes it from within; below the picture in a narrow window. */
export function Panel(props: {
  label: string;
  kind: string;
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { onClose } = props;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const at = document.activeElement;
      // A dialog or a menu that is open closes itself first.
      if (at?.closest('[role="dialog"], [role="menu"], [role="combobox"]')) return;
      onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="flex max-h-[78vh] min-w-0 flex-col gap-3 overflow-y-auto rounded-lg border border-line bg-surface p-4 text-sm"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="text-xs text-ink-3">{props.kind}</p>
          <h3 tabIndex={-1} className="text-base font-semibold break-words">
            {props.title}
          </h3>
        </div>
        <Button look="quiet" size="icon" aria-label="Close" onClick={onClose} className="-mt-1 -mr-2">
          <X aria-hidden />
        </Button>
      </div>
      {props.children}
    </aside>
  );
}

export function PanelHeading({ children }: { children: ReactNode }) {
  return <h4 className="mb-1 text-xs font-medium text-ink-3">{children}</h4>;
}
