import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countTry } from '../../../api/src/access/sign-in-throttle.ts';
import { ANONYMOUS, type Principal } from '../../../api/src/access/viewer.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { type Mutate, mutating } from '../../testkit/mutate.ts';

let api: TestApi;
let mutate: Mutate;
let administrator: Principal;
let accept: Mutate;

beforeAll(async () => {
  api = await testApi();
  administrator = await api.person('ADMINISTRATOR');
  mutate = mutating(api, administrator);
  accept = mutating(api, { kind: 'anonymous' });
});
afterAll(() => api.close());

const invite = (input: Record<string, unknown> = {}) =>
  mutate('inviteMember', { role: 'REPORTER', ...input }, 'token invitation { id status }');
const password = 'a password of their own';
const OFFER = 'query ($token: String!) { invitationOffer(token: $token) { email role team } }';
const offer = async (token: string) => (await api.anonymous(OFFER, { token })).data.invitationOffer;

describe('an invitation', () => {
  it('offers its role and team to whoever has the link, and makes the account that it promised', async () => {
    const { team } = await mutate('createTeam', { name: 'Guests', namespace: 'guests' }, 'team { id }');
    const made = await invite({ email: 'Guest@Example.org', team: team.id });
    expect(await offer(made.token)).toEqual({
      email: 'guest@example.org',
      role: 'REPORTER',
      team: 'Guests',
    });
    const joined = await accept(
      'acceptInvitation',
      { token: made.token, name: 'A Guest', password },
      'email',
    );
    expect(joined).toMatchObject({ email: 'guest@example.org' });
    const signedIn = await api.anonymous(
      `mutation ($password: String!) { createSession(input: { email: "guest@example.org", password: $password }) {
        ... on CreateSessionSuccess { session { role accessToken } } } }`,
      { password },
    );
    const { session } = signedIn.data.createSession;
    expect(session.role).toBe('REPORTER');
    const me = await api.as(await api.withToken(session.accessToken))('{ viewer { teams { name } } }');
    expect(me.data.viewer.teams).toEqual([{ name: 'Guests' }]);
  });

  it('is good once, also where two accept it at the same moment', async () => {
    const { token } = await invite();
    const two = ['one@example.org', 'two@example.org'].map((email) =>
      accept('acceptInvitation', { token, name: 'Somebody', email, password }),
    );
    const names = (await Promise.all(two)).map((answer) => answer.__typename).sort();
    expect(names).toEqual(['AcceptInvitationSuccess', 'NotFoundError']);
    const third = { token, name: 'Late', email: 'three@example.org', password };
    expect(await accept('acceptInvitation', third)).toMatchObject({ path: ['token'] });
    expect(await offer(token)).toBeNull();
  });

  it('is worth nothing once revoked, and cannot be revoked twice or after use', async () => {
    const { token, invitation } = await invite();
    const revoked = await mutate('revokeInvitation', { id: invitation.id }, 'invitation { status }');
    expect(revoked.invitation.status).toBe('REVOKED');
    const answer = await accept('acceptInvitation', { token, name: 'x', email: 'x@example.org', password });
    expect(answer).toMatchObject({ __typename: 'NotFoundError', path: ['token'] });
    const again = await mutate('revokeInvitation', { id: invitation.id });
    expect(again).toMatchObject({ __typename: 'ConflictError', path: ['id'] });
  });

  it('is worth nothing once it has expired', async () => {
    const { token, invitation } = await invite({ expiresInDays: 1 });
    await api.records.$executeRawUnsafe(`update invitation set expires_at = now() - interval '1 second'
      where id = (select max(id) from invitation)`);
    expect(await offer(token)).toBeNull();
    const { data } = await api.as(administrator)('{ invitations(first: 1) { nodes { id status } } }');
    expect(data.invitations.nodes).toEqual([{ id: invitation.id, status: 'EXPIRED' }]);
  });

  it('for one address makes no account with another', async () => {
    const { token } = await invite({ email: 'only@example.org' });
    const answer = await accept('acceptInvitation', {
      token,
      name: 'x',
      email: 'other@example.org',
      password,
    });
    expect(answer).toMatchObject({ __typename: 'InputError', path: ['email'] });
    expect(await offer(token)).not.toBeNull();
  });

  it('takes over no account: neither for a taken address nor with one', async () => {
    const taken = { email: 'guest@example.org' };
    expect(await invite(taken)).toMatchObject({ __typename: 'ConflictError', path: ['email'] });
    const { token } = await invite();
    const answer = await accept('acceptInvitation', { token, name: 'x', ...taken, password });
    expect(answer).toMatchObject({ __typename: 'ConflictError', path: ['email'] });
    expect(await offer(token)).not.toBeNull();
  });

  it('ends with the token that it was made with, or that one’s maker, and is good no longer', async () => {
    const scopes = [...administrator.scopes];
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const tokenBy = (by: Principal, more = {}) =>
      mutating(api, by)('createApiToken', { name: 'tool', scopes, ...more }, 'token apiToken { id }');
    const toolOf = async ({ token }: { token: string }) => (await api.withToken(token)) as Principal;
    const first = await tokenBy(administrator, { expiresAt });
    const second = await tokenBy(await toolOf(first), { expiresAt });
    const invitations = [];
    for (const token of [first, second]) {
      const by = mutating(api, await toolOf(token));
      const made = await by('inviteMember', { role: 'ADMINISTRATOR' }, 'token invitation { expiresAt }');
      expect(made.invitation.expiresAt).toBe(expiresAt);
      expect(await offer(made.token)).not.toBeNull();
      invitations.push(made.token);
    }
    const joined = await mutating(api, await toolOf(second))('inviteMember', { role: 'VIEWER' }, 'token');
    const person = { name: 'Joined before', email: 'before@example.org', password };
    await accept('acceptInvitation', { token: joined.token, ...person });
    await mutate('revokeApiToken', { id: first.apiToken.id });
    for (const token of invitations) expect(await offer(token)).toBeNull();
    const late = { token: invitations[0], name: 'Late', email: 'late@example.org', password };
    expect(await accept('acceptInvitation', late)).toMatchObject({ __typename: 'NotFoundError' });
  });

  it('lets its holder ask of fifty addresses whether they have an account, and of no more', async () => {
    const { token } = await invite();
    const from = { address: '203.0.113.99' };
    const ask = async (email: string) => {
      const input = { token, name: 'x', email, password };
      const query =
        'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename } }';
      return (await api.as({ kind: 'anonymous' }, from)(query, { input })).errors[0]?.code;
    };
    for (let i = 0; i < 49; i += 1) await countTry(requestContext(api.services, ANONYMOUS, from), null);
    expect(await ask('guest@example.org')).toBeUndefined();
    expect(await ask('guest@example.org')).toBe('RATE_LIMITED');
  });

  it('counts no try of whoever joins by it', async () => {
    const failed = async () => {
      const [row] = await api.records.$queryRaw<{ n: number }[]>`
        select coalesce(sum(cardinality(failed_at)), 0)::int as n from sign_in_try`;
      return row!.n;
    };
    const before = await failed();
    const joining = { token: (await invite()).token, name: 'x', email: 'joins@example.org', password };
    expect((await accept('acceptInvitation', joining)).__typename).toBe('AcceptInvitationSuccess');
    expect(await failed()).toBe(before);
  });

  it.each([
    ['a short password', { password: 'too short' }, ['password']],
    ['no name', { name: '  ' }, ['name']],
    ['no address where it names none', { email: null }, ['email']],
    ['what is no address', { email: 'nobody' }, ['email']],
  ])('refuses %s, and stays good', async (_what, changed, path) => {
    const { token } = await invite();
    const input = { token, name: 'Somebody', email: 'fresh@example.org', password, ...changed };
    expect(await accept('acceptInvitation', input)).toMatchObject({ __typename: 'InputError', path });
    expect(await offer(token)).not.toBeNull();
  });

  it.each([0, 31, -1])('is not made for %i days', async (expiresInDays) => {
    const answer = await invite({ expiresInDays });
    expect(answer).toMatchObject({ __typename: 'InputError', path: ['expiresInDays'] });
  });

  it('leaves its secret nowhere in the database', async () => {
    const { token } = await invite();
    const [row] = await api.records.$queryRaw<{ all: string }[]>`
      select string_agg(i::text, ' ') || (select string_agg(payload::text, ' ') from event)
        || coalesce((select string_agg(x::text, ' ') from idempotency x), '') as all from invitation i`;
    expect(row?.all).not.toContain(token.slice(3));
    expect(row?.all).not.toContain(Buffer.from(token).toString('hex'));
  });

  it.each(['', 'hi_', `hi_${'A'.repeat(43)}`, `hi_${'A'.repeat(500)}`])(
    'is not guessed by "%s"',
    async (token) => {
      expect(await offer(token)).toBeNull();
    },
  );
});
