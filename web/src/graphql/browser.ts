'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { NAMES_SOMEBODY } from '../auth/session-headers.ts';
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

/** What to do where the session of whoever the page names has ended; null where it names nobody. */
let whenEnded: (() => void) | null = null;

/** Says whether the page names somebody as signed in, and who wants to hear that their session has ended. */
export function namesSomebody(hear: (() => void) | null): void {
  whenEnded = hear;
}

/** Asks through this site's own `/api/graphql`, which adds the session; the token never comes here. */
export async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  { anonymous = false }: AskOptions = {},
): Promise<Answer<Data>> {
  const hear = anonymous ? null : whenEnded;
  try {
    const response = await fetch('/api/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(hear ? { [NAMES_SOMEBODY]: '1' } : {}) },
      body: JSON.stringify({ query: document.toString(), variables }),
      credentials: anonymous ? 'omit' : 'same-origin',
      signal,
    });
    const answer = await readAnswer<Data>(response);
    if (answer.kind === 'errors' && answer.errors.some(({ code }) => code === 'UNAUTHENTICATED')) hear?.();
    return answer;
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
