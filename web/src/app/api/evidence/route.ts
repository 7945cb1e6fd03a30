import type { NextRequest } from 'next/server';
import { callerOf } from '@/auth/caller.ts';
import { freshSession } from '@/auth/fresh-session.ts';
import { isOurOwn } from '@/auth/own-request.ts';
import { callApi } from '@/graphql/call-api.ts';

const refuse = (status: number, code: string, message: string) =>
  Response.json({ error: { code, message } }, { status });

const PASSED_ON = [
  'content-type',
  'content-length',
  'x-title',
  'x-filename',
  'x-warning',
  'x-citation',
  'idempotency-key',
];

/** A file on its way to the API: passed on piece by piece with the session's token, which the browser never sees. */
export async function POST(request: NextRequest): Promise<Response> {
  if (!isOurOwn(request))
    return refuse(403, 'FORBIDDEN', 'This request did not come from a page of this site.');
  const session = await freshSession();
  if (!session) return refuse(401, 'UNAUTHENTICATED', 'Sign in to add evidence.');
  const headers = new Headers();
  for (const name of PASSED_ON) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  try {
    const answer = await callApi(`/evidence${request.nextUrl.search}`, {
      caller: callerOf(request.headers),
      accessToken: session.accessToken,
      method: 'POST',
      headers,
      body: request.body,
      duplex: 'half',
      signal: request.signal,
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    });
  } catch {
    return refuse(502, 'UNREACHABLE', 'The Headwater API is not reachable.');
  }
}
