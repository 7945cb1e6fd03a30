import type { ComponentProps, ReactNode } from 'react';
import { cx } from './classes.ts';

/**
 * A dense table in a region of its own that scrolls sideways, and that the keyboard reaches.
 * `label` names the region; `caption` is shown only to screen readers unless `showCaption`.
 */
export function Table(props: { label: string; className?: string; children: ReactNode }) {
  return (
    <section
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className={cx('relative overflow-x-auto rounded-lg border border-line bg-surface', props.className)}
    >
      <table className="w-full border-collapse text-sm">{props.children}</table>
    </section>
  );
}

export function Th({ className, align, ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...props}
      className={cx(
        'h-8 border-b border-line bg-sunken px-3 text-left text-xs font-medium whitespace-nowrap text-ink-2',
        align === 'right' && 'text-right',
        className,
      )}
    />
  );
}

export function Td({ className, align, ...props }: ComponentProps<'td'>) {
  return (
    <td
      {...props}
      className={cx(
        'border-b border-line px-3 py-1.5 align-top [tr:last-child>&]:border-b-0',
        align === 'right' && 'text-right',
        className,
      )}
    />
  );
}
