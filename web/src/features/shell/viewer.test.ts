import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sealSession, sessionCookieName } from '@/auth/session-cookie.ts';
import { loadViewer } from './viewer.ts';

const { jar } = vi.hoisted(() => ({ jar: { sealed: '' } }));
vi.mock('server-only', () => ({}));
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (name === sessionCookieName() ? { value: jar.sealed } : undefined),
  }),
}));

beforeAll(async () => {
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for the tests alone');
  jar.sealed = await sealSession({
    handle: 'hs_x',
    accessToken: 'a token',
    accessTokenExpiresAt: '2999-01-01T00:00:00Z',
    expiresAt: '2999-01-01T00:00:00Z',
    actor: 'the id of Ada',
    name: 'Ada',
    role: 'AUDITOR',
  });
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const refuse = (code: string, message: string) =>
  vi.stubGlobal('fetch', async () =>
    Response.json({ errors: [{ message, extensions: { code } }] }, { status: 429 }),
  );

describe('who looks', () => {
  it('stays signed in where the API refuses to answer or fails, and hears why', async () => {
    for (const [code, message] of [
      ['RATE_LIMITED', 'Too many requests.'],
      ['INTERNAL', 'It failed.'],
    ] as const) {
      refuse(code, message);
      expect(await loadViewer()).toMatchObject({
        signedIn: true,
        // Whose drafts these are is known without the API.
        id: 'the id of Ada',
        name: 'Ada',
        role: 'AUDITOR',
        ended: false,
        reachable: false,
        refusal: message,
      });
    }
  });

  it('stays signed in where nobody answers', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('no network')));
    expect(await loadViewer()).toMatchObject({ signedIn: true, reachable: false, refusal: null });
  });

  it('is nobody where the API knows the session no longer, and is told that it has ended', async () => {
    const nobody = { signedIn: false, role: null, actor: null, unreadNotifications: 0 };
    vi.stubGlobal('fetch', async (_address: string, init: RequestInit) =>
      new Headers(init.headers).has('authorization')
        ? Response.json({ errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] })
        : Response.json({ data: { viewer: nobody } }),
    );
    expect(await loadViewer()).toMatchObject({ signedIn: false, ended: true, reachable: true });
  });
});
