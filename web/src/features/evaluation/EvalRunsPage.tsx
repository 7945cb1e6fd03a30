import { CatalogueEmpty, CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { EvalRunTable } from './EvalRunTable.tsx';

const LIST = graphql(`
  query EvalRuns($filter: EvalRunFilter, $first: Int, $after: String, $last: Int, $before: String) {
    evalRuns(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { ...EvalRunRow }
    }
  }
`);

export interface EvalRunsState extends CatalogueState {
  evaluation: string | null;
}

export async function EvalRunResults({ state }: { state: EvalRunsState }) {
  const { evaluation } = state;
  const { search, ...page } = pageVariables(state);
  const answer = await query(LIST, { ...page, filter: search || evaluation ? { search, evaluation } : null });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The eval runs" />;
  const { nodes, totalCount, pageInfo } = answer.data.evalRuns;
  if (nodes.length === 0) {
    return (
      <CatalogueEmpty
        state={state}
        noun="eval run"
        clear={paths.evalRuns({ evaluation })}
        filter={
          evaluation ? { words: `of ${evaluation}`, clear: paths.evalRuns({ search: state.search }) } : null
        }
      >
        Import an eval log with <code className="font-mono">headwater import FILE</code>, or record a run
        through the API.
      </CatalogueEmpty>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <EvalRunTable runs={nodes} />
      <CataloguePages
        noun="eval run"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(next) => paths.evalRuns({ evaluation, search: state.search, ...next })}
      />
    </>
  );
}
