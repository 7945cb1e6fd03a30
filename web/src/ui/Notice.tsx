import type { ReactNode } from 'react';
import { cx } from './classes.ts';

const TONES = {
  info: 'border-accent-line bg-accent-soft',
  warning: 'border-warning/40 bg-warning-soft',
  danger: 'border-danger/40 bg-danger-soft',
} as const;

/** Something to know before reading on. `role="alert"` only for what just went wrong. */
export function Notice(props: {
  tone?: keyof typeof TONES;
  title?: string;
  role?: 'alert' | 'status' | 'note';
  className?: string;
  children?: ReactNode;
}) {
  return (
    <div
      role={props.role ?? 'note'}
      className={cx('rounded-lg border px-3.5 py-2.5 text-sm', TONES[props.tone ?? 'info'], props.className)}
    >
      {props.title ? <p className="font-medium">{props.title}</p> : null}
      {props.children ? <div className="text-ink-2">{props.children}</div> : null}
    </div>
  );
}
