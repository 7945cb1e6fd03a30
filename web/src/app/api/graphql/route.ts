import type { NextRequest } from 'next/server';
import { callerOf } from '@/auth/caller.ts';
import { isOurOwn } from '@/auth/own-request.ts';
import { cameWithSession, currentSession } from '@/auth/session.ts';
import { NAMES_SOMEBODY } from '@/auth/session-headers.ts';
import { postBody } from '@/graphql/post.ts';

const LIMIT_BYTES = 4 * 1024 * 1024;

const refuse = (status: number, code: string, message: string) =>
  Response.json({ errors: [{ message, extensions: { code } }] }, { status });

/** The body's text, or null where it is larger than the limit, without reading on. */
async function readLimited(request: NextRequest): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > LIMIT_BYTES) return null;
  const reader = request.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > LIMIT_BYTES) {
      await reader.cancel();
      return null;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The browser's way to the API: adds the session's token, which the browser never sees. Where a session has ended
 * nothing is asked as by anybody: the page would take what is public for the whole.
 */
export async function POST(request: NextRequest): Promise<Response> {
  if (!isOurOwn(request))
    return refuse(403, 'FORBIDDEN', 'This request did not come from a page of this site.');
  const type = request.headers.get('content-type')?.split(';')[0]?.trim();
  if (type !== 'application/json') return refuse(415, 'BAD_REQUEST', 'Send application/json.');
  const body = await readLimited(request);
  if (body === null) return refuse(413, 'BAD_REQUEST', 'The request is larger than 4 MB.');
  const session = await currentSession();
  if (!session && ((await cameWithSession()) || request.headers.has(NAMES_SOMEBODY)))
    return refuse(401, 'UNAUTHENTICATED', 'The session has ended: sign in again.');
  try {
    const answer = await postBody(body, {
      caller: callerOf(request.headers),
      accessToken: session?.accessToken,
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
