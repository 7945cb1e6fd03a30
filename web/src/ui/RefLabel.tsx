import { cx } from './classes.ts';

/** A node's reference as it is written outside: monospace, and broken where it must be. */
export function RefLabel({ value, className }: { value: string; className?: string }) {
  return <code className={cx('font-mono text-xs break-all text-ink-2', className)}>{value}</code>;
}
