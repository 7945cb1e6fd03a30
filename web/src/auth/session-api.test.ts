import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSessionFromProvider } from './session-api.ts';

const given = { provider: 'oidc', idToken: 'x', nonce: 'y', accessToken: null, invitation: null };
const caller = { address: null, userAgent: null };

/** Why nobody is signed in where the API answers so. */
async function failureOf(answer: object): Promise<string> {
  vi.stubGlobal('fetch', async () => Response.json(answer));
  const outcome = await createSessionFromProvider(given, caller);
  return 'failure' in outcome ? outcome.failure : 'none';
}

const refused = (__typename: string, path: string[]) =>
  failureOf({ data: { createSessionFromProvider: { __typename, message: 'No.', path } } });

afterEach(() => vi.unstubAllGlobals());

describe('why a provider signed nobody in', () => {
  it.each([
    ['NotFoundError', ['invitation'], 'InvitationGone'],
    ['NotFoundError', [], 'NoAccount'],
    ['ConflictError', ['provider'], 'IdentityUnlinked'],
    ['ConflictError', ['invitation'], 'InvitationForAnother'],
    ['ConflictError', ['email'], 'AddressTaken'],
    ['ConflictError', ['account'], 'JoinedJustNow'],
    ['ConflictError', [], 'AccountRefused'],
    ['InputError', ['idToken'], 'ProviderFailed'],
  ])('is told apart by the answer’s kind and path: %s of %j', async (kind, path, failure) => {
    expect(await refused(kind, path)).toBe(failure);
  });

  it('tells too many tries from a failure of the server', async () => {
    const of = (code: string) => failureOf({ errors: [{ message: 'No.', extensions: { code } }] });
    expect(await of('RATE_LIMITED')).toBe('TooManyAttempts');
    expect(await of('INTERNAL')).toBe('Failed');
  });
});
