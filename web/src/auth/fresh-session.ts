import 'server-only';
import { cookies, headers } from 'next/headers';
import { callerOf } from './caller.ts';
import { renewedWhenDue } from './renewal.ts';
import { currentSession } from './session.ts';
import {
  type HeldSession,
  SESSION_COOKIE_SECONDS,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from './session-cookie.ts';

/** The session, its token renewed where it is about to end: for routes that the proxy does not come before. */
export async function freshSession(): Promise<HeldSession | null> {
  const session = await currentSession();
  if (!session) return null;
  const next = await renewedWhenDue(session, callerOf(await headers()));
  if (next && next !== session) {
    const options = { ...sessionCookieOptions(), maxAge: SESSION_COOKIE_SECONDS };
    (await cookies()).set(sessionCookieName(), await sealSession(next), options);
  }
  return next;
}
