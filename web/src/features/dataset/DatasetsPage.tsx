import Link from 'next/link';
import { CatalogueEmpty, CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Count, Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

const LIST = graphql(`
  query Datasets($search: String, $first: Int, $after: String, $last: Int, $before: String) {
    datasets(search: $search, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id name title
        versions(first: 1) { totalCount }
        latestVersion { ref version tokens rows documents license }
      }
    }
  }
`);

export async function DatasetResults({ state }: { state: CatalogueState }) {
  const answer = await query(LIST, pageVariables(state));
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The datasets" />;
  const { nodes, totalCount, pageInfo } = answer.data.datasets;
  if (nodes.length === 0) {
    return (
      <CatalogueEmpty state={state} noun="dataset" clear={paths.datasets()}>
        A dataset appears here when a version of it is registered through the API or comes with an import.
      </CatalogueEmpty>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <Table label="Datasets">
        <thead>
          <tr>
            <Th>Dataset</Th>
            <Th>Latest version</Th>
            <Th align="right">Versions</Th>
            <Th align="right">Tokens</Th>
            <Th align="right">Rows or documents</Th>
            <Th>Licence</Th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((d) => (
            <tr key={d.id}>
              <Td className="min-w-48">
                <Link href={paths.dataset(d.name)} className={`${linkLook} font-medium`}>
                  {d.title ?? d.name}
                </Link>
                {d.title && d.title !== d.name ? <div className="text-xs text-ink-3">{d.name}</div> : null}
              </Td>
              <Td>
                {d.latestVersion ? (
                  <RefLink refOf={d.latestVersion.ref}>{d.latestVersion.version}</RefLink>
                ) : (
                  <Unknown what="none" />
                )}
              </Td>
              <Td align="right">{d.versions.totalCount}</Td>
              <Td align="right">
                <Count value={d.latestVersion?.tokens} />
              </Td>
              <Td align="right">
                <Count value={d.latestVersion?.rows ?? d.latestVersion?.documents} />
              </Td>
              <Td className="max-w-60">{d.latestVersion?.license ?? <Unknown />}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CataloguePages
        noun="dataset"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(page) => paths.datasets({ search: state.search, ...page })}
      />
    </>
  );
}
