import type { ReactNode } from 'react';
import { cx } from './classes.ts';

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-2 border-line',
  accent: 'bg-accent-soft text-accent border-accent-line',
  success: 'bg-success-soft text-success border-transparent',
  warning: 'bg-warning-soft text-warning border-transparent',
  danger: 'bg-danger-soft text-danger border-transparent',
};

export function Badge(props: { tone?: Tone; title?: string; className?: string; children: ReactNode }) {
  return (
    <span
      title={props.title}
      className={cx(
        'inline-flex max-w-full items-center gap-1 rounded border px-1.5 text-xs font-medium whitespace-nowrap',
        TONES[props.tone ?? 'neutral'],
        props.className,
      )}
    >
      {props.children}
    </span>
  );
}
