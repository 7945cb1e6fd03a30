import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { authOptions } from './auth-options.ts';
import type { HeldSession } from './session-cookie.ts';

const caller = { address: '203.0.113.7', userAgent: 'Firefox' };
const held = (accessToken: string, left: number): HeldSession => ({
  handle: `hs_of ${accessToken}`,
  accessToken,
  accessTokenExpiresAt: new Date(Date.now() + left).toISOString(),
  expiresAt: '2999-01-01T00:00:00Z',
  name: 'Ada',
  role: 'VIEWER',
});
const renewed = { ...held('a renewed token', 600_000), actor: { name: 'Ada' }, email: 'a@b.example' };

/** Signs out of a session; what the API was asked, and by which token. */
async function signOut(session: HeldSession, renewal: object) {
  const asked: [string, string | null][] = [];
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
    const field = /mutation \w+[\s\S]*?(\w+)\(input/.exec(String(init.body))?.[1] ?? '';
    asked.push([field, new Headers(init.headers).get('authorization')]);
    if (field === 'renewSession') return Response.json(renewal);
    return Response.json({ data: { revokeSession: { __typename: 'RevokeSessionSuccess' } } });
  });
  await authOptions(caller).events?.signOut?.({ token: session, session: undefined as never });
  return asked;
}

beforeAll(() => void vi.stubEnv('NEXTAUTH_SECRET', 'a secret for the tests alone'));
afterEach(() => vi.unstubAllGlobals());

describe('signing out ends the session at the API', () => {
  const taken = { data: { renewSession: { __typename: 'CreateSessionSuccess', session: renewed } } };
  const refused = { errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] };

  it('by its token while that lasts', async () => {
    expect(await signOut(held('a token', 600_000), taken)).toEqual([['revokeSession', 'Bearer a token']]);
  });

  it('by a renewed token where the cookie’s has run out', async () => {
    expect(await signOut(held('an old token', -600_000), taken)).toEqual([
      ['renewSession', null],
      ['revokeSession', 'Bearer a renewed token'],
    ]);
  });

  it('and asks nothing more where the API no longer knows it', async () => {
    expect(await signOut(held('another old token', -600_000), refused)).toEqual([['renewSession', null]]);
  });
});
