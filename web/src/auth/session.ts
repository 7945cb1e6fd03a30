import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { type HeldSession, openSession, sessionCookieName } from './session-cookie.ts';

/** The session of the request being answered; null where nobody is signed in. Never hand it to the browser. */
export const currentSession = cache(async (): Promise<HeldSession | null> => {
  const jar = await cookies();
  return openSession(jar.get(sessionCookieName())?.value);
});
