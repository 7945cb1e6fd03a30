import Link from 'next/link';
import { notFound } from 'next/navigation';
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
import { Table, Td, Th } from '@/ui/Table.tsx';

const DATASET = graphql(`
  query DatasetByName($name: String!, $after: String) {
    dataset(name: $name) {
      id name title description
      sharing { ...SharingFacts }
      versions(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ref version tokens rows documents license releasedAt recordedAt revises { ref version } }
      }
    }
  }
`);

/** A dataset with all its versions. */
export async function DatasetPage({ name, after }: { name: string; after: string | null }) {
  const answer = await query(DATASET, { name, after });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This dataset" />;
  const dataset = answer.data.dataset;
  if (!dataset) notFound();
  const { nodes, totalCount, pageInfo } = dataset.versions;
  return (
    <>
      <PageHeader
        eyebrow={<Link href={paths.datasets()}>Datasets</Link>}
        title={dataset.title ?? dataset.name}
        meta={dataset.description ? <p className="max-w-prose">{dataset.description}</p> : null}
        actions={<Share target={dataset.id} what="dataset" sharing={dataset.sharing} />}
      />
      <Section id="versions" title="Versions" count={totalCount}>
        <Table label="Versions">
          <thead>
            <tr>
              <Th>Version</Th>
              <Th align="right">Tokens</Th>
              <Th align="right">Rows</Th>
              <Th align="right">Documents</Th>
              <Th>Licence</Th>
              <Th>Released</Th>
              <Th>Revises</Th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((v) => (
              <tr key={v.id}>
                <Td>
                  <RefLink refOf={v.ref}>{v.version}</RefLink>
                </Td>
                <Td align="right">
                  <Count value={v.tokens} />
                </Td>
                <Td align="right">
                  <Count value={v.rows} />
                </Td>
                <Td align="right">
                  <Count value={v.documents} />
                </Td>
                <Td>{v.license ?? <Unknown />}</Td>
                <Td>
                  <Day value={v.releasedAt} />
                </Td>
                <Td>
                  {v.revises ? (
                    <RefLink refOf={v.revises.ref}>{v.revises.version}</RefLink>
                  ) : (
                    <span className="text-ink-3">–</span>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
        <PagesOn
          shown={nodes.length}
          of={plural(totalCount, 'version')}
          first={after ? paths.dataset(dataset.name) : null}
          more={pageInfo.hasNextPage ? paths.dataset(dataset.name, { after: pageInfo.endCursor }) : null}
        />
      </Section>
    </>
  );
}
