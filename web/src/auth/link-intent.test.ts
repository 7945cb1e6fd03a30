import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { linkCookieOptions, openLinkIntent, sealLinkIntent } from './link-intent.ts';
import { type HeldSession, openSession } from './session-cookie.ts';

beforeAll(() => void vi.stubEnv('NEXTAUTH_SECRET', 'a secret for the tests alone'));
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const session = (handle: string): HeldSession => ({
  handle,
  accessToken: 'a token',
  accessTokenExpiresAt: '2999-01-01T00:00:00Z',
  expiresAt: '2999-01-01T00:00:00Z',
  name: 'Ada',
  role: 'VIEWER',
});

describe('the intent to link a provider', () => {
  it('holds for the session that it was made in, and for its provider', async () => {
    const sealed = await sealLinkIntent('oidc', session('one'));
    expect(await openLinkIntent(sealed, session('one'))).toBe('oidc');
    expect(await openLinkIntent(sealed, session('another'))).toBeNull();
    expect(await openLinkIntent(sealed, null)).toBeNull();
  });

  it('is read by nobody and made by nobody else', async () => {
    const sealed = await sealLinkIntent('oidc', session('one'));
    expect(sealed).not.toContain('oidc');
    // Not at the very end, whose last bits stand for nothing.
    const at = sealed.length - 8;
    const forged = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
    expect(await openLinkIntent(forged, session('one'))).toBeNull();
    expect(await openLinkIntent('oidc', session('one'))).toBeNull();
    expect(await openLinkIntent(undefined, session('one'))).toBeNull();
    expect(await openSession(sealed)).toBeNull();
  });

  it('ends after ten minutes, and is kept from scripts and from other sites’ requests', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
    const sealed = await sealLinkIntent('oidc', session('one'));
    vi.setSystemTime(Date.now() + 11 * 60_000);
    expect(await openLinkIntent(sealed, session('one'))).toBeNull();
    expect(linkCookieOptions()).toMatchObject({
      httpOnly: true,
      sameSite: 'lax',
      path: '/api/auth',
      maxAge: 600,
    });
  });
});
