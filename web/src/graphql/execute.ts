import 'server-only';
import { headers } from 'next/headers';
import { callerOf } from '../auth/caller.ts';
import { currentSession } from '../auth/session.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import { type Answer, postDocument } from './post.ts';

export type { Answer, Problem } from './post.ts';

const refusesToken = (answer: Answer<unknown>): boolean =>
  answer.kind === 'errors' && answer.errors.some((error) => error.code === 'UNAUTHENTICATED');

/**
 * Asks the API on behalf of whoever is signed in, from server components and route handlers.
 * Where the session was revoked, the public answer is given, as to anybody signed out: the frame of the page says so.
 */
export async function query<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  ...[variables]: [Variables] extends [Record<string, never>] ? [] : [variables: NoInfer<Variables>]
): Promise<Answer<Data>> {
  const [session, head] = await Promise.all([currentSession(), headers()]);
  const caller = callerOf(head);
  const given = (variables ?? {}) as Variables;
  const answer = await postDocument(document, given, { caller, accessToken: session?.accessToken });
  return session && refusesToken(answer) ? postDocument(document, given, { caller }) : answer;
}
