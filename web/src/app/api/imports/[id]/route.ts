import type { NextRequest } from 'next/server';
import { freshSession } from '@/auth/fresh-session.ts';
import { importFileUrl } from '@/graphql/post.ts';

const PASSED_ON = ['content-type', 'content-length', 'content-disposition', 'repr-digest'];

/** To be kept and never to be shown: whatever it is, this site's pages have nothing to do with it. */
const SAFE = {
  'cache-control': 'no-store',
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
};

/** The kept file of an import, passed on from the API piece by piece. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  if (request.headers.get('sec-fetch-site') === 'cross-site')
    return new Response('Open this from a page of Headwater.', { status: 403, headers: SAFE });
  const session = await freshSession();
  const { id } = await params;
  try {
    const answer = await fetch(importFileUrl(id, request.nextUrl.search), {
      headers: session ? { authorization: `Bearer ${session.accessToken}` } : {},
      signal: request.signal,
      cache: 'no-store',
    });
    const headers = new Headers(SAFE);
    for (const name of PASSED_ON) {
      const value = answer.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    return new Response(answer.body, { status: answer.status, headers });
  } catch {
    return new Response('The Headwater API is not reachable.', { status: 502, headers: SAFE });
  }
}
