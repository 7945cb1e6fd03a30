import Link from 'next/link';
import { Suspense } from 'react';
import { ExposureSection } from '@/features/exposure/ExposureSection.tsx';
import { GROUPED_BY, MeasurementTable } from '@/features/incident/page/MeasurementTable.tsx';
import { SectionLinks } from '@/features/incident/page/SectionLinks.tsx';
import { ClaimsTable } from '@/features/lineage/ClaimsTable.tsx';
import { whyBlocked } from '@/features/lineage/can-write.ts';
import { CorrectClaim } from '@/features/lineage/corrections/CorrectClaim.tsx';
import { DisputeRecord } from '@/features/lineage/corrections/DisputeRecord.tsx';
import { RetractRecord } from '@/features/lineage/corrections/RetractRecord.tsx';
import { DisputeNotice } from '@/features/lineage/Disputes.tsx';
import { Impact } from '@/features/lineage/Impact.tsx';
import { KnownOn } from '@/features/lineage/KnownOn.tsx';
import { LineageSection } from '@/features/lineage/LineageSection.tsx';
import { Retracted } from '@/features/lineage/Retracted.tsx';
import { Share } from '@/features/sharing/Share.tsx';
import type { ModelVersionPageQuery } from '@/graphql/generated/graphql.ts';
import type { Problem } from '@/graphql/post.ts';
import { PartialNotice } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day, PageFacts, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Section } from '@/ui/Section.tsx';
import { SeverityMark } from '@/ui/SeverityMark.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { TrainingTimeline } from './TrainingTimeline.tsx';

type Version = Extract<NonNullable<ModelVersionPageQuery['lineageNode']>, { __typename: 'ModelVersion' }>;

const SECTIONS = [
  { id: 'training', title: 'Training' },
  { id: 'exposure', title: 'Exposure' },
  { id: 'behaviour', title: 'Behaviour' },
  { id: 'incidents', title: 'Incidents' },
  { id: 'lineage', title: 'Lineage' },
  { id: 'impact', title: 'What it reached' },
  { id: 'claims', title: 'Claims' },
];

export async function ModelVersionPage(props: {
  version: Version;
  problems: Problem[];
  knownOn: string | null;
}) {
  const { version, knownOn } = props;
  const blocked = await whyBlocked();
  return (
    <>
      <PartialNotice problems={props.problems} />
      <PageHeader
        eyebrow={
          <>
            <Link href={paths.models()}>Models</Link>
            <span aria-hidden="true">/</span>
            <Link href={paths.model(version.model.name)}>{version.model.title ?? version.model.name}</Link>
          </>
        }
        title={version.label}
        meta={
          <>
            <RefLabel value={version.ref} />
            <span>
              {version.model.developer ?? <Unknown what="developer not recorded" />}
              <CitationMark citation={version.citation} of={version.label} />
            </span>
          </>
        }
        actions={
          <>
            <Button asChild>
              <Link href={paths.modelDiff({ from: version.ref, asOf: knownOn })}>Compare mixtures</Link>
            </Button>
            <Button asChild>
              <Link href={paths.compare(version.ref)}>Compare rates</Link>
            </Button>
            <Share target={version.id} what="model version" sharing={version.sharing} />
            <DisputeRecord target={version.id} what={version.label} blocked={blocked} ofPage />
            <RetractRecord target={version.id} what={version.label} blocked={blocked} isNode />
          </>
        }
      />
      <KnownOn
        at={knownOn}
        now={paths.modelVersion(version.model.name, version.version)}
        ofNow="measurements and incidents"
      />
      {version.retractedAt ? <Retracted at={version.retractedAt} /> : null}
      <DisputeNotice disputes={version.disputes} blocked={blocked} />
      <PageFacts
        items={[
          { name: 'Released', value: <Day value={version.releasedAt} /> },
          { name: 'Tokens seen', value: <Count value={version.trainedTokens} /> },
          { name: 'Digest', value: version.digest ? <RefLabel value={version.digest} /> : <Unknown /> },
          ...(version.revises
            ? [
                {
                  name: 'Revises',
                  value: (
                    <RefLink refOf={version.revises.ref} asOf={knownOn}>
                      {version.revises.label}
                    </RefLink>
                  ),
                },
              ]
            : []),
          { name: 'Visible to', value: words(version.visibility) },
        ]}
      />
      <div className="mt-5">
        <SectionLinks sections={SECTIONS} />
      </div>
      <Section
        id="training"
        title="Training"
        note="Every stage behind this version in order, those of its base included."
      >
        <TrainingTimeline runs={version.trainingRuns} knownOn={knownOn} />
      </Section>
      <Section
        id="exposure"
        title="Exposure"
        note="What each stage was trained on, over all ways that the data took."
      >
        <Suspense fallback={<Skeleton className="h-48" />}>
          <ExposureSection modelVersionRef={version.ref} knownOn={knownOn} />
        </Suspense>
      </Section>
      <Section id="behaviour" title="Behaviour" note={GROUPED_BY}>
        <MeasurementTable measurements={version.measurements} />
      </Section>
      <Section id="incidents" title="Incidents" count={version.incidents.totalCount}>
        <Incidents version={version} />
      </Section>
      <Section id="lineage" title="Lineage">
        <Suspense fallback={<Skeleton className="h-80" />}>
          <LineageSection refOf={version.ref} knownOn={knownOn} />
        </Suspense>
      </Section>
      <Section
        id="impact"
        title="What it reached"
        note="Later models, evaluations, incidents, and data that descend from it."
      >
        <Impact impact={version.impact} refOf={version.ref} knownOn={knownOn} />
      </Section>
      <Section
        id="claims"
        title="Claims"
        count={version.claims.length}
        actions={<CorrectClaim nodeRef={version.ref} blocked={blocked} />}
      >
        <ClaimsTable claims={version.claims} nodeRef={version.ref} blocked={blocked} />
      </Section>
    </>
  );
}

function Incidents({ version }: { version: Version }) {
  const { nodes, totalCount } = version.incidents;
  if (nodes.length === 0) return <Unknown what="No incident is recorded for this version." />;
  return (
    <>
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
          {nodes.map((i) => (
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
      {totalCount > nodes.length ? (
        <p className="mt-2 text-sm text-ink-2">The first {nodes.length} are shown.</p>
      ) : null}
    </>
  );
}
