import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as nextAuth } from '../app/api/auth/[...nextauth]/route.ts';
import { POST } from '../app/api/auth/end-session/route.ts';
import { type HeldSession, sealSession, sessionCookieName } from './session-cookie.ts';
import { signOutHere } from './sign-out.ts';

const { sent } = vi.hoisted(() => ({ sent: { cookie: undefined as string | undefined } }));
vi.mock('server-only', () => ({}));
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ get: () => (sent.cookie ? { value: sent.cookie } : undefined) }),
}));

const held = (accessToken: string, left: number): HeldSession => ({
  handle: `hs_of ${accessToken}`,
  accessToken,
  accessTokenExpiresAt: new Date(Date.now() + left).toISOString(),
  expiresAt: '2999-01-01T00:00:00Z',
  name: 'Ada',
  role: 'VIEWER',
});
const renewed = {
  ...held('a renewed token', 600_000),
  actor: { id: 'ada', name: 'Ada' },
  email: 'a@b.example',
};
const RENEWED = { data: { renewSession: { __typename: 'CreateSessionSuccess', session: renewed } } };
const REVOKED = { data: { revokeSession: { __typename: 'RevokeSessionSuccess' } } };
const failing = (code: string) => ({ errors: [{ message: 'No.', extensions: { code } }] });

/** The API as it answers to a renewal and to a revocation; null where nobody answers. */
function api(renewal: object | null, revocation: object | null) {
  const asked: [string, string | null][] = [];
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
    const field = /mutation \w+[\s\S]*?(\w+)\(input/.exec(String(init.body))?.[1] ?? '';
    asked.push([field, new Headers(init.headers).get('authorization')]);
    const answer = field === 'renewSession' ? renewal : revocation;
    if (answer === null) throw new TypeError('no network');
    return Response.json(answer);
  });
  return asked;
}

const headers = { 'sec-fetch-site': 'same-origin' };
/** Signs out of a session: the route's status, and whether it takes the cookie away. */
async function signOutOf(
  session: HeldSession | null,
  path = '/api/auth/end-session',
  given: object = headers,
) {
  sent.cookie = session ? await sealSession(session) : undefined;
  const request = new NextRequest(`http://here.example${path}`, { method: 'POST', headers: { ...given } });
  const answer = await POST(request);
  const cleared = (answer.headers.get('set-cookie') ?? '').startsWith(`${sessionCookieName()}=;`);
  return { status: answer.status, cleared };
}
const DONE = { status: 204, cleared: true };
const STILL_OPEN = { status: 502, cleared: false };

beforeEach(() => void vi.stubEnv('NEXTAUTH_SECRET', 'a secret for the tests alone'));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('signing out ends the session at the API', () => {
  it('by its token while that lasts', async () => {
    const asked = api(null, REVOKED);
    expect(await signOutOf(held('a token', 600_000))).toEqual(DONE);
    expect(asked).toEqual([['revokeSession', 'Bearer a token']]);
  });

  it('by a renewed token where the cookie’s has run out', async () => {
    const asked = api(RENEWED, REVOKED);
    expect(await signOutOf(held('an old token', -600_000))).toEqual(DONE);
    expect(asked).toEqual([
      ['renewSession', null],
      ['revokeSession', 'Bearer a renewed token'],
    ]);
  });

  it('and asks nothing more where the API no longer knows it', async () => {
    const asked = api(failing('UNAUTHENTICATED'), null);
    expect(await signOutOf(held('another old token', -600_000))).toEqual(DONE);
    expect(asked).toEqual([['renewSession', null]]);
    expect(await signOutOf(null)).toEqual(DONE);
    api(null, failing('UNAUTHENTICATED'));
    expect(await signOutOf(held('a revoked token', 600_000))).toEqual(DONE);
  });

  it('for a page of this site alone', async () => {
    const asked = api(null, REVOKED);
    const foreign = { origin: 'https://other.example', host: 'here.example' };
    expect(await signOutOf(held('a token', 600_000), undefined, foreign)).toEqual({
      status: 403,
      cleared: false,
    });
    expect(asked).toEqual([]);
  });

  it('and there is no other way out, which would leave it open', async () => {
    const request = new NextRequest('http://here.example/api/auth/signout');
    const answer = await nextAuth(request, { params: Promise.resolve({ nextauth: ['signout'] }) });
    expect(answer.status).toBe(404);
  });
});

describe('a session that could not be ended is kept, and not said to be over', () => {
  it.each<[string, HeldSession, object | null, object | null]>([
    ['nobody answers', held('one token', 600_000), null, null],
    ['the API fails', held('one token', 600_000), null, failing('INTERNAL')],
    ['the API says that it did not', held('one token', 600_000), null, { data: { revokeSession: null } }],
    // Refused with a token that has run out: that says nothing of the session.
    ['it is not renewed', held('a late token', -1), failing('RATE_LIMITED'), failing('UNAUTHENTICATED')],
  ])('where %s', async (_why, session, renewal, revocation) => {
    api(renewal, revocation);
    expect(await signOutOf(session)).toEqual(STILL_OPEN);
  });

  it('but this browser can be signed out of it all the same', async () => {
    api(null, null);
    expect(await signOutOf(held('a token', 600_000), '/api/auth/end-session?anyway=1')).toEqual(DONE);
  });
});

describe('a page that signs out', () => {
  /** What the page learns where the web answers so, and where it goes; what was typed is kept beside. */
  async function page(answer: () => Promise<Response>, options?: { anyway: boolean }) {
    const asked: string[] = [];
    const went: string[] = [];
    const kept = new Map([['headwater.draft.ada.new-incident', 'embargoed']]);
    const localStorage = {
      length: kept.size,
      key: (at: number) => [...kept.keys()][at] ?? null,
      removeItem: (key: string) => kept.delete(key),
    };
    vi.stubGlobal('window', {
      localStorage,
      sessionStorage: { length: 0 },
      location: { assign: (to: string) => went.push(to) },
    });
    vi.stubGlobal('fetch', (address: string) => {
      asked.push(address);
      return answer();
    });
    return { said: await signOutHere(options), asked, went, kept: kept.size };
  }

  it('starts afresh once the session is over, and leaves nothing behind that was typed', async () => {
    const answer = async () => new Response(null, { status: 204 });
    expect(await page(answer)).toEqual({
      said: 'signed out',
      asked: ['/api/auth/end-session'],
      went: ['/'],
      kept: 0,
    });
    expect((await page(answer, { anyway: true })).asked).toEqual(['/api/auth/end-session?anyway=1']);
  });

  it('stays where it is and says why not, where the session stays open or nobody answers', async () => {
    const stays = { went: [], kept: 1 };
    expect(await page(async () => new Response(null, { status: 502 }))).toMatchObject({
      said: 'session open',
      ...stays,
    });
    expect(await page(() => Promise.reject(new TypeError('no network')))).toMatchObject({
      said: 'unreachable',
      ...stays,
    });
  });
});
