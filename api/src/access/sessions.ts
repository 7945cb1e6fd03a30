import { recordEvent } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import type { Tx } from '../platform/database.ts';
import { AccessRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import {
  holdCredential,
  holdEnabled,
  insertSession,
  revokeSessions,
  type SessionRow,
  selectActiveSessions,
  selectCredential,
  selectSession,
  selectSessionByHandle,
} from './access.store.ts';
import { LONGEST_PASSWORD, verifyPassword } from './password.ts';
import { ACCESS_TOKEN_SECONDS, newSessionHandle, signAccessToken } from './secrets.ts';
import { accountOf, countTry } from './sign-in-throttle.ts';
import type { Principal } from './viewer.ts';

/** What a client is given at sign-in and at every renewal; the handle and token are secrets. */
export interface IssuedSession {
  handle: string;
  accessToken: string;
  accessTokenExpiresAt: Date;
  session: SessionRow;
}

const SESSION_DAYS = 14;

/** Signs in by e-mail and password. Throws InputRefusal where they don't fit, RATE_LIMITED after too many tries. */
export async function createSession(
  context: Context,
  input: { email: string; password: string },
): Promise<IssuedSession> {
  const account = accountOf(input.email);
  const attempt = await countTry(context, account);
  const credential = await selectCredential(context.db, account);
  const fits =
    input.password.length <= LONGEST_PASSWORD &&
    (await attempt.answering(() => verifyPassword(input.password, credential)));
  if (!fits || credential === null) throw wrong();
  const issued = await openSession(context, credential.actorId, async (tx) => {
    // Checking took its time: a session opened by a password that was changed meanwhile would outlive the change.
    if (!(await holdCredential(tx, credential.actorId, credential.hash))) throw wrong();
  });
  await attempt.succeeded();
  return issued;
}

const wrong = () => new InputRefusal(['password'], 'The e-mail address and password do not belong together.');

/** Opens a session for whoever has proved to be this actor, by an identity or else; `also` runs in its transaction. */
export async function openSession(
  context: Context,
  actorId: bigint,
  also: (tx: Tx) => Promise<void> = async () => {},
  identityId: bigint | null = null,
): Promise<IssuedSession> {
  const handle = newSessionHandle();
  const sessionId = await context.beyondSight.$transaction(async (tx) => {
    if (!(await holdEnabled(tx, actorId))) throw disabled();
    await also(tx);
    const id = await insertSession(tx, {
      actorId,
      handleDigest: context.digest(handle),
      expiresAt: new Date(Date.now() + SESSION_DAYS * 86_400_000),
      userAgent: context.userAgent?.slice(0, 300) ?? null,
      address: context.address?.slice(0, 100) ?? null,
      identityId,
    });
    const row = await selectSession(tx, id);
    const teamId = row?.teamIds[0];
    if (teamId !== undefined) {
      await recordEvent(tx, { actorId, teamId }, { type: 'SESSION_CREATED' }, { visibility: 'RESTRICTED' });
    }
    return id;
  });
  const session = await selectSession(context.db, sessionId);
  if (session === null) throw disabled();
  return issue(context, handle, session);
}

const disabled = () => new AccessRefusal('UNAUTHENTICATED', 'The account was disabled.');

/** A new access token for a session that still stands. */
export async function renewSession(context: Context, handle: string): Promise<IssuedSession> {
  const session = await selectSessionByHandle(context.db, context.digest(handle));
  if (session === null) throw new AccessRefusal('UNAUTHENTICATED', 'The session has ended: sign in again.');
  return issue(context, handle, session);
}

/** The person who is signed in. A token is for a tool's work: it neither sees nor changes how its owner signs in. */
export function signedInPerson(context: Pick<Context, 'viewer'>): Principal {
  const { viewer } = context;
  if (viewer.kind === 'anonymous') throw new AccessRefusal('UNAUTHENTICATED', 'Sign in to do this.');
  if (viewer.tokenId !== null)
    throw new AccessRefusal('FORBIDDEN', 'This is for whoever is signed in; a token may not do it.');
  return viewer;
}

/** Ends this session, another (`id`), all the others, or all; works at once, since every request reads the row. */
export async function revokeSession(
  context: Context,
  which: { all: boolean; others: boolean; id: bigint | null },
): Promise<number> {
  const viewer = signedInPerson(context);
  if ([which.all, which.others, which.id !== null].filter(Boolean).length > 1)
    throw new InputRefusal(
      [],
      'Say one of id, others and all.',
      'one of the three, or none for this session',
    );
  if (!which.all && which.id === null && viewer.sessionId === null)
    throw new InputRefusal(['all'], 'There is no session of this request.', 'all: true');
  const only = which.all || which.others ? null : (which.id ?? viewer.sessionId);
  const but = which.others ? viewer.sessionId : null;
  return context.beyondSight.$transaction(async (tx) => {
    const revoked = await revokeSessions(tx, viewer.actorId, { only, but });
    if (which.id !== null && revoked === 0)
      throw new NotFoundRefusal(['id'], 'There is no such open session of yours.');
    const teamId = viewer.teamIds[0];
    if (teamId !== undefined) {
      const by = { actorId: viewer.actorId, teamId };
      await recordEvent(tx, by, { type: 'SESSION_REVOKED', sessions: revoked }, { visibility: 'RESTRICTED' });
    }
    return revoked;
  });
}

/** The viewer's open sessions, the one used last first. */
export function activeSessions(context: Context) {
  return selectActiveSessions(context.db, signedInPerson(context).actorId);
}

function issue(context: Context, handle: string, session: SessionRow): IssuedSession {
  const expires = new Date(Math.min(Date.now() + ACCESS_TOKEN_SECONDS * 1000, session.expiresAt.getTime()));
  return {
    handle,
    accessToken: signAccessToken(context.tokenKey, session.sessionId, expires),
    accessTokenExpiresAt: expires,
    session,
  };
}

export type { ActiveSessionRow as ActiveSession } from './access.store.ts';
