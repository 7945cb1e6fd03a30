import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstAdministrator } from '../../../api/src/access/first-administrator.ts';
import { signAccessToken } from '../../../api/src/access/secrets.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
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

  it('takes no access token that whoever has a copy of the database could sign', async () => {
    const { data } = await api.anonymous(SIGN_IN, account);
    const { sessionId } = (await api.withToken(data.createSession.session.accessToken)) as Principal;
    const [{ key }] = await api.records.$queryRaw<
      [{ key: Uint8Array }]
    >`select token_key as key from installation`;
    const soon = new Date(Date.now() + 60_000);
    const sign = (secret: Uint8Array) => signAccessToken(secret, sessionId!, soon);
    await expect(api.withToken(sign(key))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await api.withToken(sign(api.services.tokenKey))).toMatchObject({ sessionId });
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

  it('lists the open sessions of whoever asks, with where they are used, and ends one of them or all others', async () => {
    const from = { address: '198.51.100.7', userAgent: 'A browser' };
    const signIn = async () =>
      (await api.as({ kind: 'anonymous' }, from)(SIGN_IN, account)).data.createSession.session.accessToken;
    const tokens = [await signIn(), await signIn(), await signIn()] as [string, string, string];
    const asked = await api.as(await api.withToken(tokens[0]))(
      '{ sessions { id current address userAgent } }',
    );
    const { sessions } = asked.data;
    expect(sessions[0]).toMatchObject(from);
    const current = sessions.filter((one: { current: boolean }) => one.current);
    expect(current).toHaveLength(1);
    const END = `mutation ($id: ID, $others: Boolean! = false) { revokeSession(input: { id: $id, others: $others }) {
      ... on RevokeSessionSuccess { revoked } ... on NotFoundError { path } } }`;
    const viewer = await api.withToken(tokens[0]);
    const ended = await api.as(viewer)(END, { id: sessions[0].id });
    expect(ended.data.revokeSession).toEqual({ revoked: 1 });
    await expect(api.withToken(tokens[2])).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const other = await api.as(await api.person('VIEWER'))(END, { id: current[0].id });
    expect(other.data.revokeSession).toEqual({ path: ['id'] });
    await api.as(viewer)(END, { others: true });
    await expect(api.withToken(tokens[1])).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const left = await api.as(await api.withToken(tokens[0]))('{ sessions { current } }');
    expect(left.data.sessions).toEqual([{ current: true }]);
  });

  it('changes a password for whoever knows it, and ends their other sessions with that', async () => {
    const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename
      ... on ChangePasswordSuccess { revoked } ... on InputError { path } } }`;
    const signIn = async (password: string) =>
      (await api.anonymous(SIGN_IN, { ...account, password })).data.createSession;
    const here = (await signIn(account.password)).session.accessToken;
    const there = (await signIn(account.password)).session.accessToken;
    const change = async (currentPassword: string, newPassword: string) =>
      (await api.as(await api.withToken(here))(CHANGE, { input: { currentPassword, newPassword } })).data
        .changePassword;
    const next = 'another horse and battery';
    expect(await change('not the password', next)).toMatchObject({ path: ['currentPassword'] });
    expect(await change(account.password, 'too short')).toMatchObject({ path: ['newPassword'] });
    expect(await change(account.password, next)).toMatchObject({ __typename: 'ChangePasswordSuccess' });
    await expect(api.withToken(there)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await api.withToken(here)).kind).toBe('principal');
    expect(await signIn(account.password)).toMatchObject({ __typename: 'InputError' });
    expect(await signIn(next)).toMatchObject({ __typename: 'CreateSessionSuccess' });
    await change(next, account.password);
  });

  it('lets a token neither see sessions, nor end them, nor change the password', async () => {
    const person = await api.person('ADMINISTRATOR');
    const { token } = (await api.as(person)(MAKE_TOKEN, { scopes: ['read', 'admin'] })).data.createApiToken;
    const tool = api.as(await api.withToken(token));
    for (const operation of [
      '{ sessions { id } }',
      'mutation { revokeSession(input: { all: true }) { __typename } }',
      'mutation { changePassword(input: { currentPassword: "x", newPassword: "y" }) { __typename } }',
    ])
      expect((await tool(operation)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  it('ends all sessions of a person at the word of an administrator', async () => {
    const { accessToken } = (await api.anonymous(SIGN_IN, account)).data.createSession.session;
    const person = await api.withToken(accessToken);
    const id = person.kind === 'principal' ? api.services.ids.encode('Actor', person.actorId) : '';
    const ended = await api.as(await api.person('ADMINISTRATOR'))(
      'mutation ($id: ID!) { revokeMemberSessions(input: { member: $id }) { ... on RevokeMemberSessionsSuccess { revoked member { openSessions } } } }',
      { id },
    );
    expect(ended.data.revokeMemberSessions.member.openSessions).toBe(0);
    expect(ended.data.revokeMemberSessions.revoked).toBeGreaterThan(0);
    await expect(api.withToken(accessToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('throttles an account after ten wrong passwords of a network, the right one included, and of no other', async () => {
    const { email, password } = account;
    const from = (address: string) => api.as({ kind: 'anonymous' }, { address });
    const wrong = { email, password: 'wrong wrong wrong' };
    for (let i = 0; i < 10; i += 1) await from('203.0.113.4')(SIGN_IN, wrong);
    expect((await from('203.0.113.4')(SIGN_IN, account)).errors).toMatchObject([{ code: 'RATE_LIMITED' }]);
    const elsewhere = await from('203.0.113.44')(SIGN_IN, { email, password });
    expect(elsewhere.data.createSession.__typename).toBe('CreateSessionSuccess');
    // Nor does that tell whoever failed that its owner came.
    expect((await from('203.0.113.4')(SIGN_IN, account)).errors).toMatchObject([{ code: 'RATE_LIMITED' }]);
  });

  it('throttles an address, over however many accounts it tries, and no other address', async () => {
    const MALFORMED = `mutation { acceptInvitation(input: { token: "none", name: "x", password: "y" }) { __typename } }`;
    const from = (address: string) => api.as({ kind: 'anonymous' }, { address });
    for (let i = 0; i < 50; i += 1) await from('203.0.113.5')(MALFORMED);
    expect((await from('203.0.113.5')(SIGN_IN, account)).errors).toMatchObject([{ code: 'RATE_LIMITED' }]);
    expect((await from('203.0.113.6')(SIGN_IN, account)).errors).toEqual([]);
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
