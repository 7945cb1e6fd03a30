import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { PagesOn } from '@/features/catalogue/PagesOn.tsx';
import { GROUPED_BY, MeasurementTable } from '@/features/incident/page/MeasurementTable.tsx';
import { WatchButton } from '@/features/regression/WatchButton.tsx';
import { loadViewer } from '@/features/shell/viewer.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { ExternalLink } from '@/ui/ExternalLink.tsx';
import { Day, Unknown } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Section } from '@/ui/Section.tsx';
import { SeverityMark } from '@/ui/SeverityMark.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { BehaviorRates } from './BehaviorRates.tsx';

const BEHAVIOR = graphql(`
  query BehaviorPage($name: String!, $after: String) {
    behavior(name: $name) {
      id name title description watched
      mappings { taxonomy code label url }
      incidents(first: 50) { totalCount nodes { id ref key title severity status occurredAt } }
      measurements(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...MeasurementRow }
      }
    }
  }
`);

/** One behaviour: its rates wherever it was measured, its incidents, its place in the public taxonomies. */
export async function BehaviorPage({ name, after }: { name: string; after: string | null }) {
  const answer = await query(BEHAVIOR, { name, after });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This behaviour" />;
  const behavior = answer.data.behavior;
  if (!behavior) notFound();
  const viewer = await loadViewer();
  const { measurements, incidents } = behavior;
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <PageHeader
        eyebrow={<Link href={paths.behaviors()}>Behaviours</Link>}
        title={behavior.title}
        meta={
          <>
            <RefLabel value={behavior.name} />
            {behavior.description ? <p className="w-full max-w-prose">{behavior.description}</p> : null}
          </>
        }
        actions={
          <>
            <Button asChild>
              <Link href={paths.regressions({ behavior: behavior.name })}>Regression watch</Link>
            </Button>
            <WatchButton
              target={behavior.id}
              what="this behaviour"
              watched={behavior.watched}
              blocked={viewer.signedIn ? null : 'Sign in to be told of hits.'}
            />
          </>
        }
      />
      <Section
        id="rates"
        title="Rates"
        note="What is left out of a rate (unscored, grader errors, excluded) is said with each; it never counts as not exhibited."
      >
        <Suspense fallback={<Skeleton className="h-80" />}>
          <BehaviorRates name={behavior.name} title={behavior.title} />
        </Suspense>
      </Section>
      <Section id="measurements" title="Measurements" count={measurements.totalCount} note={GROUPED_BY}>
        <MeasurementTable measurements={measurements.nodes} />
        <PagesOn
          shown={measurements.nodes.length}
          of={plural(measurements.totalCount, 'measurement')}
          first={after ? paths.behavior(behavior.name) : null}
          more={
            measurements.pageInfo.hasNextPage
              ? paths.behavior(behavior.name, { after: measurements.pageInfo.endCursor })
              : null
          }
        />
      </Section>
      <Section id="incidents" title="Incidents" count={incidents.totalCount}>
        {incidents.nodes.length === 0 ? (
          <Unknown what="No incident with this behaviour is recorded." />
        ) : (
          <Table label="Incidents">
            <thead>
              <tr>
                <Th>Key</Th>
                <Th>Title</Th>
                <Th>Severity</Th>
                <Th>Status</Th>
                <Th>Occurred</Th>
              </tr>
            </thead>
            <tbody>
              {incidents.nodes.map((i) => (
                <tr key={i.id}>
                  <Td className="font-mono text-xs whitespace-nowrap">{i.key}</Td>
                  <Td className="min-w-52">
                    <RefLink refOf={i.ref}>{i.title}</RefLink>
                  </Td>
                  <Td>
                    <SeverityMark severity={i.severity} />
                  </Td>
                  <Td>
                    <StatusDot status={i.status} />
                  </Td>
                  <Td>
                    <Day value={i.occurredAt} />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
        {incidents.totalCount > incidents.nodes.length ? (
          <p className="mt-2 text-sm">
            <Link href={paths.incidents({ behavior: [behavior.name] })} className={linkLook}>
              All {incidents.totalCount} incidents
            </Link>
          </p>
        ) : null}
      </Section>
      <Section id="taxonomies" title="In the public taxonomies" count={behavior.mappings.length}>
        {behavior.mappings.length === 0 ? <Unknown what="No mapping is recorded." /> : null}
        <ul className="flex flex-col gap-1.5 text-sm">
          {behavior.mappings.map((m) => (
            <li key={`${m.taxonomy} ${m.code}`}>
              {m.taxonomy}: <span className="font-mono text-xs">{m.code}</span> {m.label}{' '}
              {m.url ? <ExternalLink href={m.url}>see it there</ExternalLink> : null}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
