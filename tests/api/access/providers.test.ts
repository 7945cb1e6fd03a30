import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertActor } from '../../../api/src/access/access.store.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import {
  type FakeGithub,
  fakeGithub,
  type IdentityProvider,
  identityProvider,
  newKey,
} from '../../testkit/identity-provider.ts';
import { mutating } from '../../testkit/mutate.ts';
import { untilWaiting } from '../../testkit/until-waiting.ts';

const SIGN_IN = `mutation ($input: CreateSessionFromProviderInput!) {
  result: createSessionFromProvider(input: $input) {
    __typename
    ... on CreateSessionSuccess { session { accessToken role email actor { id name } } }
    ... on InputError { message path }
    ... on NotFoundError { message path }
    ... on ConflictError { message path }
  }
}`;

let provider: IdentityProvider;
let github: FakeGithub;
let api: TestApi;
const app = { clientId: 'headwater-app', clientSecret: 'the secret of the app' };

beforeAll(async () => {
  provider = await identityProvider();
  github = await fakeGithub(app);
  const { issuer, clientId } = provider;
  api = await testApi({
    signIn: {
      oidc: { issuer, clientId, name: 'The lab', domains: ['lab.example'] },
      github: { ...app, url: github.url },
    },
  });
});
afterAll(async () => {
  await api.close();
  await provider.close();
  await github.close();
});

let asked = 0;
async function signIn(input: Record<string, unknown>) {
  asked += 1;
  const from = { address: `192.0.2.${asked}` };
  const { data, errors } = await api.as({ kind: 'anonymous' }, from)(SIGN_IN, { input });
  expect(errors).toEqual([]);
  return data.result;
}
const byOidc = (idToken: string, more: Record<string, unknown> = {}) =>
  signIn({ provider: 'oidc', idToken, nonce: provider.nonce, ...more });

async function invitation(input: Record<string, unknown> = {}): Promise<string> {
  const mutate = mutating(api, await api.person('ADMINISTRATOR'));
  return (await mutate('inviteMember', { role: 'REPORTER', ...input }, 'token')).token;
}

describe('signing in with an OpenID Connect provider', () => {
  it('lets nobody in whom nobody invited', async () => {
    const answer = await byOidc(await provider.token({ sub: 'stranger' }));
    expect(answer).toMatchObject({ __typename: 'NotFoundError', path: [] });
  });

  it('makes the account of an invitation, and finds it again by issuer and subject alone', async () => {
    const email = { email: 'ada@elsewhere.example', email_verified: true };
    const token = await provider.token({ sub: 'ada', name: 'Ada', ...email });
    const first = await byOidc(token, { invitation: await invitation() });
    expect(first).toMatchObject({
      session: { role: 'REPORTER', email: email.email, actor: { name: 'Ada' } },
    });
    const again = await byOidc(await provider.token({ sub: 'ada', email: 'changed@elsewhere.example' }));
    expect(again.session.actor.id).toBe(first.session.actor.id);
    const viewer = await api.withToken(again.session.accessToken);
    const me = await api.as(viewer)('{ viewer { account { hasPassword issuers } } }');
    expect(me.data.viewer.account).toEqual({ hasPassword: false, issuers: [provider.issuer] });
  });

  it('gives an invitation for an address to nobody whose provider verified another, or none', async () => {
    const secret = await invitation({ email: 'grace@elsewhere.example' });
    for (const claims of [
      { sub: 'other', email: 'other@elsewhere.example', email_verified: true },
      { sub: 'unverified', email: 'grace@elsewhere.example', email_verified: false },
      { sub: 'silent' },
    ]) {
      const answer = await byOidc(await provider.token(claims), { invitation: secret });
      expect(answer).toMatchObject({ __typename: 'ConflictError', path: ['invitation'] });
    }
    const grace = { sub: 'grace', email: 'grace@elsewhere.example', email_verified: true };
    const answer = await byOidc(await provider.token(grace), { invitation: secret });
    expect(answer.__typename).toBe('CreateSessionSuccess');
  });

  it('keeps the addresses of its domain from whoever holds an invitation for none', async () => {
    const accept = mutating(api, { kind: 'anonymous' });
    const input = { name: 'Somebody', email: 'Chief@LAB.example', password: 'a password of their own' };
    const open = await accept('acceptInvitation', { ...input, token: await invitation() });
    expect(open).toMatchObject({ __typename: 'InputError', path: ['email'] });
    expect(open.message).toContain('join by The lab');
    const elsewhere = { ...input, email: 'chief@notlab.example', token: await invitation() };
    expect((await accept('acceptInvitation', elsewhere)).__typename).toBe('AcceptInvitationSuccess');
    // An administrator who names the address knows whom they invite.
    const named = { ...input, token: await invitation({ email: input.email }) };
    expect((await accept('acceptInvitation', named)).__typename).toBe('AcceptInvitationSuccess');
  });

  it('takes a verified address of a domain of its own for the account that has it, or for a new viewer', async () => {
    const person = { kind: 'PERSON', name: 'Kept', email: 'kept@lab.example', role: 'INVESTIGATOR' } as const;
    const { actorId } = await insertActor(api.services.db, person);
    const claims = { sub: 'kept', email: 'Kept@lab.example', email_verified: true };
    const linked = await byOidc(await provider.token(claims));
    expect(linked.session.actor.id).toBe(api.services.ids.encode('Actor', actorId));
    const fresh = { sub: 'new', email: 'new@lab.example', email_verified: true };
    expect(await byOidc(await provider.token(fresh))).toMatchObject({ session: { role: 'VIEWER' } });
  });

  it.each([
    ['unverified', { email: 'boss@lab.example', email_verified: false }],
    ['of another domain', { email: 'boss@other.example', email_verified: true }],
    ['of a domain that only ends alike', { email: 'boss@notlab.example', email_verified: true }],
    ['with the domain in the name', { email: '"boss@lab.example"@other.example', email_verified: true }],
  ])('takes over no account by an address that is %s', async (what, claims) => {
    const known = { kind: 'PERSON', name: 'Boss', role: 'ADMINISTRATOR' } as const;
    if (!claims.email.startsWith('"')) {
      const email = claims.email;
      await insertActor(api.services.db, { ...known, email });
    }
    const answer = await byOidc(await provider.token({ sub: `boss ${what}`, ...claims }));
    expect(answer.__typename).toBe('NotFoundError');
  });

  it('asks the userinfo endpoint for the address, and believes it of the same subject only', async () => {
    const claims = { email: 'info@lab.example', email_verified: true };
    provider.userInfo.set('of-info', { sub: 'info', ...claims });
    provider.userInfo.set('of-other', { sub: 'somebody else', ...claims });
    const wrong = await byOidc(await provider.token({ sub: 'info' }), { accessToken: 'of-other' });
    expect(wrong).toMatchObject({ __typename: 'InputError', path: ['idToken'] });
    const right = await byOidc(await provider.token({ sub: 'info' }), { accessToken: 'of-info' });
    expect(right).toMatchObject({ session: { email: 'info@lab.example' } });
  });

  it('says apart that the identity was joined to an account meanwhile, which signing in again finds', async () => {
    const { actorId } = await api.person('REPORTER');
    const idToken = await provider.token({ sub: 'twice' });
    const secret = await invitation();
    let joining: Promise<{ __typename: string }> | undefined;
    await api.records.$transaction(
      async (tx) => {
        await tx.$executeRaw`
          insert into identity (issuer, subject, actor_id) values (${provider.issuer}, 'twice', ${actorId})`;
        joining = byOidc(idToken, { invitation: secret });
        await untilWaiting(api.records, joining);
      },
      { timeout: 20_000 },
    );
    expect(await joining).toMatchObject({ __typename: 'ConflictError', path: ['account'] });
    expect((await byOidc(await provider.token({ sub: 'twice' }))).__typename).toBe('CreateSessionSuccess');
  });

  it('signs in once by each token, however its signature is spelled', async () => {
    const token = await provider.token({ sub: 'ada', jti: 'once' });
    expect((await byOidc(token)).__typename).toBe('CreateSessionSuccess');
    // The last letter of a signature has bits that belong to no byte, so that several letters mean the same.
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(token.at(-1)!);
    const alike = Buffer.from([(last << 2) | 1]).toString('base64url')[0];
    for (const again of [token, `${token}==`, `${token} `, `${token.slice(0, -1)}${alike}`])
      expect(await byOidc(again)).toMatchObject({ __typename: 'InputError', path: ['idToken'] });
  });

  it('keeps of a name what can be kept and shown', async () => {
    const name = `A${'\0'}d\na \u202e${'x'.repeat(194)}🦆`;
    const token = await provider.token({ sub: 'oddly named', name });
    const answer = await byOidc(token, { invitation: await invitation() });
    expect(answer.session.actor.name).toBe(`Ad a ${'x'.repeat(194)}`);
  });

  it('keeps out whose account is disabled', async () => {
    await api.records.$executeRaw`
      update actor set disabled_at = now() where id = (select actor_id from identity where subject = 'grace')`;
    expect((await byOidc(await provider.token({ sub: 'grace' }))).__typename).toBe('ConflictError');
  });

  it('writes no token, nonce or address of a person into the log of events', async () => {
    const events = await api.records.$queryRaw<{ all: string }[]>`
      select string_agg(payload::text, ' ') as all from event`;
    expect(events[0]?.all).toContain(provider.issuer);
    expect(events[0]?.all).not.toMatch(/eyJ|hi_|hs_|@|a nonce/);
  });
});

describe('a token of the provider is refused in the same words', () => {
  const now = Math.floor(Date.now() / 1000);
  const refused = { __typename: 'InputError', path: ['idToken'] };
  const words: string[] = [];
  const expectRefused = (answer: { message: string }) => {
    expect(answer).toMatchObject(refused);
    words.push(answer.message);
  };
  const known = { sub: 'ada' };

  it.each([
    ['has expired', { iat: now - 500, exp: now - 120 }],
    ['is for another audience', { aud: 'another-app' }],
    ['is for several and was issued to another', { aud: ['headwater', 'another-app'], azp: 'another-app' }],
    ['is for several and does not say to whom', { aud: ['headwater', 'another-app'] }],
    ['is of another issuer', { iss: 'https://login.other.example' }],
    ['has another nonce', { nonce: 'another nonce, which is long as well' }],
    ['has no nonce', { nonce: undefined }],
    ['was issued long ago', { iat: now - 3_600, exp: now + 3_600 }],
    ['was issued in the future', { iat: now + 3_600, exp: now + 7_200 }],
    ['is not good yet', { nbf: now + 3_600 }],
    ['names no subject', { sub: '' }],
  ])('when it %s', async (_what, claims) => {
    expectRefused(await byOidc(await provider.token({ ...known, ...claims })));
  });

  it('when it is signed with a key that the provider does not publish, under its name or another', async () => {
    const { privateKey: key } = await newKey();
    expectRefused(await byOidc(await provider.token(known, { key })));
    expectRefused(await byOidc(await provider.token(known, { key, kid: 'second' })));
  });

  it('when it is not signed, or signed with the client as a secret', async () => {
    const { issuer, clientId, nonce } = provider;
    const claims = { iss: issuer, aud: clientId, nonce, ...known, iat: now, exp: now + 300 };
    expectRefused(await byOidc(new UnsecuredJWT(claims).encode()));
    const [, body] = (await provider.token(known)).split('.');
    const { createHmac } = await import('node:crypto');
    const head = Buffer.from('{"alg":"HS256","kid":"first"}').toString('base64url');
    const mac = createHmac('sha256', clientId).update(`${head}.${body}`).digest('base64url');
    expectRefused(await byOidc(`${head}.${body}.${mac}`));
  });

  it('when one character of it is changed, or it is cut short', async () => {
    const token = await provider.token(known);
    const [head, body, signature] = token.split('.') as [string, string, string];
    const other = body[10] === 'A' ? 'B' : 'A';
    expectRefused(await byOidc(`${head}.${body.slice(0, 10)}${other}${body.slice(11)}.${signature}`));
    expectRefused(await byOidc(token.slice(0, -4)));
    expectRefused(await byOidc('not.a.token'));
  });

  it('with no word on which of the checks it failed', () => {
    expect(words.length).toBeGreaterThanOrEqual(18);
    expect(new Set(words).size).toBe(1);
  });
});

describe('signing in with GitHub', () => {
  const byGithub = (accessToken: string, more: Record<string, unknown> = {}) =>
    signIn({ provider: 'github', accessToken, ...more });
  const octo = { clientId: app.clientId, id: 42, login: 'octo', email: 'octo@elsewhere.example' };

  it('makes the account of an invitation, and finds it again by the number of the user', async () => {
    github.tokens.set('gho_1', octo);
    const first = await byGithub('gho_1', { invitation: await invitation() });
    expect(first).toMatchObject({ session: { actor: { name: 'octo' }, email: octo.email } });
    github.tokens.set('gho_2', { ...octo, login: 'renamed' });
    expect((await byGithub('gho_2')).session.actor.id).toBe(first.session.actor.id);
  });

  it('refuses a token that GitHub issued to another app, whoever it is of', async () => {
    github.tokens.set('gho_other', { ...octo, clientId: 'another-app' });
    expect(await byGithub('gho_other')).toMatchObject({ __typename: 'InputError', path: ['accessToken'] });
    expect(github.tokens.has('gho_other')).toBe(true);
  });

  it('uses the token up, so that it signs nobody in a second time', async () => {
    github.tokens.set('gho_3', octo);
    expect((await byGithub('gho_3')).__typename).toBe('CreateSessionSuccess');
    expect(await byGithub('gho_3')).toMatchObject({ __typename: 'InputError', path: ['accessToken'] });
  });

  it('joins nobody by the address, however well verified', async () => {
    github.tokens.set('gho_4', { ...octo, id: 43, email: 'kept@lab.example' });
    expect((await byGithub('gho_4')).__typename).toBe('NotFoundError');
  });

  it('takes no address for an open invitation that the provider of its domain opens the account of', async () => {
    github.tokens.set('gho_5', { ...octo, id: 44, email: 'chief@lab.example' });
    const left = await byGithub('gho_5', { invitation: await invitation() });
    expect(left).toMatchObject({ __typename: 'CreateSessionSuccess', session: { email: null } });
    const claims = { sub: 'chief', email: 'chief@lab.example', email_verified: true };
    const chief = await byOidc(await provider.token(claims));
    expect(chief.__typename).toBe('CreateSessionSuccess');
    expect(chief.session.actor.id).not.toBe(left.session.actor.id);
    // An administrator who names the address knows whom they invite.
    github.tokens.set('gho_6', { ...octo, id: 45, email: 'deputy@lab.example' });
    const named = await invitation({ email: 'deputy@lab.example' });
    expect(await byGithub('gho_6', { invitation: named })).toMatchObject({
      session: { email: 'deputy@lab.example' },
    });
  });

  it('does not take the number of one provider for the subject of another', async () => {
    const answer = await byOidc(await provider.token({ sub: '42' }));
    expect(answer.__typename).toBe('NotFoundError');
  });
});

it('names the providers to whoever is not signed in, and nothing else of them', async () => {
  const { data } = await api.anonymous('{ signInProviders { id name } }');
  expect(data.signInProviders).toEqual([
    { id: 'oidc', name: 'The lab' },
    { id: 'github', name: 'GitHub' },
  ]);
});

it('refuses a provider that is not set up, and one that does not answer', async () => {
  const bare = await testApi({
    signIn: { oidc: { issuer: 'http://127.0.0.1:9', clientId: 'c', name: 'x', domains: [] }, github: null },
  });
  try {
    for (const input of [
      { provider: 'github', accessToken: 'x' },
      { provider: 'oidc', idToken: 'a.b.c', nonce: provider.nonce },
      { provider: 'saml' },
    ]) {
      const { data } = await bare.anonymous(SIGN_IN, { input });
      expect(data.result).toMatchObject({ __typename: 'InputError', path: ['provider'] });
    }
  } finally {
    await bare.close();
  }
});
