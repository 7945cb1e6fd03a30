import { NextRequest } from 'next/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as passOnEvidence } from '../app/api/evidence/[id]/route.ts';
import { POST as passOnGraphql } from '../app/api/graphql/route.ts';
import { GET as passOnIncident } from '../app/api/incidents/[key]/route.ts';
import { loadViewer } from '../features/shell/viewer.ts';
import { proxy } from '../proxy.ts';
import { type HeldSession, sealSession, sessionCookieName } from './session-cookie.ts';
import { NAMES_SOMEBODY, SESSION_ENDED } from './session-headers.ts';

const { behind } = vi.hoisted(() => ({ behind: { request: new Request('http://here.example/') } }));
vi.mock('server-only', () => ({}));
vi.mock('next/headers', async () => {
  const { NextRequest: Asked } = await import('next/server');
  const headers = async () => behind.request.headers;
  const cookies = async () => new Asked('http://here.example/', { headers: behind.request.headers }).cookies;
  return { cookies, headers };
});

const session = (tokenEnds: string, ends = '2999-01-01T00:00:00Z'): HeldSession => ({
  handle: `hs_${tokenEnds} ${ends}`,
  accessToken: 'a token',
  accessTokenExpiresAt: tokenEnds,
  expiresAt: ends,
  name: 'Ada',
  role: 'AUDITOR',
});
const PAST = '2020-01-01T00:00:00Z';
const FUTURE = '2999-01-01T00:00:00Z';

const nobody = { signedIn: false, role: null, actor: null, unreadNotifications: 0 };
const tokens: (string | null)[] = [];

beforeAll(() => void vi.stubEnv('NEXTAUTH_SECRET', 'a secret for the tests alone'));
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
beforeEach(() => {
  tokens.length = 0;
  // An API that has ended every session, and tells anybody what is public.
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
    const token = new Headers(init.headers).get('authorization');
    const renews = String(init.body ?? '').includes('renewSession');
    if (!renews) tokens.push(token);
    return token || renews
      ? Response.json({ errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] })
      : Response.json({ data: { viewer: nobody } });
  });
});

const asked = (path: string, init: { method?: string; cookie?: string; headers?: object } = {}) =>
  new NextRequest(`http://here.example${path}`, {
    method: init.method,
    body: init.method === 'POST' ? '{}' : undefined,
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      ...(init.cookie ? { cookie: `${sessionCookieName()}=${init.cookie}` } : {}),
      ...init.headers,
    },
  });

/** The request as it comes to what is behind the proxy: with the headers that this made of its own. */
async function throughProxy(request: NextRequest): Promise<NextRequest> {
  const { headers } = await proxy(request);
  const names = headers.get('x-middleware-override-headers')?.split(',') ?? [];
  const passed = names.map((name): [string, string] => [
    name,
    headers.get(`x-middleware-request-${name}`) ?? '',
  ]);
  const { method } = request;
  return new NextRequest(request.url, {
    method,
    headers: passed,
    body: method === 'POST' ? '{}' : undefined,
  });
}

const ask = async (cookie: string | undefined, headers?: object) => {
  const request = await throughProxy(asked('/api/graphql', { method: 'POST', cookie, headers }));
  behind.request = request;
  const answer = await passOnGraphql(request);
  const body = (await answer.json()) as { errors?: { extensions: { code: string } }[] };
  return { status: answer.status, code: body.errors?.[0]?.extensions.code ?? null };
};
const REFUSED = { status: 401, code: 'UNAUTHENTICATED' };
const PUBLIC = { status: 200, code: null };

describe('a page whose session has ended', () => {
  it.each([
    ['was revoked, and its token has run out', () => sealSession(session(PAST))],
    ['ran out', () => sealSession(session(PAST, PAST))],
    ['is none of ours', async () => 'no session at all'],
  ])('is refused, and not told what is public as if that were all, where it %s', async (_how, sealed) => {
    expect(await ask(await sealed())).toEqual(REFUSED);
    expect(tokens).toEqual([]);
  });

  it('is refused where another page of the browser has had its cookie taken away', async () => {
    expect(await ask(undefined, { [NAMES_SOMEBODY]: '1' })).toEqual(REFUSED);
  });

  it('is told so when it is read again', async () => {
    behind.request = await throughProxy(asked('/incidents', { cookie: await sealSession(session(PAST)) }));
    expect(await loadViewer()).toMatchObject({ signedIn: false, ended: true, reachable: true });
  });
});

describe('a browser that nobody has signed in with', () => {
  it('is told what is public, whatever it says of an ended session', async () => {
    expect(await ask(undefined)).toEqual(PUBLIC);
    expect(await ask(undefined, { [SESSION_ENDED]: '1' })).toEqual(PUBLIC);
    behind.request = await throughProxy(asked('/', { headers: { [SESSION_ENDED]: '1' } }));
    expect(await loadViewer()).toMatchObject({ signedIn: false, ended: false });
  });
});

describe('a file', () => {
  const of = <Params>(params: Params) => ({ params: Promise.resolve(params) });

  it('of an incident is not given as to anybody where the session has ended', async () => {
    const request = asked('/api/incidents/x', { cookie: await sealSession(session(PAST)) });
    behind.request = await throughProxy(request);
    const answer = await passOnIncident(behind.request as NextRequest, of({ key: 'x' }));
    expect([answer.status, tokens]).toEqual([401, []]);
  });

  it('of evidence neither, which no proxy comes before', async () => {
    const request = asked('/api/evidence/e1', { cookie: await sealSession(session(PAST)) });
    behind.request = request;
    const answer = await passOnEvidence(request, of({ id: 'e1' }));
    expect([answer.status, tokens]).toEqual([401, []]);
  });
});

describe('the cookie of a session', () => {
  it('outlasts it, so that the browser can be told that it has ended', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const renewed = { ...session(FUTURE, soon), actor: { name: 'Ada' }, email: 'a@b.example' };
    vi.stubGlobal('fetch', async () =>
      Response.json({ data: { renewSession: { __typename: 'CreateSessionSuccess', session: renewed } } }),
    );
    const answer = await proxy(asked('/', { cookie: await sealSession(session(PAST)) }));
    const left = /Max-Age=(\d+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
    expect(Number(left)).toBeGreaterThan(20 * 86_400);
  });
});
