import { type NextRequest, NextResponse } from 'next/server';
import { renewedWhenDue } from './auth/renewal.ts';
import {
  openSession,
  sealSession,
  secondsLeft,
  sessionCookieName,
  sessionCookieOptions,
} from './auth/session-cookie.ts';

function contentSecurityPolicy(nonce: string): string {
  const dev = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // Positions of pop-overs and of the lineage picture are style attributes, which no nonce can allow.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Before each page: a nonce for its scripts, and a fresh access token where the old one is about to end,
 * because components cannot write cookies. This is no authorisation: the API decides on every request.
 */
export async function proxy(request: NextRequest) {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const name = sessionCookieName();
  const sealed = request.cookies.get(name)?.value;
  const session = await openSession(sealed);
  const next = session ? await renewedWhenDue(session) : null;
  const fresh = next && next !== session ? await sealSession(next) : null;
  if (fresh) request.cookies.set(name, fresh);
  if (sealed && !next) request.cookies.delete(name);

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (fresh && next) {
    response.cookies.set(name, fresh, { ...sessionCookieOptions(), maxAge: secondsLeft(next) });
  }
  if (sealed && !next) response.cookies.set(name, '', { ...sessionCookieOptions(), maxAge: 0 });
  return response;
}

export const config = {
  // Files of evidence pass by, for a body that goes through here is held in memory and cut off at 10 MB.
  matcher: ['/((?!api/auth|api/evidence|_next/static|_next/image|icon.svg|favicon.ico).*)'],
};
