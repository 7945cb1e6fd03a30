import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ask, explain } from '@/graphql/browser.ts';
import type { TranscriptQuery } from '@/graphql/generated/graphql.ts';
import { nextPiece, openPiece } from './read-pieces.ts';
import { TRANSCRIPT } from './transcript-document.ts';

type Sample = Extract<NonNullable<TranscriptQuery['node']>, { __typename: 'EvalSample' }>;
export type Transcript = Sample['transcript'];

/** A piece of a transcript; throws why there is none. */
export async function readPiece(
  id: string,
  reveal: string | null,
  from: number,
  signal?: AbortSignal,
): Promise<Transcript> {
  const answer = await ask(TRANSCRIPT, { id, reveal, from }, signal);
  if (answer.kind !== 'data') throw new Error(explain(answer));
  const { node } = answer.data;
  if (node?.__typename !== 'EvalSample') throw new Error('This sample is not to be found any more.');
  return openPiece(node.transcript, from);
}

/**
 * The whole transcript, which comes a thousand messages at a time; `whole` once all of them are there. Once the ticket
 * has `ended`, nothing more is asked for: what was read stays, and is not taken away by an answer that it is closed.
 */
export function useTranscript(id: string, reveal: string | null, ended: boolean) {
  const found = useInfiniteQuery({
    queryKey: ['transcript', id, reveal],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => readPiece(id, reveal, pageParam, signal),
    getNextPageParam: nextPiece,
    enabled: !ended,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && !ended) void fetchNextPage();
  }, [ended, hasNextPage, isFetching, isError, fetchNextPage]);
  const pages = found.data?.pages ?? [];
  return {
    ...found,
    transcript: pages[0] ?? null,
    messages: pages.flatMap((page) => page.messages),
    whole: pages.length > 0 && !hasNextPage,
  };
}
