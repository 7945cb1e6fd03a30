import Link from 'next/link';
import { notFound } from 'next/navigation';
import { query } from '@/graphql/execute.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { moment } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { KIND_WORDS } from '../lineage-words.ts';
import { ImpactList } from './ImpactList.tsx';
import { IMPACT_PAGE, ImpactListDocument } from './impact-document.ts';

/** Everything that a node reached, by the team that owns it: a list to be handed out. */
export async function ImpactPage({ refOf, knownOn }: { refOf: string; knownOn: string | null }) {
  const answer = await query(ImpactListDocument, { ref: refOf, knownOn, first: IMPACT_PAGE });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The impact" />;
  const node = answer.data.lineageNode;
  if (!node) notFound();
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <PageHeader
        eyebrow={`Impact of a ${KIND_WORDS[node.kind].toLowerCase()}`}
        title={`What ${node.label} reached`}
        meta={
          <>
            <RefLink refOf={node.ref} asOf={knownOn}>
              {node.ref}
            </RefLink>
            <span>owned by {node.team.name}</span>
            <span>as known on {moment(node.impact.knownOn)}</span>
            <Link
              href={paths.lineage(node.ref, { direction: 'downstream', asOf: knownOn })}
              className={linkLook}
            >
              As a picture
            </Link>
          </>
        }
      />
      <ImpactList refOf={node.ref} knownOn={knownOn} initial={node.impact} />
    </>
  );
}
