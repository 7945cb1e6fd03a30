import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { type HeldSession, openSession, sessionCookieName } from './session-cookie.ts';
import { SESSION_ENDED } from './session-headers.ts';

/** The session of the request being answered; null where nobody is signed in. Never hand it to the browser. */
export const currentSession = cache(async (): Promise<HeldSession | null> => {
  const jar = await cookies();
  return openSession(jar.get(sessionCookieName())?.value);
});

/** Whether the request came with a session's cookie, whatever became of the session; the proxy takes ended ones away. */
export const cameWithSession = cache(async (): Promise<boolean> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return jar.get(sessionCookieName()) !== undefined || head.has(SESSION_ENDED);
});
