import { describe, expect, it } from 'vitest';
import { AccessRefusal } from '../platform/refusal.ts';
import { GuardedLookups } from './guarded-lookups.ts';
import type { Viewer } from './viewer.ts';

const KNOWN = { kind: 'principal' } as Viewer;
const NETWORK = '192.0.2.0';
const unknown = () => Promise.reject(new AccessRefusal('UNAUTHENTICATED', 'unknown'));
const down = () => Promise.reject(new Error('no connection'));

/** Looks a header up that names a session, a token, or nothing that could be looked up. */
function looking(most = 3) {
  const lookups = new GuardedLookups(most);
  return (header: string, authenticate: () => Promise<Viewer>) =>
    lookups
      .look(NETWORK, header, {
        credentialOf: (given) => {
          if (given.startsWith('forged')) return null;
          const session = /^session (\d+)/.exec(given)?.[1];
          return { session: session === undefined ? null : BigInt(session) };
        },
        authenticate,
      })
      .then(
        () => 'in',
        (error) => (error instanceof AccessRefusal ? error.code : 'failed'),
      );
}

describe('unknown credentials of a network', () => {
  it('are looked up so many times a minute, beside those that are known', async () => {
    const look = looking();
    expect(await look('token known', async () => KNOWN)).toBe('in');
    const answers = [];
    for (let i = 0; i < 5; i += 1) answers.push(await look(`token ${i}`, unknown));
    expect(answers).toEqual([...Array(3).fill('UNAUTHENTICATED'), 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await look('token known', async () => KNOWN)).toBe('in');
  });

  it('keep out nobody who signed in, whose access token is another every few minutes', async () => {
    const look = looking();
    for (let i = 0; i < 10; i += 1) await look(`token ${i}`, unknown);
    // Neither do the tokens of a session that was revoked, which are genuine.
    for (let i = 0; i < 10; i += 1) await look(`session 1, token ${i}`, unknown);
    expect(await look('session 1, token 10', unknown)).toBe('RATE_LIMITED');
    for (let i = 0; i < 10; i += 1) expect(await look(`session 2, token ${i}`, async () => KNOWN)).toBe('in');
  });

  it('are not those that name nothing to look up', async () => {
    const look = looking();
    for (let i = 0; i < 10; i += 1) expect(await look(`forged ${i}`, unknown)).toBe('UNAUTHENTICATED');
    expect(await look('token 1', async () => KNOWN)).toBe('in');
  });

  it('are not those that a database was asked for that is down', async () => {
    const look = looking();
    for (let i = 0; i < 10; i += 1) expect(await look(`token ${i}`, down)).toBe('failed');
    expect(await look('token 1', async () => KNOWN)).toBe('in');
    expect(await look('token 1', down)).toBe('failed');
    for (let i = 0; i < 3; i += 1) await look(`token other ${i}`, unknown);
    expect(await look('token 1', async () => KNOWN)).toBe('in');
  });
});
