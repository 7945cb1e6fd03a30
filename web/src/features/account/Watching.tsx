import Link from 'next/link';
import { WatchButton } from '@/features/regression/WatchButton.tsx';
import type { WatchRowFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Day } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

graphql(`
  fragment WatchRow on Watch {
    id recordedAt
    rule { id title }
    behavior { id name title }
    incident { id ref key title }
  }
`);

const watchedThing = ({ rule, behavior, incident }: WatchRowFragment) => {
  if (rule) return { id: rule.id, kind: 'Rule', name: rule.title, href: paths.regressionRule(rule.id) };
  if (behavior)
    return { id: behavior.id, kind: 'Behaviour', name: behavior.title, href: paths.behavior(behavior.name) };
  if (incident)
    return { id: incident.id, kind: 'Incident', name: incident.title, href: paths.ofRef(incident.ref) };
  return null;
};

/** What the viewer is told of, with the way to leave each. */
export function Watching({ watches }: { watches: readonly WatchRowFragment[] }) {
  const rows = watches.flatMap((watch) => {
    const thing = watchedThing(watch);
    return thing ? [{ ...thing, since: watch.recordedAt }] : [];
  });
  if (rows.length === 0)
    return (
      <EmptyState kind="none" title="Nothing watched">
        Watch an incident, a behaviour or a rule on its page, to be told when the regression watch hits.
      </EmptyState>
    );
  return (
    <Table label="What you watch">
      <thead>
        <tr>
          <Th>What</Th>
          <Th>Since</Th>
          <Th>
            <span className="sr-only">Change</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <Td className="min-w-44">
              <Link href={row.href} className={`${linkLook} break-words`}>
                {row.name}
              </Link>
              <div className="text-xs text-ink-3">{row.kind}</div>
            </Td>
            <Td>
              <Day value={row.since} />
            </Td>
            <Td align="right">
              <WatchButton target={row.id} what={row.name} watched blocked={null} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
