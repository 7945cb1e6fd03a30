import type { Caller } from '../graphql/call-api.ts';
import { graphql } from '../graphql/generated/index.ts';
import { postDocument } from '../graphql/post.ts';
import type { ProviderTokens } from './providers.ts';
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
    actor { id name }
  }
`);

const CREATE_FROM_PROVIDER = graphql(`
  mutation CreateSessionFromProvider($input: CreateSessionFromProviderInput!) {
    createSessionFromProvider(input: $input) {
      __typename
      ... on CreateSessionSuccess { session { ...HeldSessionParts } }
      ... on Error { message }
      ... on NotFoundError { path }
      ... on ConflictError { path }
    }
  }
`);

const LINK = graphql(`
  mutation LinkIdentity($input: LinkIdentityInput!) {
    linkIdentity(input: $input) {
      __typename
      ... on Error { message }
      ... on ConflictError { path }
    }
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
export type SignInFailure =
  | 'WrongCredentials'
  | 'TooManyAttempts'
  | 'Unreachable'
  | 'Failed'
  | 'NoAccount'
  | 'IdentityUnlinked'
  | 'InvitationGone'
  | 'InvitationForAnother'
  | 'AddressTaken'
  | 'JoinedJustNow'
  | 'AccountRefused'
  | 'ProviderFailed';
export type SignInOutcome = { session: HeldSession } | { failure: SignInFailure };

interface SessionParts {
  handle: string;
  accessToken: string;
  accessTokenExpiresAt: string;
  expiresAt: string;
  role: string;
  actor: { id: string; name: string };
}

const held = (session: SessionParts): HeldSession => ({
  handle: session.handle,
  accessToken: session.accessToken,
  accessTokenExpiresAt: session.accessTokenExpiresAt,
  expiresAt: session.expiresAt,
  actor: session.actor.id,
  name: session.actor.name,
  role: session.role,
});

/** Asks the API to check the password. */
export async function createSession(email: string, password: string, caller: Caller): Promise<SignInOutcome> {
  const answer = await postDocument(CREATE, { input: { email, password } }, { caller });
  if (answer.kind === 'unreachable') return { failure: 'Unreachable' };
  const problems = answer.kind === 'errors' ? answer.errors : [];
  if (problems.some((problem) => problem.code === 'RATE_LIMITED')) return { failure: 'TooManyAttempts' };
  if (problems.some((problem) => problem.code === 'UNAUTHENTICATED')) return { failure: 'WrongCredentials' };
  if (answer.kind === 'errors') return { failure: 'Failed' };
  const result = answer.data.createSession;
  if (result.__typename === 'CreateSessionSuccess') return { session: held(result.session) };
  return { failure: 'WrongCredentials' };
}

/** What a conflict is about, by where it points; one that points nowhere is about the account itself. */
const CONFLICTS: ReadonlyMap<string | undefined, SignInFailure> = new Map([
  ['provider', 'IdentityUnlinked'],
  ['invitation', 'InvitationForAnother'],
  ['email', 'AddressTaken'],
  ['account', 'JoinedJustNow'],
]);

/** Asks the API to check what a provider gave, and whose account that is. */
export async function createSessionFromProvider(
  given: ProviderTokens & { provider: string; invitation: string | null },
  caller: Caller,
): Promise<SignInOutcome> {
  const answer = await postDocument(CREATE_FROM_PROVIDER, { input: given }, { caller });
  if (answer.kind === 'unreachable') return { failure: 'Unreachable' };
  if (answer.kind === 'errors') {
    const isThrottled = answer.errors.some((problem) => problem.code === 'RATE_LIMITED');
    return { failure: isThrottled ? 'TooManyAttempts' : 'Failed' };
  }
  const result = answer.data.createSessionFromProvider;
  switch (result.__typename) {
    case 'CreateSessionSuccess':
      return { session: held(result.session) };
    case 'NotFoundError':
      return { failure: result.path[0] === 'invitation' ? 'InvitationGone' : 'NoAccount' };
    case 'ConflictError':
      return { failure: CONFLICTS.get(result.path[0]) ?? 'AccountRefused' };
    default:
      return { failure: 'ProviderFailed' };
  }
}

/** Why nothing was linked; the account page has a sentence for each. */
export type LinkFailure = 'IdentityTaken' | 'SignInAgain' | 'TooManyAttempts' | 'Unreachable' | 'LinkFailed';

/** Asks the API to let the person of the session sign in by what a provider gave, too; null where it did. */
export async function linkIdentity(
  given: ProviderTokens & { provider: string },
  accessToken: string,
  caller: Caller,
): Promise<LinkFailure | null> {
  const answer = await postDocument(LINK, { input: given }, { caller, accessToken });
  if (answer.kind === 'unreachable') return 'Unreachable';
  if (answer.kind === 'errors') {
    const codes = answer.errors.map((problem) => problem.code);
    if (codes.includes('RATE_LIMITED')) return 'TooManyAttempts';
    return codes.includes('UNAUTHENTICATED') ? 'SignInAgain' : 'LinkFailed';
  }
  const result = answer.data.linkIdentity;
  if (result.__typename === 'LinkIdentitySuccess') return null;
  if (result.__typename !== 'ConflictError') return 'LinkFailed';
  return result.path[0] === 'provider' ? 'IdentityTaken' : 'SignInAgain';
}

/** A new access token for the handle; null where the API no longer knows it, 'unreachable' where it can't be asked. */
export async function renewSession(
  handle: string,
  caller: Caller,
): Promise<HeldSession | null | 'unreachable'> {
  const answer = await postDocument(RENEW, { input: { handle } }, { caller });
  if (answer.kind === 'unreachable') return 'unreachable';
  if (answer.kind === 'errors') {
    return answer.errors.some((problem) => problem.code === 'UNAUTHENTICATED') ? null : 'unreachable';
  }
  const result = answer.data.renewSession;
  return result.__typename === 'CreateSessionSuccess' ? held(result.session) : null;
}

/** Ends the session of the token; whether it is over: the API ended it, or knows it no longer. */
export async function revokeSession(accessToken: string, caller: Caller): Promise<boolean> {
  const answer = await postDocument(REVOKE, { input: { all: false } }, { caller, accessToken });
  if (answer.kind === 'data') return answer.data.revokeSession?.__typename === 'RevokeSessionSuccess';
  return answer.kind === 'errors' && answer.errors.some((problem) => problem.code === 'UNAUTHENTICATED');
}
