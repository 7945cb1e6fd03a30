import { type NextRequest, NextResponse } from 'next/server';
import { LINK_COOKIE, linkCookieOptions, sealLinkIntent } from '@/auth/link-intent.ts';
import { isOurOwn } from '@/auth/own-request.ts';
import { oauthProviders } from '@/auth/providers.ts';
import { currentSession } from '@/auth/session.ts';

/** Notes that the way to a provider that follows is to link it to the account of whoever is signed in. */
export async function POST(request: NextRequest): Promise<Response> {
  if (!isOurOwn(request)) return new Response(null, { status: 403 });
  const session = await currentSession();
  if (!session) return new Response(null, { status: 401 });
  const provider = request.nextUrl.searchParams.get('provider') ?? '';
  if (!oauthProviders().some((one) => one.id === provider)) return new Response(null, { status: 404 });
  const response = new NextResponse(null, { status: 204 });
  response.cookies.set(LINK_COOKIE, await sealLinkIntent(provider, session), linkCookieOptions());
  return response;
}
