import { afterEach, describe, expect, it, vi } from 'vitest';
import { sessionCookieName, sessionCookieOptions } from './session-cookie.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the cookie of a session', () => {
  it('is this host’s alone on https: no other host of the domain can have set it, and none is sent it', () => {
    vi.stubEnv('NEXTAUTH_URL', 'https://headwater.example');
    expect(sessionCookieName()).toBe('__Host-headwater.session');
    // What a browser asks of a cookie of that name; a domain it must not have.
    expect(sessionCookieOptions()).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true });
  });

  it('tells instances of one host apart by their port', () => {
    vi.stubEnv('NEXTAUTH_URL', 'https://headwater.example:8443');
    expect(sessionCookieName()).toBe('__Host-headwater.session.8443');
    vi.stubEnv('NEXTAUTH_URL', 'http://localhost:3000');
    expect(sessionCookieName()).toBe('headwater.session.3000');
    expect(sessionCookieOptions()).toMatchObject({ secure: false });
  });
});
