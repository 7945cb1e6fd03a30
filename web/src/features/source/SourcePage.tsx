import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ClaimsTable } from '@/features/lineage/ClaimsTable.tsx';
import { whyBlocked } from '@/features/lineage/can-write.ts';
import { CorrectClaim } from '@/features/lineage/corrections/CorrectClaim.tsx';
import { DisputeRecord } from '@/features/lineage/corrections/DisputeRecord.tsx';
import { RetractRecord } from '@/features/lineage/corrections/RetractRecord.tsx';
import { DisputeNotice } from '@/features/lineage/Disputes.tsx';
import { Impact } from '@/features/lineage/Impact.tsx';
import { KnownOn } from '@/features/lineage/KnownOn.tsx';
import { Retracted } from '@/features/lineage/Retracted.tsx';
import { Share } from '@/features/sharing/Share.tsx';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { ExternalLink } from '@/ui/ExternalLink.tsx';
import { PageFacts, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Section } from '@/ui/Section.tsx';

const SOURCE = graphql(`
  query SourcePage($ref: NodeRef!, $knownOn: DateTime) {
    lineageNode(ref: $ref) {
      __typename
      id
      ... on Source {
        ref label title description url license visibility retractedAt
        sharing { ...SharingFacts }
        disputes(knownOn: $knownOn) { ...DisputeFacts }
        claims(knownOn: $knownOn) { ...ClaimRow }
        impact(knownOn: $knownOn) { ...ImpactParts }
      }
    }
  }
`);

/** A source and everything that it reached. */
export async function SourcePage({ name, knownOn }: { name: string; knownOn: string | null }) {
  const answer = await query(SOURCE, { ref: `source:${name}`, knownOn });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This source" />;
  const source = answer.data.lineageNode;
  if (source?.__typename !== 'Source') notFound();
  const blocked = await whyBlocked();
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <PageHeader
        eyebrow={<Link href={paths.sources()}>Sources</Link>}
        title={source.title ?? source.label}
        meta={<RefLabel value={source.ref} />}
        actions={
          <>
            <Share target={source.id} what="source" sharing={source.sharing} />
            <DisputeRecord target={source.id} what={source.label} blocked={blocked} ofPage />
            <RetractRecord target={source.id} what={source.label} blocked={blocked} isNode />
          </>
        }
      />
      <KnownOn at={knownOn} now={paths.ofRef(source.ref)} />
      {source.retractedAt ? <Retracted at={source.retractedAt} /> : null}
      <DisputeNotice disputes={source.disputes} blocked={blocked} />
      <PageFacts
        items={[
          { name: 'What it is', value: source.description ?? <Unknown /> },
          { name: 'Licence', value: source.license ?? <Unknown /> },
          { name: 'Address', value: source.url ? <ExternalLink href={source.url} /> : <Unknown /> },
          { name: 'Visible to', value: words(source.visibility) },
        ]}
      />
      <Section
        id="impact"
        title="What it reached"
        className="mt-8 first:mt-8"
        note="Every dataset version, model version, eval run and incident downstream of it, as far as it is recorded."
        actions={
          <Link
            href={paths.lineage(source.ref, { direction: 'downstream', asOf: knownOn })}
            className={`${linkLook} text-sm`}
          >
            As a picture
          </Link>
        }
      >
        <Impact impact={source.impact} refOf={source.ref} knownOn={knownOn} />
      </Section>
      <Section
        id="claims"
        title="Claims"
        count={source.claims.length}
        actions={<CorrectClaim nodeRef={source.ref} blocked={blocked} />}
      >
        <ClaimsTable claims={source.claims} nodeRef={source.ref} blocked={blocked} />
      </Section>
    </>
  );
}
