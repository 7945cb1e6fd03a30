import Link from 'next/link';
import { CatalogueEmpty, CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

const LIST = graphql(`
  query Evaluations($search: String, $first: Int, $after: String, $last: Int, $before: String) {
    evaluations(search: $search, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { id name title description versions(first: 1) { totalCount } }
    }
  }
`);

export async function EvaluationResults({ state }: { state: CatalogueState }) {
  const answer = await query(LIST, pageVariables(state));
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The evaluations" />;
  const { nodes, totalCount, pageInfo } = answer.data.evaluations;
  if (nodes.length === 0) {
    return (
      <CatalogueEmpty state={state} noun="evaluation" clear={paths.evaluations()}>
        An evaluation appears here with the first eval log that is imported, or when it is registered through
        the API.
      </CatalogueEmpty>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <Table label="Evaluations">
        <thead>
          <tr>
            <Th>Evaluation</Th>
            <Th className="max-sm:hidden">What it asks</Th>
            <Th align="right">Versions</Th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((e) => (
            <tr key={e.id}>
              <Td className="min-w-44">
                <Link href={paths.evaluation(e.name)} className={`${linkLook} font-medium`}>
                  {e.title ?? e.name}
                </Link>
                {e.title && e.title !== e.name ? <div className="text-xs text-ink-3">{e.name}</div> : null}
                {/* In a narrow window the description stands here, where no column has room for it. */}
                {e.description ? <p className="mt-1 text-xs text-ink-2 sm:hidden">{e.description}</p> : null}
              </Td>
              <Td className="min-w-60 text-ink-2 max-sm:hidden">{e.description ?? <Unknown />}</Td>
              <Td align="right">{e.versions.totalCount}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CataloguePages
        noun="evaluation"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(page) => paths.evaluations({ search: state.search, ...page })}
      />
    </>
  );
}
