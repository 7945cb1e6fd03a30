'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TypedDocumentString } from './generated/graphql.ts';
import { type Answer, type Problem, readAnswer } from './post.ts';

export type { Answer, Problem } from './post.ts';

export interface AskOptions {
  /**
   * Asks without the session. For what a link's own secret opens, whoever is signed in: a session that was ended since
   * would have it refused, and an ended session is what such links are often made for.
   */
  anonymous?: boolean;
}

/** Asks through this site's own `/api/graphql`, which adds the session; the token never comes here. */
export async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  { anonymous = false }: AskOptions = {},
): Promise<Answer<Data>> {
  try {
    const response = await fetch('/api/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document.toString(), variables }),
      credentials: anonymous ? 'omit' : 'same-origin',
      signal,
    });
    return await readAnswer<Data>(response);
  } catch (error) {
    if (signal?.aborted) throw error;
    return {
      kind: 'unreachable',
      message: 'Headwater is not reachable. Check the connection and try again.',
    };
  }
}

/** Why an answer has no data, in one sentence. */
export function explain(answer: Exclude<Answer<unknown>, { kind: 'data' }>): string {
  if (answer.kind === 'unreachable') return answer.message;
  const [first] = answer.errors;
  return first ? describeProblem(first) : 'The request failed.';
}

export function describeProblem(problem: Problem): string {
  switch (problem.code) {
    case 'UNAUTHENTICATED':
      return 'Your session has ended. Sign in again in another tab; what you typed is kept.';
    case 'RATE_LIMITED':
      return 'Too many requests. Wait a moment and try again.';
    default:
      return problem.requestId ? `${problem.message} (request ${problem.requestId})` : problem.message;
  }
}

/** A query from a client component; throws what `explain` says where there is no data. */
export function useGraphQL<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  options: { enabled?: boolean; keepPrevious?: boolean } = {},
) {
  return useQuery<Data>({
    queryKey: [document.toString(), variables],
    enabled: options.enabled,
    placeholderData: options.keepPrevious ? keepPreviousData : undefined,
    queryFn: async ({ signal }) => {
      const answer = await ask(document, variables, signal);
      if (answer.kind === 'data') return answer.data;
      throw new Error(explain(answer));
    },
  });
}
