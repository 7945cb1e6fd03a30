import { recordEvent } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import { AccessRefusal, InputRefusal } from '../platform/refusal.ts';
import {
  insertSession,
  revokeSessions,
  type SessionRow,
  selectCredential,
  selectSession,
  selectSessionByHandle,
} from './access.store.ts';
import { LONGEST_PASSWORD, verifyPassword } from './password.ts';
import { ACCESS_TOKEN_SECONDS, newSessionHandle, signAccessToken } from './secrets.ts';
import { Throttle } from './throttle.ts';

/** What a client is given at sign-in and at every renewal; the handle and token are secrets. */
export interface IssuedSession {
  handle: string;
  accessToken: string;
  accessTokenExpiresAt: Date;
  session: SessionRow;
}

const SESSION_DAYS = 14;
const QUARTER_HOUR = 15 * 60_000;
const perAccount = new Throttle(10, QUARTER_HOUR);
const perAddress = new Throttle(50, QUARTER_HOUR);

/** Signs in by e-mail and password. Throws InputRefusal where they don't fit, RATE_LIMITED after too many tries. */
export async function createSession(
  context: Context,
  input: { email: string; password: string },
): Promise<IssuedSession> {
  const now = Date.now();
  const account = input.email.trim().toLowerCase().slice(0, 320);
  const address = context.address ?? 'local';
  const wait = Math.max(perAccount.wait(account, now), perAddress.wait(address, now));
  if (wait > 0)
    throw new AccessRefusal('RATE_LIMITED', `Too many tries: wait ${wait} seconds and try again.`, wait);
  // Counted before the slow check, so that many tries at once are counted too.
  perAccount.fail(account, now);
  perAddress.fail(address, now);
  const credential = await selectCredential(context.db, account);
  const fits =
    input.password.length <= LONGEST_PASSWORD && (await verifyPassword(input.password, credential));
  if (!fits || credential === null) {
    throw new InputRefusal(['password'], 'The e-mail address and password do not belong together.');
  }
  perAccount.succeed(account);
  const handle = newSessionHandle();
  const sessionId = await context.beyondSight.$transaction(async (tx) => {
    const id = await insertSession(tx, {
      actorId: credential.actorId,
      handleDigest: context.digest(handle),
      expiresAt: new Date(now + SESSION_DAYS * 86_400_000),
      userAgent: context.userAgent?.slice(0, 300) ?? null,
    });
    const row = await selectSession(tx, id);
    const teamId = row?.teamIds[0];
    if (teamId !== undefined) {
      const by = { actorId: credential.actorId, teamId };
      await recordEvent(tx, by, { type: 'SESSION_CREATED' }, { visibility: 'RESTRICTED' });
    }
    return id;
  });
  const session = await selectSession(context.db, sessionId);
  if (session === null) throw new AccessRefusal('UNAUTHENTICATED', 'The account was disabled.');
  return issue(context, handle, session);
}

/** A new access token for a session that still stands. */
export async function renewSession(context: Context, handle: string): Promise<IssuedSession> {
  const session = await selectSessionByHandle(context.db, context.digest(handle));
  if (session === null) throw new AccessRefusal('UNAUTHENTICATED', 'The session has ended: sign in again.');
  return issue(context, handle, session);
}

/** Ends this session, or all of the viewer's; works at once, since every request reads the session's row. */
export async function revokeSession(context: Context, all: boolean): Promise<number> {
  const { viewer } = context;
  if (viewer.kind === 'anonymous') throw new AccessRefusal('UNAUTHENTICATED', 'There is no session to end.');
  if (!all && viewer.sessionId === null)
    throw new InputRefusal(['all'], 'A token has no session of its own.', 'all: true');
  return context.beyondSight.$transaction(async (tx) => {
    const revoked = await revokeSessions(tx, viewer.actorId, all ? null : viewer.sessionId);
    const teamId = viewer.teamIds[0];
    if (teamId !== undefined) {
      const by = { actorId: viewer.actorId, teamId };
      await recordEvent(tx, by, { type: 'SESSION_REVOKED', sessions: revoked }, { visibility: 'RESTRICTED' });
    }
    return revoked;
  });
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
