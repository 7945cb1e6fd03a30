import { Plus } from 'lucide-react';
import Link from 'next/link';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { plural } from '@/ui/numbers.ts';
import { Choosing } from './Choosing.tsx';
import { IncidentFilters } from './IncidentFilters.tsx';
import { IncidentTable } from './IncidentTable.tsx';
import { changed, isFiltered, type ListState, listVariables } from './list-state.ts';
import { PeekPanel } from './PeekPanel.tsx';

const LIST = graphql(`
  query IncidentList(
    $search: String, $filter: IncidentFilter, $orderBy: IncidentOrder
    $first: Int, $after: String, $last: Int, $before: String
  ) {
    incidents(search: $search, filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { ...IncidentRow }
    }
  }
  fragment IncidentRow on Incident {
    id ref key title severity status setting occurredAt
    behaviors { name title }
    modelVersions { ref label }
  }
`);

export const fileButton = (
  <Button asChild look="primary">
    <Link href={paths.newIncident()}>
      <Plus aria-hidden />
      File an incident
    </Link>
  </Button>
);

const pageLink = 'rounded-md border border-line-strong bg-surface px-3 py-1 hover:bg-sunken';

/** The rows for the state in the address, and one of them beside, if it is peeked at. */
export async function IncidentResults({ state }: { state: ListState }) {
  const answer = await query(LIST, listVariables(state));
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The incidents" />;
  const { nodes, totalCount, pageInfo } = answer.data.incidents;
  if (nodes.length === 0) {
    return isFiltered(state) ? (
      <EmptyState
        kind="no-match"
        title="No incident matches"
        action={
          <Button asChild>
            <Link href={paths.incidents()}>Clear search and filters</Link>
          </Button>
        }
      >
        Nothing that you may see fits the search and the filters.
      </EmptyState>
    ) : (
      <EmptyState kind="none" title="No incidents yet" action={fileButton}>
        Record what a model did, with the evidence; the lineage back to its data follows from there.
      </EmptyState>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <Choosing count={<span>{plural(totalCount, 'incident')}</span>}>
            <IncidentTable rows={nodes} state={state} />
          </Choosing>
          <nav aria-label="Pages" className="mt-3 flex items-center gap-3 text-sm text-ink-2">
            <span className="ml-auto flex gap-2">
              {pageInfo.hasPreviousPage ? (
                <Link
                  className={pageLink}
                  href={changed(state, { before: pageInfo.startCursor, after: null, peek: null })}
                >
                  Previous
                </Link>
              ) : null}
              {pageInfo.hasNextPage ? (
                <Link
                  className={pageLink}
                  href={changed(state, { after: pageInfo.endCursor, before: null, peek: null })}
                >
                  Next
                </Link>
              ) : null}
            </span>
          </nav>
        </div>
        {state.peek ? (
          <PeekPanel state={state} keys={nodes.map((node) => node.key ?? node.ref)} peeked={state.peek} />
        ) : null}
      </div>
    </>
  );
}

export function IncidentFilterBar({ state }: { state: ListState }) {
  return <IncidentFilters state={state} />;
}
