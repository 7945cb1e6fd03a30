import type { ReactNode } from 'react';
import { cx } from './classes.ts';

/** A part of a page that can be linked to. */
export function Section(props: {
  id: string;
  title: string;
  note?: ReactNode;
  count?: number;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section id={props.id} className={cx('mt-9 scroll-mt-9 first:mt-0', props.className)}>
      <div className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-lg font-semibold">
            {props.title}
            {props.count === undefined ? null : (
              <span className="ml-2 font-normal text-ink-3">{props.count}</span>
            )}
          </h2>
          {props.note ? (
            <p className="mt-0.5 max-w-3xl text-sm text-pretty text-ink-2">{props.note}</p>
          ) : null}
        </div>
        {props.actions ? <div className="flex flex-wrap gap-2">{props.actions}</div> : null}
      </div>
      {props.children}
    </section>
  );
}
