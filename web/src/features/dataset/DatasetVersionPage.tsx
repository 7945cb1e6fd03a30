import Link from 'next/link';
import { Suspense } from 'react';
import { type DocumentSearch, VersionDocuments } from '@/features/documents/VersionDocuments.tsx';
import { SectionLinks } from '@/features/incident/page/SectionLinks.tsx';
import { ClaimsTable } from '@/features/lineage/ClaimsTable.tsx';
import { CompositionView } from '@/features/lineage/CompositionView.tsx';
import { whyBlocked } from '@/features/lineage/can-write.ts';
import { CorrectClaim } from '@/features/lineage/corrections/CorrectClaim.tsx';
import { CorrectComposition } from '@/features/lineage/corrections/CorrectComposition.tsx';
import { DisputeRecord } from '@/features/lineage/corrections/DisputeRecord.tsx';
import { RetractRecord } from '@/features/lineage/corrections/RetractRecord.tsx';
import { DisputeNotice } from '@/features/lineage/Disputes.tsx';
import { Impact } from '@/features/lineage/Impact.tsx';
import { KnownOn } from '@/features/lineage/KnownOn.tsx';
import { LineageSection } from '@/features/lineage/LineageSection.tsx';
import { Retracted } from '@/features/lineage/Retracted.tsx';
import { Share } from '@/features/sharing/Share.tsx';
import type { DatasetVersionPageQuery } from '@/graphql/generated/graphql.ts';
import type { Problem } from '@/graphql/post.ts';
import { PartialNotice } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day, PageFacts, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Section } from '@/ui/Section.tsx';
import { Skeleton, SkeletonTable } from '@/ui/Skeleton.tsx';
import { ContentMeasurements } from './ContentMeasurements.tsx';

export type Version = Extract<
  NonNullable<DatasetVersionPageQuery['lineageNode']>,
  { __typename: 'DatasetVersion' }
>;

const SECTIONS = [
  { id: 'composition', title: 'Made of' },
  { id: 'content', title: 'Content' },
  { id: 'documents', title: 'Documents' },
  { id: 'lineage', title: 'Where it came from' },
  { id: 'impact', title: 'What it reached' },
  { id: 'claims', title: 'Claims' },
];

export async function DatasetVersionPage(props: {
  version: Version;
  problems: Problem[];
  knownOn: string | null;
  search: DocumentSearch;
}) {
  const { version, knownOn } = props;
  const blocked = await whyBlocked();
  const { dataset } = version;
  return (
    <>
      <PartialNotice problems={props.problems} />
      <PageHeader
        eyebrow={
          <>
            <Link href={paths.datasets()}>Datasets</Link>
            <span aria-hidden="true">/</span>
            <Link href={paths.dataset(dataset.name)}>{dataset.title ?? dataset.name}</Link>
          </>
        }
        title={version.label}
        meta={
          <span>
            <RefLabel value={version.ref} />
            <CitationMark citation={version.citation} of={version.label} />
          </span>
        }
        actions={
          <>
            <Share target={version.id} what="dataset version" sharing={version.sharing} />
            <DisputeRecord target={version.id} what={version.label} blocked={blocked} ofPage />
            <RetractRecord target={version.id} what={version.label} blocked={blocked} isNode />
          </>
        }
      />
      <KnownOn
        at={knownOn}
        now={paths.datasetVersion(dataset.name, version.version)}
        ofNow="the documents and their sightings"
      />
      {version.retractedAt ? <Retracted at={version.retractedAt} /> : null}
      <DisputeNotice disputes={version.disputes} blocked={blocked} />
      <PageFacts
        items={[
          { name: 'Tokens', value: <Count value={version.tokens} /> },
          { name: 'Documents', value: <Count value={version.documents} /> },
          { name: 'Rows', value: <Count value={version.rows} /> },
          { name: 'Bytes', value: <Count value={version.bytes} /> },
          { name: 'Licence', value: version.license ?? <Unknown /> },
          { name: 'Released', value: <Day value={version.releasedAt} /> },
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
          ...(version.synthesizedBy.length
            ? [{ name: 'Written by', value: <Writers version={version} knownOn={knownOn} /> }]
            : []),
          { name: 'Visible to', value: words(version.visibility) },
        ]}
      />
      <div className="mt-5">
        <SectionLinks sections={SECTIONS} />
      </div>
      <MadeOf version={version} knownOn={knownOn} blocked={blocked} />
      <Section id="content" title="Content" note="How much of it carries which tag, and who measured it how.">
        <ContentMeasurements rows={version.contentMeasurements} />
      </Section>
      <Section
        id="documents"
        title="Documents"
        note="The ids and digests of what it holds, without any text, and where training saw them."
        actions={
          <Link href={paths.documents()} className={linkLook}>
            Find a document in all datasets
          </Link>
        }
      >
        <Suspense
          key={JSON.stringify(props.search)}
          fallback={<SkeletonTable rows={4} label="Loading the documents" />}
        >
          <VersionDocuments refOf={version.ref} search={props.search} />
        </Suspense>
      </Section>
      <Section id="lineage" title="Where it came from">
        <Suspense fallback={<Skeleton className="h-80" />}>
          <LineageSection refOf={version.ref} knownOn={knownOn} />
        </Suspense>
      </Section>
      <Section
        id="impact"
        title="What it reached"
        note="Everything that this data went into, as far as it is recorded."
      >
        <Impact impact={version.impact} refOf={version.ref} knownOn={knownOn} />
      </Section>
      <Section
        id="claims"
        title="Claims"
        count={version.claims.length}
        actions={<CorrectClaim nodeRef={version.ref} blocked={blocked} />}
        note="What is said of it, by whom; what conflicts stands side by side."
      >
        <ClaimsTable claims={version.claims} nodeRef={version.ref} blocked={blocked} />
      </Section>
    </>
  );
}

function Writers({ version, knownOn }: { version: Version; knownOn: string | null }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {version.synthesizedBy.map((m) => (
        <RefLink key={m.id} refOf={m.ref} asOf={knownOn}>
          {m.label}
        </RefLink>
      ))}
    </span>
  );
}

const EFFECTS: Record<string, string> = {
  PRESERVES: 'keeps proportions',
  SELECTS: 'selects: proportions may change',
  REWRITES: 'rewrites the text',
  GENERATES: 'generates text',
  UNKNOWN: 'what it did to proportions is not stated',
};

function MadeOf(props: { version: Version; knownOn: string | null; blocked: string | null }) {
  const { version, knownOn, blocked } = props;
  const made = version.transformation;
  // The API may give the transformation's compositions as the version's own, too: each is shown once.
  const ofTransformation = made?.compositions ?? [];
  const seen = new Set(ofTransformation.map((c) => c.id));
  const own = version.compositions.filter((c) => !seen.has(c.id));
  const none = own.length + ofTransformation.length === 0;
  return (
    <Section
      id="composition"
      title="Made of"
      note={
        own.length + ofTransformation.length > 1
          ? 'Several parties’ statements hold at once: shares are ranges over them.'
          : undefined
      }
      actions={
        <CorrectComposition
          nodeRef={made?.ref ?? version.ref}
          output={made ? version.ref : null}
          blocked={blocked}
        />
      }
    >
      <div className="flex flex-col gap-6">
        {made ? (
          <p className="text-sm text-ink-2">
            Made by{' '}
            <Link href={paths.lineage(made.ref, { asOf: knownOn })} className={linkLook}>
              {made.label}
            </Link>
            , which {EFFECTS[made.effect]}
            {made.occurredAt ? (
              <>
                , on <Day value={made.occurredAt} />
              </>
            ) : null}
            .
          </p>
        ) : null}
        {own.map((c) => (
          <CompositionView
            key={c.id}
            composition={c}
            nodeRef={version.ref}
            knownOn={knownOn}
            blocked={blocked}
          />
        ))}
        {made
          ? ofTransformation.map((c) => (
              <CompositionView
                key={c.id}
                composition={c}
                nodeRef={made.ref}
                output={version.ref}
                knownOn={knownOn}
                blocked={blocked}
              />
            ))
          : null}
        {none ? (
          <p className="flex items-center gap-2 text-sm text-ink-2">
            <span
              aria-hidden="true"
              className="hatched inline-block h-4 w-8 rounded-sm border border-line-strong"
            />
            {version.synthesizedBy.length
              ? 'Written by a model; no input data is recorded.'
              : 'What it was made of is not recorded: all of it is unaccounted.'}
          </p>
        ) : null}
      </div>
    </Section>
  );
}
