import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { PagesOn } from '@/features/catalogue/PagesOn.tsx';
import { Share } from '@/features/sharing/Share.tsx';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Count, Day, Unknown } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { Section } from '@/ui/Section.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { ModelBehaviors } from './ModelBehaviors.tsx';

const MODEL = graphql(`
  query ModelByName($name: String!, $after: String) {
    model(name: $name) {
      id name title developer description
      sharing { ...SharingFacts }
      versions(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ref version releasedAt trainedTokens incidents(first: 1) { totalCount } evalRuns(first: 1) { totalCount } }
      }
    }
  }
`);

/** A model with its versions. */
export async function ModelPage({ name, after }: { name: string; after: string | null }) {
  const answer = await query(MODEL, { name, after });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This model" />;
  const model = answer.data.model;
  if (!model) notFound();
  const { nodes, totalCount, pageInfo } = model.versions;
  return (
    <>
      <PageHeader
        eyebrow={<Link href={paths.models()}>Models</Link>}
        title={model.title ?? model.name}
        meta={
          <>
            <span>{model.developer ?? <Unknown what="developer not recorded" />}</span>
            {model.description ? <p className="w-full max-w-prose">{model.description}</p> : null}
          </>
        }
        actions={<Share target={model.id} what="model" sharing={model.sharing} />}
      />
      <Section id="versions" title="Versions" count={totalCount}>
        <Table label="Versions">
          <thead>
            <tr>
              <Th>Version</Th>
              <Th>Released</Th>
              <Th align="right">Tokens seen</Th>
              <Th align="right">Eval runs</Th>
              <Th align="right">Incidents</Th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((v) => (
              <tr key={v.id}>
                <Td>
                  <RefLink refOf={v.ref}>{v.version}</RefLink>
                </Td>
                <Td>
                  <Day value={v.releasedAt} />
                </Td>
                <Td align="right">
                  <Count value={v.trainedTokens} />
                </Td>
                <Td align="right">{v.evalRuns.totalCount}</Td>
                <Td align="right">{v.incidents.totalCount}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
        <PagesOn
          shown={nodes.length}
          of={plural(totalCount, 'version')}
          first={after ? paths.model(model.name) : null}
          more={pageInfo.hasNextPage ? paths.model(model.name, { after: pageInfo.endCursor }) : null}
        />
      </Section>
      <Section
        id="behaviours"
        title="Behaviours"
        note="What was measured of its versions. What is left out of a rate is said with each."
      >
        <Suspense fallback={<Skeleton className="h-48" />}>
          <ModelBehaviors name={model.name} title={model.title ?? model.name} />
        </Suspense>
      </Section>
    </>
  );
}
