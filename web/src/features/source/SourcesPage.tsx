import { CatalogueEmpty, CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

const LIST = graphql(`
  query Sources($search: String, $first: Int, $after: String, $last: Int, $before: String) {
    sources(search: $search, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { id ref label title description license }
    }
  }
`);

export async function SourceResults({ state }: { state: CatalogueState }) {
  const answer = await query(LIST, pageVariables(state));
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The sources" />;
  const { nodes, totalCount, pageInfo } = answer.data.sources;
  if (nodes.length === 0) {
    return (
      <CatalogueEmpty state={state} noun="source" clear={paths.sources()}>
        A source is where data first came from: a crawl, a publisher, a book corpus. It appears here when it
        is registered through the API.
      </CatalogueEmpty>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <Table label="Sources">
        <thead>
          <tr>
            <Th>Source</Th>
            <Th>What it is</Th>
            <Th>Licence</Th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((s) => (
            <tr key={s.id}>
              <Td className="min-w-44">
                <RefLink refOf={s.ref} className="font-medium">
                  {s.title ?? s.label}
                </RefLink>
              </Td>
              <Td className="min-w-60 text-ink-2">{s.description ?? <Unknown />}</Td>
              <Td className="min-w-28">{s.license ?? <Unknown />}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CataloguePages
        noun="source"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(page) => paths.sources({ search: state.search, ...page })}
      />
    </>
  );
}
