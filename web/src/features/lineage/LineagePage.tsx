import Link from 'next/link';
import { notFound } from 'next/navigation';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Section } from '@/ui/Section.tsx';
import { CompositionView } from './CompositionView.tsx';
import { whyBlocked } from './can-write.ts';
import { LineageSection } from './LineageSection.tsx';
import { KIND_WORDS } from './lineage-words.ts';

const NODE = graphql(`
  query LineageNodePage($ref: NodeRef!, $knownOn: DateTime) {
    lineageNode(ref: $ref) {
      __typename
      id ref label kind
      ... on TrainingRun { stage objective compositions(knownOn: $knownOn) { ...CompositionWhole } }
      ... on Transformation { effect compositions(knownOn: $knownOn) { ...CompositionWhole } }
    }
  }
`);

/** The lineage of any node by itself; training runs and transformations have their whole page here. */
export async function LineagePage(props: {
  refOf: string;
  direction: 'UPSTREAM' | 'DOWNSTREAM';
  knownOn: string | null;
}) {
  const answer = await query(NODE, { ref: props.refOf, knownOn: props.knownOn });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The lineage" />;
  const node = answer.data.lineageNode;
  if (!node) notFound();
  const own = paths.ofRef(node.ref);
  const page = own.startsWith('/lineage/') ? null : own;
  const compositions = 'compositions' in node ? node.compositions : [];
  const blocked = await whyBlocked();
  const down = props.direction === 'DOWNSTREAM';
  return (
    <>
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
            <Link
              href={`${paths.lineage(node.ref)}${down ? '' : '?direction=downstream'}`}
              className={linkLook}
            >
              {down ? 'Show where it came from' : 'Show what it reached'}
            </Link>
          </>
        }
      />
      <Section id="lineage" title={down ? 'What it reached' : 'Where it came from'}>
        <LineageSection refOf={node.ref} direction={props.direction} knownOn={props.knownOn} />
      </Section>
      {compositions.length ? (
        <Section id="composition" title="Inputs">
          <div className="flex flex-col gap-6">
            {compositions.map((c) => (
              <CompositionView key={c.id} composition={c} nodeRef={node.ref} blocked={blocked} />
            ))}
          </div>
        </Section>
      ) : null}
    </>
  );
}
