import { type NextRequest, NextResponse } from 'next/server';
import { callerOf } from './auth/caller.ts';
import { renewedWhenDue } from './auth/renewal.ts';
import {
  openSession,
  SESSION_COOKIE_SECONDS,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from './auth/session-cookie.ts';
import { SESSION_ENDED } from './auth/session-headers.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** For a year, this host only by https; said only where the site itself is served so. */
const STRICT_TRANSPORT = 'max-age=31536000';

/**
 * Before each page: a nonce for its scripts, and a fresh access token where the old one is about to end,
 * because components cannot write cookies. This is no authorisation: the API decides on every request.
 */
export async function proxy(request: NextRequest) {
  const nonce = btoa(crypto.randomUUID());
  const secure = process.env.NEXTAUTH_URL?.startsWith('https://') ?? false;
  const policy = contentSecurityPolicy(nonce, { dev: process.env.NODE_ENV === 'development', secure });
  const name = sessionCookieName();
  const sealed = request.cookies.get(name)?.value;
  const session = await openSession(sealed);
  const next = session ? await renewedWhenDue(session, callerOf(request.headers)) : null;
  const fresh = next && next !== session ? await sealSession(next) : null;
  const ended = Boolean(sealed) && !next;
  if (fresh) request.cookies.set(name, fresh);
  if (ended) request.cookies.delete(name);

  const headers = new Headers(request.headers);
  // Without its cookie it looks like anybody's, to whom what is public is all that there is.
  headers.delete(SESSION_ENDED);
  if (ended) headers.set(SESSION_ENDED, '1');
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (secure) response.headers.set('strict-transport-security', STRICT_TRANSPORT);
  if (fresh) {
    response.cookies.set(name, fresh, { ...sessionCookieOptions(), maxAge: SESSION_COOKIE_SECONDS });
  }
  if (ended) response.cookies.set(name, '', { ...sessionCookieOptions(), maxAge: 0 });
  return response;
}

export const config = {
  // Files of evidence pass by, for a body that goes through here is held in memory and cut off at 10 MB. Whole addresses
  // alone do: any other is a page, be it the one that says that there is none, and stands under the policy.
  matcher: ['/((?!api/auth/|api/evidence(?:/[^/]+)?$|_next/static/|_next/image$|icon\\.svg$).*)'],
};
