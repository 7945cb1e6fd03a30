import { type NextRequest, NextResponse } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/auth/auth-options.ts';
import { callerOf } from '@/auth/caller.ts';
import { freshSession } from '@/auth/fresh-session.ts';
import { INVITATION_COOKIE } from '@/auth/invitation-cookie.ts';
import { LINK_COOKIE, linkCookieOptions, openLinkIntent } from '@/auth/link-intent.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

async function linking(sealed: string) {
  const session = await freshSession();
  const provider = await openLinkIntent(sealed, session);
  return session && provider ? { provider, session } : null;
}

async function answer(request: NextRequest, context: Context): Promise<Response> {
  const [action] = (await context.params).nextauth;
  // Its own way out takes the cookie away and leaves the session open where the API does not answer.
  if (action === 'signout') return new Response(null, { status: 404 });
  const invitation = request.cookies.get(INVITATION_COOKIE)?.value ?? null;
  const intent = request.cookies.get(LINK_COOKIE)?.value;
  const link = intent ? await linking(intent) : null;
  const options = authOptions(callerOf(request.headers), invitation, link);
  const given: Response = await NextAuth(request as never, context as never, options);
  if (!intent || action !== 'callback') return given;
  // Whatever came of it, an intent is good for one way there and back.
  const response = new NextResponse(given.body, given);
  response.cookies.set(LINK_COOKIE, '', linkCookieOptions(0));
  return response;
}

export { answer as GET, answer as POST };
