import Link from 'next/link';
import type { IncidentWholeFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { ExternalLink } from '@/ui/ExternalLink.tsx';
import { Day, Unknown } from '@/ui/Figure.tsx';
import { moment, words } from '@/ui/numbers.ts';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

export function SuspectTable({ suspects }: { suspects: IncidentWholeFragment['suspects'] }) {
  if (suspects.length === 0) return <Unknown what="No suspect is named." />;
  return (
    <Table label="Suspects">
      <thead>
        <tr>
          <Th>Suspect</Th>
          <Th>Kind</Th>
          <Th>Why</Th>
          <Th>Named by</Th>
        </tr>
      </thead>
      <tbody>
        {suspects.map((one) => (
          <tr key={one.id}>
            <Td>{one.node ? <RefLink refOf={one.node.ref}>{one.label}</RefLink> : one.label}</Td>
            <Td className="whitespace-nowrap text-ink-2">{words(one.kind)}</Td>
            <Td className="min-w-56">{one.reason ?? <Unknown what="not stated" />}</Td>
            <Td className="whitespace-nowrap text-ink-2">
              {one.addedBy.name}, <Day value={one.recordedAt} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export function ReportList({ reports }: { reports: IncidentWholeFragment['reports'] }) {
  if (reports.length === 0) return <Unknown what="No report is recorded." />;
  return (
    <ul className="flex flex-col gap-2">
      {reports.map((one) => (
        <li key={one.id}>
          {one.url ? <ExternalLink href={one.url}>{one.title}</ExternalLink> : one.title}
          <span className="block text-xs text-ink-3">
            {[one.publisher, one.author].filter(Boolean).join(', ') || 'publisher not recorded'} ·{' '}
            <Day value={one.publishedAt} unknown="date not recorded" />
          </span>
        </li>
      ))}
    </ul>
  );
}

export function RelatedList({ related }: { related: IncidentWholeFragment['related'] }) {
  if (related.length === 0) return <Unknown what="No related incident is recorded." />;
  return (
    <ul className="flex flex-col gap-2">
      {related.map(({ incident, relation, note }) => (
        <li key={incident.id} className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-sm text-ink-3">{words(relation)}</span>
          <Link href={paths.incident(incident.key ?? incident.ref)} className={linkLook}>
            {incident.key ? <span className="mr-1.5 font-mono text-xs">{incident.key}</span> : null}
            {incident.title}
          </Link>
          <span className="text-sm">
            <StatusDot status={incident.status} />
          </span>
          {note ? <span className="text-sm text-ink-2">{note}</span> : null}
        </li>
      ))}
    </ul>
  );
}

export function Timeline(props: { events: IncidentWholeFragment['timeline']['nodes']; total: number }) {
  const { events, total } = props;
  if (events.length === 0) return <Unknown what="Nothing has happened yet." />;
  return (
    <>
      {total > events.length ? (
        <p className="mb-2 text-sm text-warning">
          Only {events.length} of {total} events are shown.
        </p>
      ) : null}
      <ol className="relative ml-1.5 border-l border-line-strong">
        {events.map((event) => (
          <li key={event.id} className="relative pb-3 pl-5 text-sm last:pb-0">
            <span
              aria-hidden="true"
              className="absolute top-1.5 -left-[4.5px] size-2 rounded-full border border-accent bg-canvas"
            />
            {event.summary}
            <span className="block text-xs text-ink-3">
              <time dateTime={event.at}>{moment(event.at)}</time>
              {event.by ? ` · ${event.by.name}` : ''}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
