import type { Services } from '../context.ts';
import { AccessRefusal } from '../platform/refusal.ts';
import {
  type AccountRow,
  type SessionRow,
  selectAdministrator,
  selectSession,
  useApiToken,
} from './access.store.ts';
import { isApiToken, readAccessToken } from './secrets.ts';
import { ANONYMOUS, type Principal, ROLE_SCOPES, type Scope, type Viewer } from './viewer.ts';

/**
 * Who sends this Authorization header. None: anonymous. One that is expired, revoked or unknown: an AccessRefusal,
 * never silently anonymous, so that nobody takes a public answer for the whole one.
 */
export async function authenticate(services: Services, header: string | undefined): Promise<Viewer> {
  if (header === undefined || header === '') return ANONYMOUS;
  const credential = readCredential(services, header);
  if (credential === null) throw refused();
  if (credential.session === null) {
    const row = await useApiToken(services.db, services.digest(credential.token));
    if (row === null) throw refused();
    return principal(row, new Set(row.scopes), null, row.tokenId);
  }
  const session = await selectSession(services.db, credential.session);
  if (session === null) throw refused();
  return sessionPrincipal(session);
}

/** What an Authorization header names, as far as that can be told without the database; null where it can name nothing. */
export function readCredential(
  { tokenKey }: Pick<Services, 'tokenKey'>,
  header: string,
): { token: string; session: bigint | null } | null {
  const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(header)?.[1];
  if (token === undefined) return null;
  if (token.startsWith('hw_')) return isApiToken(token) ? { token, session: null } : null;
  const session = readAccessToken(tokenKey, token, new Date());
  return session === null ? null : { token, session };
}

/** Whoever signed in, with all that their role allows. */
export const sessionPrincipal = (session: SessionRow): Principal =>
  principal(session, new Set(ROLE_SCOPES[session.role]), session.sessionId, null);

/** The first administrator, for commands run by whoever owns the data folder; null before there is one. */
export async function localAdministrator(services: Services): Promise<Principal | null> {
  const row = await selectAdministrator(services.db);
  return row && principal(row, new Set(ROLE_SCOPES[row.role]), null, null);
}

function principal(
  row: AccountRow,
  scopes: ReadonlySet<Scope>,
  sessionId: bigint | null,
  tokenId: bigint | null,
): Principal {
  return {
    kind: 'principal',
    actorId: row.actorId,
    actorKind: row.kind,
    name: row.name,
    role: row.role,
    teamIds: row.teamIds,
    scopes,
    sessionId,
    tokenId,
  };
}

function refused(): AccessRefusal {
  return new AccessRefusal(
    'UNAUTHENTICATED',
    'The session or token is unknown, expired or revoked: sign in again.',
  );
}
