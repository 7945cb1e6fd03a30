import { graphql } from '../graphql/generated/index.ts';
import { postDocument } from '../graphql/post.ts';
import type { HeldSession } from './session-cookie.ts';

const CREATE = graphql(`
  mutation CreateSession($input: CreateSessionInput!) {
    createSession(input: $input) {
      __typename
      ... on CreateSessionSuccess { session { ...HeldSessionParts } }
      ... on Error { message }
    }
  }
  fragment HeldSessionParts on Session {
    handle accessToken accessTokenExpiresAt expiresAt role email
    actor { name }
  }
`);

const RENEW = graphql(`
  mutation RenewSession($input: RenewSessionInput!) {
    renewSession(input: $input) {
      __typename
      ... on CreateSessionSuccess { session { ...HeldSessionParts } }
      ... on Error { message }
    }
  }
`);

const REVOKE = graphql(`
  mutation RevokeSession($input: RevokeSessionInput!) {
    revokeSession(input: $input) { __typename }
  }
`);

/** Why nobody was signed in; the sign-in page has a sentence for each. */
export type SignInFailure = 'WrongCredentials' | 'TooManyAttempts' | 'Unreachable' | 'Failed';
export type SignInOutcome = { session: HeldSession } | { failure: SignInFailure };

interface SessionParts {
  handle: string;
  accessToken: string;
  accessTokenExpiresAt: string;
  expiresAt: string;
  role: string;
  actor: { name: string };
}

const held = (session: SessionParts): HeldSession => ({
  handle: session.handle,
  accessToken: session.accessToken,
  accessTokenExpiresAt: session.accessTokenExpiresAt,
  expiresAt: session.expiresAt,
  name: session.actor.name,
  role: session.role,
});

/** Asks the API to check the password. `address` is the caller's, for the API's throttle. */
export async function createSession(
  email: string,
  password: string,
  address?: string,
): Promise<SignInOutcome> {
  const answer = await postDocument(CREATE, { input: { email, password } }, { address });
  if (answer.kind === 'unreachable') return { failure: 'Unreachable' };
  const problems = answer.kind === 'errors' ? answer.errors : [];
  if (problems.some((problem) => problem.code === 'RATE_LIMITED')) return { failure: 'TooManyAttempts' };
  if (problems.some((problem) => problem.code === 'UNAUTHENTICATED')) return { failure: 'WrongCredentials' };
  if (answer.kind === 'errors') return { failure: 'Failed' };
  const result = answer.data.createSession;
  if (result.__typename === 'CreateSessionSuccess') return { session: held(result.session) };
  return { failure: 'WrongCredentials' };
}

/** A new access token for the handle; null where the API no longer knows it, 'unreachable' where it can't be asked. */
export async function renewSession(handle: string): Promise<HeldSession | null | 'unreachable'> {
  const answer = await postDocument(RENEW, { input: { handle } });
  if (answer.kind === 'unreachable') return 'unreachable';
  if (answer.kind === 'errors') {
    return answer.errors.some((problem) => problem.code === 'UNAUTHENTICATED') ? null : 'unreachable';
  }
  const result = answer.data.renewSession;
  return result.__typename === 'CreateSessionSuccess' ? held(result.session) : null;
}

export async function revokeSession(accessToken: string): Promise<void> {
  await postDocument(REVOKE, { input: { all: false } }, { accessToken });
}
