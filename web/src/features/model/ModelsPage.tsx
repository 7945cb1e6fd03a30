import Link from 'next/link';
import { CatalogueEmpty, CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

const LIST = graphql(`
  query Models($search: String, $first: Int, $after: String, $last: Int, $before: String) {
    models(search: $search, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { id name title developer versions(first: 4) { totalCount nodes { id ref version } } }
    }
  }
`);

export async function ModelResults({ state }: { state: CatalogueState }) {
  const answer = await query(LIST, pageVariables(state));
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The models" />;
  const { nodes, totalCount, pageInfo } = answer.data.models;
  if (nodes.length === 0) {
    return (
      <CatalogueEmpty state={state} noun="model" clear={paths.models()}>
        A model appears here when a version of it is registered through the API or comes with an import.
      </CatalogueEmpty>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <Table label="Models">
        <thead>
          <tr>
            <Th>Model</Th>
            <Th>Developer</Th>
            <Th align="right">Versions</Th>
            <Th>Latest versions</Th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((m) => (
            <tr key={m.id}>
              <Td className="min-w-44">
                <Link href={paths.model(m.name)} className={`${linkLook} font-medium`}>
                  {m.title ?? m.name}
                </Link>
                {m.title && m.title !== m.name ? <div className="text-xs text-ink-3">{m.name}</div> : null}
              </Td>
              <Td className="min-w-36">{m.developer ?? <Unknown />}</Td>
              <Td align="right">{m.versions.totalCount}</Td>
              <Td className="min-w-44">
                <span className="flex flex-wrap gap-x-3 gap-y-1">
                  {m.versions.nodes.map((v) => (
                    <RefLink key={v.id} refOf={v.ref}>
                      {v.version}
                    </RefLink>
                  ))}
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CataloguePages
        noun="model"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(page) => paths.models({ search: state.search, ...page })}
      />
    </>
  );
}
