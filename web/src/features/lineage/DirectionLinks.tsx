import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { cx } from '@/ui/classes.ts';
import type { Direction } from './explorer-state.ts';

const WAYS = [
  { way: 'UPSTREAM', title: 'Upstream', direction: undefined },
  { way: 'DOWNSTREAM', title: 'Downstream', direction: 'downstream' },
  { way: 'BOTH', title: 'Both', direction: 'both' },
] as const;

/** Which way the lineage of a node is followed: where it came from, what it reached, or both. */
export function DirectionLinks(props: { refOf: string; now: Direction; knownOn: string | null }) {
  return (
    <nav aria-label="Direction" className="flex rounded-md border border-line-strong bg-surface">
      {WAYS.map(({ way, title, direction }) => {
        const here = way === props.now;
        return (
          <Link
            key={way}
            href={paths.lineage(props.refOf, { direction, asOf: props.knownOn })}
            aria-current={here ? 'true' : undefined}
            className={cx(
              'flex h-7 items-center border-l border-line-strong px-2.5 text-xs font-medium first:rounded-l-md first:border-l-0 last:rounded-r-md',
              here ? 'bg-accent-soft text-accent' : 'text-ink-2 hover:bg-sunken hover:text-ink',
            )}
          >
            {title}
          </Link>
        );
      })}
    </nav>
  );
}
