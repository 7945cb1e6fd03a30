import type { ReactNode } from 'react';

/** A page's title with what it is, its facts in one line, and its actions. */
export function PageHeader(props: {
  eyebrow?: ReactNode;
  title: ReactNode;
  meta?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-5 flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        {props.eyebrow ? (
          <div className="mb-0.5 flex flex-wrap gap-x-1.5 gap-y-2 text-xs text-ink-3 [&_a]:rounded-sm [&_a]:text-accent [&_a]:underline-offset-2 [&_a]:hover:underline">
            {props.eyebrow}
          </div>
        ) : null}
        <h1 className="text-xl font-semibold tracking-tight text-balance break-words">{props.title}</h1>
        {props.meta ? (
          <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-2">
            {props.meta}
          </div>
        ) : null}
      </div>
      {props.actions ? <div className="flex flex-wrap items-center gap-2">{props.actions}</div> : null}
    </header>
  );
}
