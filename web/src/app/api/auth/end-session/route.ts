import { type NextRequest, NextResponse } from 'next/server';
import { callerOf } from '@/auth/caller.ts';
import { endSession } from '@/auth/end-session.ts';
import { isOurOwn } from '@/auth/own-request.ts';
import { currentSession } from '@/auth/session.ts';
import { sessionCookieName, sessionCookieOptions } from '@/auth/session-cookie.ts';

/**
 * Signs out: ends the session at the API, and takes its cookie away only once it is over there, for a session without
 * its cookie stays open and can be ended from here no more. With `?anyway=1` the cookie alone goes, as the person chose.
 */
export async function POST(request: NextRequest): Promise<Response> {
  if (!isOurOwn(request)) return new Response(null, { status: 403 });
  const session = request.nextUrl.searchParams.get('anyway') === '1' ? null : await currentSession();
  if (session && !(await endSession(session, callerOf(request.headers))))
    return new Response(null, { status: 502 });
  const response = new NextResponse(null, { status: 204 });
  response.cookies.set(sessionCookieName(), '', { ...sessionCookieOptions(), maxAge: 0 });
  return response;
}
