import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstAdministrator } from '../../../api/src/access/first-administrator.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  createSession(input: { email: $email, password: $password }) {
    __typename
    ... on CreateSessionSuccess { session { handle accessToken role actor { name } } }
    ... on InputError { message path }
  }
}`;
const MAKE_TOKEN = `mutation ($scopes: [String!]!) {
  createApiToken(input: { name: "tool", scopes: $scopes }) {
    __typename
    ... on CreateApiTokenSuccess { token apiToken { id prefix scopes } }
    ... on InputError { message path }
  }
}`;

describe('sessions and tokens', () => {
  let api: TestApi;
  const account = { email: 'first@example.org', password: 'correct horse battery' };

  beforeAll(async () => {
    api = await testApi();
    await ensureFirstAdministrator(api.services.db, account);
  });
  afterAll(() => api.close());

  it('signs in with the right password, and the token speaks for that person', async () => {
    const { data, errors } = await api.anonymous(SIGN_IN, account);
    expect(errors).toEqual([]);
    expect(data.createSession).toMatchObject({
      __typename: 'CreateSessionSuccess',
      session: { role: 'ADMINISTRATOR' },
    });
    const viewer = await api.withToken(data.createSession.session.accessToken);
    const me = await api.as(viewer)('{ viewer { signedIn actor { name } scopes } }');
    expect(me.data.viewer).toMatchObject({ signedIn: true, actor: { name: 'Administrator' } });
  });

  it('tells a wrong password and an unknown account in the same words', async () => {
    const wrong = await api.anonymous(SIGN_IN, { ...account, password: 'something else entirely' });
    const unknown = await api.anonymous(SIGN_IN, { email: 'nobody@example.org', password: account.password });
    expect(wrong.data.createSession).toMatchObject({ __typename: 'InputError', path: ['password'] });
    expect(unknown.data).toEqual(wrong.data);
  });

  it('stops a revoked session at once, its access token included', async () => {
    const { data } = await api.anonymous(SIGN_IN, account);
    const { accessToken, handle } = data.createSession.session;
    const viewer = await api.withToken(accessToken);
    const ended = await api.as(viewer)(
      'mutation { revokeSession(input: {}) { ... on RevokeSessionSuccess { revoked } } }',
    );
    expect(ended.data.revokeSession).toEqual({ revoked: 1 });
    await expect(api.withToken(accessToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const renewed = await api.anonymous(
      'mutation ($handle: String!) { renewSession(input: { handle: $handle }) { __typename } }',
      { handle },
    );
    expect(renewed.errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  });

  it('throttles an account after ten wrong passwords, the right one included', async () => {
    const email = 'guessed@example.org';
    for (let i = 0; i < 10; i += 1) await api.anonymous(SIGN_IN, { email, password: 'wrong wrong wrong' });
    const next = await api.anonymous(SIGN_IN, { email, password: 'wrong wrong wrong' });
    expect(next.errors).toMatchObject([{ code: 'RATE_LIMITED' }]);
  });

  it('makes a token that does no more than its scopes, and stops when revoked', async () => {
    const person = await api.person('INVESTIGATOR');
    const made = await api.as(person)(MAKE_TOKEN, { scopes: ['read'] });
    const { token, apiToken } = made.data.createApiToken;
    expect(token).toMatch(/^hw_/);
    const tool = await api.withToken(token);
    expect(tool).toMatchObject({ kind: 'principal', actorId: person.actorId });
    const tried = await api.as(tool)('mutation { registerSource(input: { name: "s" }) { __typename } }');
    expect(tried.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    await api.as(person)('mutation ($id: ID!) { revokeApiToken(input: { id: $id }) { __typename } }', {
      id: apiToken.id,
    });
    await expect(api.withToken(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('grants no scope that the maker lacks', async () => {
    const viewer = await api.person('VIEWER');
    const made = await api.as(viewer)(MAKE_TOKEN, { scopes: ['read', 'write:lineage'] });
    expect(made.data.createApiToken).toMatchObject({ __typename: 'InputError', path: ['scopes', '1'] });
  });

  it('refuses a token with one character changed without asking the database', async () => {
    const person = await api.person('REPORTER');
    const { token } = (await api.as(person)(MAKE_TOKEN, { scopes: ['read'] })).data.createApiToken;
    const changed = token.slice(0, 10) + (token[10] === 'A' ? 'B' : 'A') + token.slice(11);
    await expect(api.withToken(changed)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
