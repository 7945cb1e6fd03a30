import 'server-only';
import { cookies } from 'next/headers';
import { renewedWhenDue } from './renewal.ts';
import { currentSession } from './session.ts';
import {
  type HeldSession,
  sealSession,
  secondsLeft,
  sessionCookieName,
  sessionCookieOptions,
} from './session-cookie.ts';

/** The session, its token renewed where it is about to end: for routes that the proxy does not come before. */
export async function freshSession(): Promise<HeldSession | null> {
  const session = await currentSession();
  if (!session) return null;
  const next = await renewedWhenDue(session);
  if (next && next !== session) {
    const options = { ...sessionCookieOptions(), maxAge: secondsLeft(next) };
    (await cookies()).set(sessionCookieName(), await sealSession(next), options);
  }
  return next;
}
