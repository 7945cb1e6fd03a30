import { NextRequest } from 'next/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as passOnEvidence } from '../app/api/evidence/[id]/route.ts';
import { POST as takeEvidence } from '../app/api/evidence/route.ts';
import { POST as passOnGraphql } from '../app/api/graphql/route.ts';
import { GET as passOnImport } from '../app/api/imports/[id]/route.ts';
import { GET as passOnIncident } from '../app/api/incidents/[key]/route.ts';
import { query } from '../graphql/execute.ts';
import { ShellViewerDocument } from '../graphql/generated/graphql.ts';
import { proxy } from '../proxy.ts';
import { callerOf } from './caller.ts';
import { createSession, createSessionFromProvider, linkIdentity, revokeSession } from './session-api.ts';
import { type HeldSession, sealSession, sessionCookieName } from './session-cookie.ts';

const FORWARDED = '198.51.100.1, 203.0.113.7';
const AGENT = 'Firefox of the tests';
const SENT = { 'x-forwarded-for': FORWARDED, 'user-agent': AGENT };

const { request } = vi.hoisted(() => ({ request: { cookie: '' } }));
vi.mock('server-only', () => ({}));
vi.mock('next/headers', () => ({
  headers: async () => new Headers(SENT),
  cookies: async () => ({ get: () => ({ value: request.cookie }), set: () => undefined }),
}));

const calls: { path: string; headers: Headers }[] = [];
const session = (left: number): HeldSession => ({
  handle: `hs_${left}`,
  accessToken: 'a token',
  accessTokenExpiresAt: new Date(Date.now() + left).toISOString(),
  expiresAt: '2999-01-01T00:00:00Z',
  name: 'Ada',
  role: 'VIEWER',
});
const asked = (path: string, init: { method?: string; body?: string; cookie?: string } = {}) =>
  new NextRequest(`http://here.example${path}`, {
    method: init.method,
    body: init.body,
    headers: {
      ...SENT,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      ...(init.cookie ? { cookie: `${sessionCookieName()}=${init.cookie}` } : {}),
    },
  });
const of = <Params>(params: Params) => ({ params: Promise.resolve(params) });
const caller = callerOf(new Headers(SENT));
const given = { provider: 'oidc', idToken: 'x', nonce: null, accessToken: null };
beforeAll(() => void vi.stubEnv('NEXTAUTH_SECRET', 'a secret for the tests alone'));
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
beforeEach(async () => {
  calls.length = 0;
  request.cookie = await sealSession(session(3_600_000));
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    calls.push({ path: new URL(address).pathname, headers: new Headers(init.headers) });
    return Response.json({ errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

describe('a request of the web to the API names whose browser it is made for', () => {
  it.each<[string, string, () => Promise<unknown>]>([
    ['a page that is read, and read again as by anybody', '/graphql', () => query(ShellViewerDocument)],
    ['signing in', '/graphql', () => createSession('a@b.example', 'x', caller)],
    [
      'signing in by a provider',
      '/graphql',
      () => createSessionFromProvider({ ...given, invitation: null }, caller),
    ],
    ['linking a provider', '/graphql', () => linkIdentity(given, 'a token', caller)],
    ['signing out', '/graphql', () => revokeSession('a token', caller)],
    [
      'renewing a session before a page',
      '/graphql',
      async () => proxy(asked('/incidents', { cookie: await sealSession(session(1)) })),
    ],
    [
      'renewing a session before a file',
      '/graphql',
      async () => {
        request.cookie = await sealSession(session(2));
        await passOnEvidence(asked('/api/evidence/e1'), of({ id: 'e1' }));
      },
    ],
    [
      'a request of a page',
      '/graphql',
      () => passOnGraphql(asked('/api/graphql', { method: 'POST', body: '{}' })),
    ],
    [
      'a file of evidence on its way in',
      '/evidence',
      () => takeEvidence(asked('/api/evidence?incident=x', { method: 'POST', body: 'words' })),
    ],
    [
      'a file of evidence',
      '/evidence/e%2F1',
      () => passOnEvidence(asked('/api/evidence/e'), of({ id: 'e/1' })),
    ],
    [
      'the file of an import',
      '/import/i1/file',
      () => passOnImport(asked('/api/imports/i1'), of({ id: 'i1' })),
    ],
    [
      'the file of an incident',
      '/export/incident/MBI-2025-0001',
      () => passOnIncident(asked('/api/incidents/x'), of({ key: 'MBI-2025-0001' })),
    ],
  ])('%s', async (_what, path, act) => {
    await act();
    expect(calls.map((call) => call.path)).toContain(path);
    for (const { headers } of calls) {
      expect(headers.get('x-forwarded-for')).toBe(FORWARDED);
      expect(headers.get('user-agent')).toBe(AGENT);
    }
  });
});
