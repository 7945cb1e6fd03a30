import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApi } from '../../testkit/api.ts';
import type { IdentityProvider } from '../../testkit/identity-provider.ts';
import { mutating } from '../../testkit/mutate.ts';
import { NOBODY, type ProviderWorld, providerWorld } from './provider-world.ts';

let world: ProviderWorld;
let provider: IdentityProvider;
let api: TestApi;

beforeAll(async () => {
  world = await providerWorld();
  ({ provider, api } = world);
});
afterAll(() => world.close());

const signedIn = () => world.signedIn();
const linking: ProviderWorld['linking'] = (...args) => world.linking(...args);
const byProvider: ProviderWorld['byProvider'] = (...args) => world.byProvider(...args);

describe('linking an identity to the account of whoever is signed in', () => {
  it('lets them sign in by it from then on', async () => {
    const token = await signedIn();
    expect((await byProvider('ada')).__typename).toBe('NotFoundError');
    expect(await linking(token, 'ada')).toEqual({
      __typename: 'LinkIdentitySuccess',
      issuer: provider.issuer,
    });
    const me = await api.as(await api.withToken(token))('{ viewer { actor { id } account { issuers } } }');
    expect((await byProvider('ada')).session.actor.id).toBe(me.data.viewer.actor.id);
    expect(me.data.viewer.account.issuers).toEqual([provider.issuer]);
  });

  it('takes no identity that an account has, their own included', async () => {
    const first = await signedIn();
    await linking(first, 'taken');
    const refused = { __typename: 'ConflictError', path: ['provider'] };
    expect(await linking(await signedIn(), 'taken')).toMatchObject(refused);
    expect(await linking(first, 'taken')).toMatchObject(refused);
  });

  it('tells them since when, and nobody else', async () => {
    const ways = '{ signInProviders { id linkedAt } }';
    const token = await signedIn();
    const asked = async () => (await api.as(await api.withToken(token))(ways)).data.signInProviders;
    expect(await asked()).toEqual([{ id: 'oidc', linkedAt: null }]);
    await linking(token, 'since');
    const [{ linkedAt }] = await asked();
    expect(Math.abs(Date.now() - Date.parse(linkedAt))).toBeLessThan(600_000);
    const unlinked = { signInProviders: [{ id: 'oidc', linkedAt: null }] };
    expect((await api.anonymous(ways)).data).toEqual(unlinked);
    expect((await api.as(await api.withToken(await signedIn()))(ways)).data).toEqual(unlinked);
  });

  it('asks for the same proofs as signing in: a token for this installation, its nonce, and once', async () => {
    const token = await signedIn();
    const refused = { __typename: 'InputError', path: ['idToken'] };
    const foreign = await provider.token({ sub: 'new', aud: 'another-installation' });
    expect(await linking(token, 'new', { idToken: foreign })).toMatchObject(refused);
    expect(await linking(token, 'new', { nonce: 'another nonce, long enough' })).toMatchObject(refused);
    const idToken = await provider.token({ sub: 'new' });
    expect((await linking(token, 'new', { idToken })).__typename).toBe('LinkIdentitySuccess');
    expect(await linking(token, 'new', { idToken })).toMatchObject(refused);
  });

  it('is refused a quarter of an hour after signing in, and leaves nothing behind', async () => {
    const token = await signedIn();
    await api.records.$executeRawUnsafe(`update session set created_at = now() - interval '16 minutes'
      where id = (select max(id) from session)`);
    expect(await linking(token, 'late')).toMatchObject({ __typename: 'ConflictError', path: [] });
    expect((await byProvider('late')).__typename).toBe('NotFoundError');
  });

  it('is for people who are signed in: neither for the anonymous nor for a token', async () => {
    const input = { provider: 'oidc', idToken: await provider.token({ sub: 'x' }), nonce: provider.nonce };
    await expect(mutating(api, NOBODY)('linkIdentity', input)).rejects.toThrow(/^UNAUTHENTICATED/);
    const person = await api.withToken(await signedIn());
    if (person.kind !== 'principal') throw new Error('Nobody is signed in.');
    const made = await mutating(api, person)('createApiToken', { name: 'tool', scopes: ['read'] }, 'token');
    const tool = await api.withToken(made.token);
    await expect(mutating(api, tool)('linkIdentity', input)).rejects.toThrow(/^FORBIDDEN/);
  });
});
