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
  query Behaviors($search: String, $first: Int, $after: String, $last: Int, $before: String) {
    behaviors(search: $search, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id name title description
        incidents(first: 1) { totalCount }
        measurements(first: 1) { totalCount }
      }
    }
  }
`);

export async function BehaviorResults({ state }: { state: CatalogueState }) {
  const answer = await query(LIST, pageVariables(state));
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The behaviours" />;
  const { nodes, totalCount, pageInfo } = answer.data.behaviors;
  if (nodes.length === 0) {
    return (
      <CatalogueEmpty state={state} noun="behaviour" clear={paths.behaviors()}>
        A behaviour is a category of what a model does, such as blackmail or sandbagging. It is registered
        through the API.
      </CatalogueEmpty>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <Table label="Behaviours">
        <thead>
          <tr>
            <Th>Behaviour</Th>
            <Th className="max-sm:hidden">What it is</Th>
            <Th align="right">Incidents</Th>
            <Th align="right">Measurements</Th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((b) => (
            <tr key={b.id}>
              <Td className="min-w-40">
                <Link href={paths.behavior(b.name)} className={`${linkLook} font-medium`}>
                  {b.title}
                </Link>
                {/* In a narrow window the description stands here, where no column has room for it. */}
                {b.description ? <p className="mt-1 text-xs text-ink-2 sm:hidden">{b.description}</p> : null}
              </Td>
              <Td className="min-w-60 text-ink-2 max-sm:hidden">{b.description ?? <Unknown />}</Td>
              <Td align="right">{b.incidents.totalCount}</Td>
              <Td align="right">{b.measurements.totalCount}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CataloguePages
        noun="behaviour"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(page) => paths.behaviors({ search: state.search, ...page })}
      />
    </>
  );
}
