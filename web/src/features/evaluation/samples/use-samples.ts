import { useInfiniteQuery } from '@tanstack/react-query';
import { ask, explain } from '@/graphql/browser.ts';
import type { RunSamplesQuery } from '@/graphql/generated/graphql.ts';
import type { SampleListState } from '@/navigation/paths.ts';
import { toArguments } from './sample-filters.ts';
import { SAMPLES } from './samples-document.ts';

type Run = Extract<NonNullable<RunSamplesQuery['lineageNode']>, { __typename: 'EvalRun' }>;
export type SampleRow = Run['samples']['nodes'][number];

/** The samples that meet the filters, page by page as they are scrolled to. */
export function useSamples(ref: string, state: SampleListState) {
  const filters = toArguments(state);
  const found = useInfiniteQuery({
    queryKey: ['samples', ref, filters],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const answer = await ask(SAMPLES, { ref, after: pageParam, ...filters }, signal);
      if (answer.kind !== 'data') throw new Error(explain(answer));
      const node = answer.data.lineageNode;
      if (node?.__typename !== 'EvalRun') throw new Error('This eval run is not to be found any more.');
      return node.samples;
    },
    getNextPageParam: (page) => (page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null),
  });
  const pages = found.data?.pages ?? [];
  return {
    ...found,
    rows: pages.flatMap((page) => page.nodes),
    totalCount: pages[0]?.totalCount ?? null,
  };
}
