import type { NextRequest } from 'next/server';
import { callerOf } from '@/auth/caller.ts';
import { freshSession } from '@/auth/fresh-session.ts';
import { cameWithSession } from '@/auth/session.ts';
import { callApi } from './call-api.ts';

const PASSED_ON = ['content-type', 'content-length', 'content-disposition', 'repr-digest'];

/** To be kept and never to be shown: whatever it is, this site's pages have nothing to do with it. */
const SAFE = {
  'cache-control': 'no-store',
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
};

/** A file of the API at this path, passed on piece by piece to whoever is signed in, from pages of this site alone. */
export async function passOnFile(request: NextRequest, path: string): Promise<Response> {
  if (request.headers.get('sec-fetch-site') === 'cross-site')
    return new Response('Open this from a page of Headwater.', { status: 403, headers: SAFE });
  const session = await freshSession();
  if (!session && (await cameWithSession()))
    return new Response('Your session has ended. Sign in again.', { status: 401, headers: SAFE });
  try {
    const answer = await callApi(path, {
      caller: callerOf(request.headers),
      accessToken: session?.accessToken,
      signal: request.signal,
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
