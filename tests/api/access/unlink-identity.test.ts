import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutating } from '../../testkit/mutate.ts';
import { NOBODY, type ProviderWorld, providerWorld } from './provider-world.ts';

const OWN_DOMAIN = 'own.example';
const GITHUB = { clientId: 'app', clientSecret: 'secret', url: 'https://github.example' };
let world: ProviderWorld;
let issuer: string;

beforeAll(async () => {
  world = await providerWorld({ domains: [OWN_DOMAIN], github: GITHUB });
  issuer = world.provider.issuer;
});
afterAll(() => world.close());

const unlinking = async (token: string, of = issuer) =>
  mutating(world.api, await world.api.withToken(token))('unlinkIdentity', { issuer: of }, 'issuer revoked');
const ask = async (token: string, query: string) => {
  const { data, errors } = await world.api.as(await world.api.withToken(token))(query);
  expect(errors).toEqual([]);
  return data;
};
const works = async (token: string) =>
  world.api.withToken(token).then(
    () => true,
    () => false,
  );
/** Somebody new who came by the provider alone, with an invitation: the access token. */
async function joined(sub: string): Promise<string> {
  const invite = mutating(world.api, await world.api.person('ADMINISTRATOR'));
  const { token: invitation } = await invite('inviteMember', { role: 'REPORTER' }, 'token');
  return (await world.byProvider(sub, { invitation })).session.accessToken;
}
const IDENTITIES =
  '{ viewer { identities { issuer linkedAt canUnlink { allowed reason } } account { issuers } } }';

describe('unlinking an identity', () => {
  it('signs nobody in by it any more, whatever else speaks for them, and is told as done', async () => {
    const token = await world.signedIn();
    await world.linking(token, 'ada');
    const { viewer } = await ask(token, IDENTITIES);
    expect(viewer.identities).toEqual([
      { issuer, linkedAt: expect.any(String), canUnlink: { allowed: true, reason: null } },
    ]);
    expect(await unlinking(token)).toEqual({ __typename: 'UnlinkIdentitySuccess', issuer, revoked: 0 });
    expect((await ask(token, IDENTITIES)).viewer).toEqual({ identities: [], account: { issuers: [] } });
    const refused = { __typename: 'ConflictError', path: ['provider'] };
    expect(await world.byProvider('ada')).toMatchObject(refused);
    const invite = mutating(world.api, await world.api.person('ADMINISTRATOR'));
    const { token: invitation } = await invite('inviteMember', { role: 'REPORTER' }, 'token');
    expect(await world.byProvider('ada', { invitation })).toMatchObject(refused);
    const claims = { email: `ada@${OWN_DOMAIN}`, email_verified: true };
    expect(await world.byProvider('ada', { claims })).toMatchObject(refused);
    const told = await world.api.records.event.findFirst({ where: { type: 'IDENTITY_UNLINKED' } });
    expect(told).toMatchObject({ payload: { issuer, sessions: 0 }, visibility: 'RESTRICTED' });
  });

  it('keeps the row, and lets the same person link it anew, nobody else', async () => {
    const token = await world.signedIn();
    await world.linking(token, 'again');
    await unlinking(token);
    expect(await world.linking(await world.signedIn(), 'again')).toMatchObject({
      __typename: 'ConflictError',
      path: ['provider'],
    });
    expect((await world.linking(token, 'again')).__typename).toBe('LinkIdentitySuccess');
    expect((await world.byProvider('again')).__typename).toBe('CreateSessionSuccess');
    const rows = await world.api.records.identity.findMany({
      where: { subject: 'again' },
      orderBy: { id: 'asc' },
    });
    expect(rows.map((row) => row.unlinkedAt !== null)).toEqual([true, false]);
    await expect(
      world.api.records.$executeRaw`update identity set unlinked_at = null where id = ${rows[0]!.id}`,
    ).rejects.toThrow();
  });

  it('ends the sessions that were opened by it, but not the one that asks, nor those opened another way', async () => {
    const byPassword = await world.signedIn();
    await world.linking(byPassword, 'grace');
    const [first, second] = [await world.byProvider('grace'), await world.byProvider('grace')];
    const tokens = [first.session.accessToken, second.session.accessToken];
    expect(await unlinking(tokens[0])).toMatchObject({ __typename: 'UnlinkIdentitySuccess', revoked: 1 });
    expect(await Promise.all([byPassword, ...tokens].map(works))).toEqual([true, true, false]);
  });

  it('is refused for the last way to sign in, and says so before it is asked for', async () => {
    const token = await joined('only');
    const { viewer } = await ask(token, IDENTITIES);
    const { allowed, reason } = viewer.identities[0].canUnlink;
    expect(allowed).toBe(false);
    expect(await unlinking(token)).toMatchObject({
      __typename: 'ConflictError',
      path: ['issuer'],
      message: reason,
    });
    expect(reason).toContain('last way to sign in');
    expect((await world.byProvider('only')).__typename).toBe('CreateSessionSuccess');
  });

  it('counts no identity of a provider that is none here as another way', async () => {
    const token = await joined('retired');
    const { actorId } = await world.api.records.identity.findFirstOrThrow({ where: { subject: 'retired' } });
    const gone = 'https://gone.example';
    await world.api.records.identity.create({ data: { issuer: gone, subject: 'retired', actorId } });
    expect(await unlinking(token)).toMatchObject({ __typename: 'ConflictError', path: ['issuer'] });
    expect(await unlinking(token, gone)).toMatchObject({ __typename: 'UnlinkIdentitySuccess', issuer: gone });
  });

  it('leaves one way, where the last two are unlinked at once', async () => {
    for (let time = 0; time < 5; time += 1) {
      const subject = `both-${time}`;
      const token = await joined(subject);
      const { actorId } = await world.api.records.identity.findFirstOrThrow({ where: { subject } });
      await world.api.records.identity.create({ data: { issuer: GITHUB.url, subject, actorId } });
      const answers = await Promise.all([unlinking(token), unlinking(token, GITHUB.url)]);
      expect(answers.map((answer) => answer.__typename).sort()).toEqual([
        'ConflictError',
        'UnlinkIdentitySuccess',
      ]);
    }
  });

  it('is refused for what is not linked, and a quarter of an hour after signing in', async () => {
    const token = await world.signedIn();
    for (const of of [issuer, '', 'https://elsewhere.example'])
      expect(await unlinking(token, of)).toMatchObject({ __typename: 'NotFoundError', path: ['issuer'] });
    await world.linking(token, 'late');
    await world.api.records.$executeRaw`update session set created_at = now() - interval '16 minutes'
      where id = (select max(id) from session)`;
    expect(await unlinking(token)).toMatchObject({ __typename: 'ConflictError', path: [] });
    expect((await world.byProvider('late')).__typename).toBe('CreateSessionSuccess');
  });

  it('is for people who are signed in: neither for the anonymous nor for a token, which is told of none', async () => {
    await expect(mutating(world.api, NOBODY)('unlinkIdentity', { issuer })).rejects.toThrow(
      /^UNAUTHENTICATED/,
    );
    const token = await world.signedIn();
    await world.linking(token, 'tooled');
    const person = await world.api.withToken(token);
    const made = await mutating(world.api, person)(
      'createApiToken',
      { name: 'tool', scopes: ['read'] },
      'token',
    );
    await expect(unlinking(made.token)).rejects.toThrow(/^FORBIDDEN/);
    expect((await ask(made.token, '{ viewer { identities { issuer } } }')).viewer.identities).toEqual([]);
    expect(
      (await world.api.anonymous('{ viewer { identities { issuer } } }')).data.viewer.identities,
    ).toEqual([]);
  });
});
