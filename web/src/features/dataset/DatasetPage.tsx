import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Share } from '@/features/sharing/Share.tsx';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Count, Day, Unknown } from '@/ui/Figure.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { Section } from '@/ui/Section.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

const DATASET = graphql(`
  query DatasetByName($name: String!) {
    dataset(name: $name) {
      id name title description
      sharing { ...SharingFacts }
      versions(first: 100) {
        totalCount
        nodes { id ref version tokens rows documents license releasedAt recordedAt revises { ref version } }
      }
    }
  }
`);

/** A dataset with all its versions. */
export async function DatasetPage({ name }: { name: string }) {
  const answer = await query(DATASET, { name });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This dataset" />;
  const dataset = answer.data.dataset;
  if (!dataset) notFound();
  return (
    <>
      <PageHeader
        eyebrow={<Link href={paths.datasets()}>Datasets</Link>}
        title={dataset.title ?? dataset.name}
        meta={dataset.description ? <p className="max-w-prose">{dataset.description}</p> : null}
        actions={<Share target={dataset.id} what="dataset" sharing={dataset.sharing} />}
      />
      <Section id="versions" title="Versions" count={dataset.versions.totalCount}>
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
            {dataset.versions.nodes.map((v) => (
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
      </Section>
    </>
  );
}
