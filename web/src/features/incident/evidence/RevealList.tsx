import type { EvidenceCardFragment } from '@/graphql/generated/graphql.ts';
import { moment, plural } from '@/ui/numbers.ts';

/** Who opened restricted evidence and why: for the incident's team, auditors and administrators. */
export function RevealList({ reveals }: { reveals: NonNullable<EvidenceCardFragment['reveals']> }) {
  return (
    <details className="border-t border-line px-3.5 py-2 text-xs text-ink-2">
      <summary className="w-fit">Revealed {plural(reveals.length, 'time')}</summary>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        {reveals.map((one) => (
          <li key={one.id} className="break-words">
            <span className="font-medium">{one.by.name}</span>,{' '}
            <span className="whitespace-nowrap text-ink-3">{moment(one.at)}</span>: {one.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
