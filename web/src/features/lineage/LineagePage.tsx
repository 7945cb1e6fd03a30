import Link from 'next/link';
import { notFound } from 'next/navigation';
import { query } from '@/graphql/execute.ts';
import type { LineageNodePageQuery } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Section } from '@/ui/Section.tsx';
import { ClaimsTable } from './ClaimsTable.tsx';
import { CompositionView } from './CompositionView.tsx';
import { whyBlocked } from './can-write.ts';
import { CorrectClaim } from './corrections/CorrectClaim.tsx';
import { CorrectComposition } from './corrections/CorrectComposition.tsx';
import { DisputeRecord } from './corrections/DisputeRecord.tsx';
import { RetractRecord } from './corrections/RetractRecord.tsx';
import { DirectionLinks } from './DirectionLinks.tsx';
import { DisputeNotice } from './Disputes.tsx';
import type { Direction } from './explorer-state.ts';
import { KnownOn } from './KnownOn.tsx';
import { LineageSection } from './LineageSection.tsx';
import { KIND_WORDS } from './lineage-words.ts';
import { Retracted } from './Retracted.tsx';

const NODE = graphql(`
  query LineageNodePage($ref: NodeRef!, $knownOn: DateTime) {
    lineageNode(ref: $ref) {
      __typename
      id ref label kind
      ... on TrainingRun {
        stage objective retractedAt
        disputes(knownOn: $knownOn) { ...DisputeFacts }
        compositions(knownOn: $knownOn) { ...CompositionWhole }
        claims(knownOn: $knownOn) { ...ClaimRow }
      }
      ... on Transformation {
        effect retractedAt
        disputes(knownOn: $knownOn) { ...DisputeFacts }
        outputs { id ref label }
        compositions(knownOn: $knownOn) { ...CompositionWhole }
        claims(knownOn: $knownOn) { ...ClaimRow }
      }
    }
  }
`);

/** The lineage of any node by itself; training runs and transformations have their whole page here. */
export async function LineagePage(props: { refOf: string; direction: Direction; knownOn: string | null }) {
  const answer = await query(NODE, { ref: props.refOf, knownOn: props.knownOn });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The lineage" />;
  const node = answer.data.lineageNode;
  if (!node) notFound();
  const own = paths.ofRef(node.ref, { asOf: props.knownOn });
  const page = own.startsWith('/lineage/') ? null : own;
  const activity = node.__typename === 'TrainingRun' || node.__typename === 'Transformation' ? node : null;
  const blocked = await whyBlocked();
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <PageHeader
        eyebrow={KIND_WORDS[node.kind]}
        title={node.label}
        meta={
          <>
            <RefLabel value={node.ref} />
            {node.__typename === 'TrainingRun' ? (
              <span>
                {words(node.stage)}
                {node.objective ? `: ${node.objective}` : ''}
              </span>
            ) : null}
            {page ? (
              <Link href={page} className={linkLook}>
                Its page
              </Link>
            ) : null}
            <Link href={paths.impact(node.ref, { asOf: props.knownOn })} className={linkLook}>
              Its impact, by owner
            </Link>
          </>
        }
        actions={
          activity ? (
            <>
              <DisputeRecord target={node.id} what={node.label} blocked={blocked} ofPage />
              <RetractRecord target={node.id} what={node.label} blocked={blocked} isNode />
            </>
          ) : undefined
        }
      />
      <KnownOn at={props.knownOn} now={paths.lineage(node.ref, { direction: DIRECTIONS[props.direction] })} />
      {activity?.retractedAt ? <Retracted at={activity.retractedAt} /> : null}
      {activity ? <DisputeNotice disputes={activity.disputes} blocked={blocked} /> : null}
      <Section
        id="lineage"
        title={TITLES[props.direction]}
        actions={<DirectionLinks refOf={node.ref} now={props.direction} knownOn={props.knownOn} />}
      >
        <LineageSection refOf={node.ref} direction={props.direction} knownOn={props.knownOn} />
      </Section>
      {activity ? <Records of={activity} knownOn={props.knownOn} blocked={blocked} /> : null}
    </>
  );
}

const DIRECTIONS = { UPSTREAM: undefined, DOWNSTREAM: 'downstream', BOTH: 'both' } as const;

const TITLES: Record<Direction, string> = {
  UPSTREAM: 'Where it came from',
  DOWNSTREAM: 'What it reached',
  BOTH: 'Where it came from, and what it reached',
};

type Activity = Extract<
  NonNullable<LineageNodePageQuery['lineageNode']>,
  { __typename: 'TrainingRun' | 'Transformation' }
>;

/** What an activity used and what is said of it, with the ways to put either right: it has no other page. */
function Records(props: { of: Activity; knownOn: string | null; blocked: string | null }) {
  const { of: activity, knownOn, blocked } = props;
  // Of a transformation with several outputs, a statement has to say which it is about.
  const outputs = activity.__typename === 'Transformation' ? activity.outputs : [];
  const output = outputs.length === 1 ? (outputs[0]?.ref ?? null) : null;
  const many = outputs.length > 1;
  return (
    <>
      <Section
        id="composition"
        title="Inputs"
        note={activity.compositions.length > 1 ? 'Several parties’ statements hold at once.' : undefined}
        actions={
          many ? null : <CorrectComposition nodeRef={activity.ref} output={output} blocked={blocked} />
        }
      >
        {activity.compositions.length === 0 ? (
          <p className="flex items-center gap-2 text-sm text-ink-2">
            <span
              aria-hidden="true"
              className="hatched inline-block h-4 w-8 rounded-sm border border-line-strong"
            />
            What it used is not recorded: all of it is unaccounted.
          </p>
        ) : null}
        {many ? (
          <p className="mb-3 text-sm text-ink-2">
            It made several dataset versions; each has its statement on its own page.
          </p>
        ) : null}
        <div className="flex flex-col gap-6">
          {activity.compositions.map((c) => (
            <CompositionView
              key={c.id}
              composition={c}
              nodeRef={activity.ref}
              output={output}
              knownOn={knownOn}
              blocked={many ? 'Correct it on the page of the dataset version that it is about.' : blocked}
            />
          ))}
        </div>
      </Section>
      <Section
        id="claims"
        title="Claims"
        count={activity.claims.length}
        actions={<CorrectClaim nodeRef={activity.ref} blocked={blocked} />}
      >
        <ClaimsTable claims={activity.claims} nodeRef={activity.ref} blocked={blocked} />
      </Section>
    </>
  );
}
