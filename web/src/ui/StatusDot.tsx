import { words } from './numbers.ts';

/** Open states are rings, states of work are half filled, ended states are full: shape before colour. */
const SHAPES: Record<string, { fill: 'none' | 'half' | 'full' | 'cross'; color: string }> = {
  DRAFT: { fill: 'none', color: 'var(--ink-3)' },
  SUBMITTED: { fill: 'none', color: 'var(--accent)' },
  TRIAGED: { fill: 'half', color: 'var(--accent)' },
  INVESTIGATING: { fill: 'half', color: 'var(--high)' },
  MITIGATED: { fill: 'half', color: 'var(--success)' },
  RESOLVED: { fill: 'full', color: 'var(--success)' },
  CLOSED: { fill: 'full', color: 'var(--ink-3)' },
  DUPLICATE: { fill: 'cross', color: 'var(--ink-3)' },
  REJECTED: { fill: 'cross', color: 'var(--ink-3)' },
  WITHDRAWN: { fill: 'cross', color: 'var(--ink-3)' },
  OPEN: { fill: 'none', color: 'var(--accent)' },
  SUPPORTED: { fill: 'full', color: 'var(--success)' },
  REFUTED: { fill: 'cross', color: 'var(--danger)' },
  ABANDONED: { fill: 'cross', color: 'var(--ink-3)' },
  SUCCESS: { fill: 'full', color: 'var(--success)' },
  STARTED: { fill: 'half', color: 'var(--accent)' },
  ERROR: { fill: 'cross', color: 'var(--danger)' },
  CANCELLED: { fill: 'cross', color: 'var(--ink-3)' },
  KILLED: { fill: 'cross', color: 'var(--danger)' },
};

/** A state with its name. `label` says it in other words. */
export function StatusDot({ status, label }: { status: string; label?: string }) {
  const shape = SHAPES[status] ?? { fill: 'none', color: 'var(--ink-3)' };
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg viewBox="0 0 12 12" className="size-3 shrink-0" aria-hidden="true" style={{ color: shape.color }}>
        <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
        {shape.fill === 'half' ? <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor" /> : null}
        {shape.fill === 'full' ? <circle cx="6" cy="6" r="4.75" fill="currentColor" /> : null}
        {shape.fill === 'cross' ? (
          <path d="M4.2 4.2l3.6 3.6M7.8 4.2L4.2 7.8" stroke="currentColor" strokeWidth="1.4" />
        ) : null}
      </svg>
      {label ?? words(status)}
    </span>
  );
}
