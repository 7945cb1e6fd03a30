import { cx } from './classes.ts';

/** Holds the place of what is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx('h-4 animate-pulse rounded bg-line', className)} />;
}

const WIDTHS = ['w-5/6', 'w-2/3', 'w-3/4', 'w-1/2'];

export function SkeletonTable({ rows = 8, label }: { rows?: number; label: string }) {
  const lines = Array.from({ length: rows }, (_, row) => row);
  return (
    <div role="status" aria-label={label} className="rounded-lg border border-line bg-surface">
      <div className="h-8 rounded-t-lg border-b border-line bg-sunken" />
      {lines.map((row) => (
        <div key={row} className="flex h-9 items-center gap-6 border-b border-line px-3 last:border-b-0">
          <Skeleton className="h-3 w-24" />
          <div className="flex-1">
            <Skeleton className={cx('h-3', WIDTHS[row % WIDTHS.length])} />
          </div>
          <Skeleton className="h-3 w-20" />
        </div>
      ))}
    </div>
  );
}
