import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertActor } from '../../../api/src/access/access.store.ts';
import { countTry } from '../../../api/src/access/sign-in-throttle.ts';
import type { Principal, Role } from '../../../api/src/access/viewer.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type Answer, type TestApi, testApi } from '../../testkit/api.ts';
import { type Mutate, mutating } from '../../testkit/mutate.ts';
import { untilWaiting } from '../../testkit/until-waiting.ts';

const ANONYMOUS = { kind: 'anonymous' } as const;
const RESET = 'email revoked';
let api: TestApi;
let administrator: Principal;
let mutate: Mutate;
let people = 0;

beforeAll(async () => {
  api = await testApi();
  administrator = await api.person('ADMINISTRATOR');
  mutate = mutating(api, administrator);
});
afterAll(() => api.close());

/** Somebody with an address, who joined by an invitation and a password or has none yet. */
async function member(role: Role = 'REPORTER'): Promise<{ id: string; email: string }> {
  people += 1;
  const email = `member-${people}@example.org`;
  const person = { kind: 'PERSON', name: `Member ${people}`, email, role } as const;
  const { actorId } = await insertActor(api.services.db, person);
  return { id: api.services.ids.encode('Actor', actorId), email };
}

const link = async (id: string): Promise<string> =>
  (await mutate('createPasswordReset', { member: id }, 'token')).token;
const offer = async (token: string) =>
  (
    await api.anonymous('query ($token: String!) { passwordResetOffer(token: $token) { name email } }', {
      token,
    })
  ).data.passwordResetOffer;
const reset = (token: string, password = 'a password by a link') =>
  mutating(api, ANONYMOUS)('resetPassword', { token, password }, RESET);
const signIn = async (email: string, password: string) =>
  (
    await api.anonymous(
      `mutation ($input: CreateSessionInput!) { createSession(input: $input) { __typename
         ... on CreateSessionSuccess { session { accessToken } } } }`,
      { input: { email, password } },
    )
  ).data.createSession;

describe('a link to set a new password', () => {
  it('tells whose it is, sets the password, and ends all the sessions of the account', async () => {
    const { id, email } = await member();
    await reset(await link(id), 'the first password');
    const session = (await signIn(email, 'the first password')).session;
    const token = await link(id);
    expect(await offer(token)).toMatchObject({ email });
    expect(await reset(token, 'the second password')).toEqual({
      __typename: 'ResetPasswordSuccess',
      email,
      revoked: 1,
    });
    await expect(api.withToken(session.accessToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await signIn(email, 'the first password')).__typename).toBe('InputError');
    expect((await signIn(email, 'the second password')).__typename).toBe('CreateSessionSuccess');
  });

  it('is good once, also where two use it at the same moment', async () => {
    const token = await link((await member()).id);
    const answers = await Promise.all([reset(token), reset(token)]);
    expect(answers.map((answer) => answer.__typename).sort()).toEqual([
      'NotFoundError',
      'ResetPasswordSuccess',
    ]);
    expect(await reset(token)).toMatchObject({ __typename: 'NotFoundError', path: ['token'] });
    expect(await offer(token)).toBeNull();
  });

  it('is used up by no password that is refused', async () => {
    const token = await link((await member()).id);
    expect(await reset(token, 'too short')).toMatchObject({ __typename: 'InputError', path: ['password'] });
    expect((await reset(token)).__typename).toBe('ResetPasswordSuccess');
  });

  it('lets whoever used it sign in, however often they failed before', async () => {
    const { id, email } = await member();
    // By one network too often, and by all together.
    const failing = (i: number) =>
      countTry(requestContext(api.services, ANONYMOUS, i < 10 ? {} : { address: `203.0.113.${i}` }), email);
    for (let i = 0; i < 100; i += 1) await failing(i);
    for (const i of [0, 101]) await expect(failing(i)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await reset(await link(id), 'a password by a link');
    expect((await signIn(email, 'a password by a link')).__typename).toBe('CreateSessionSuccess');
  });

  it('ends when it expires', async () => {
    const token = await link((await member()).id);
    await api.records.$executeRawUnsafe(`update password_reset set expires_at = now() - interval '1 second'
      where id = (select max(id) from password_reset)`);
    expect([await offer(token), (await reset(token)).__typename]).toEqual([null, 'NotFoundError']);
  });

  it('ends when another is made for the same account', async () => {
    const { id } = await member();
    const [first, second] = [await link(id), await link(id)];
    expect((await reset(first)).__typename).toBe('NotFoundError');
    expect((await reset(second)).__typename).toBe('ResetPasswordSuccess');
  });

  it('ends when its account is disabled, and does not come back with it', async () => {
    const { id } = await member();
    const token = await link(id);
    await mutate('disableMember', { member: id });
    expect((await reset(token)).__typename).toBe('NotFoundError');
    await mutate('enableMember', { member: id });
    expect((await reset(token)).__typename).toBe('NotFoundError');
  });

  it('ends with the administration of whoever made it', async () => {
    const { id } = await member();
    const other = await api.person('ADMINISTRATOR');
    const { token } = await mutating(api, other)('createPasswordReset', { member: id }, 'token');
    const otherId = api.services.ids.encode('Actor', other.actorId);
    await mutate('changeMemberRole', { member: otherId, role: 'VIEWER' });
    expect((await reset(token)).__typename).toBe('NotFoundError');
  });

  it.each(['', 'hr_', `hr_${'A'.repeat(43)}`, `hi_${'A'.repeat(43)}`])(
    'is not guessed by "%s"',
    async (token) => {
      expect(await offer(token)).toBeNull();
      expect(await reset(token)).toMatchObject({ __typename: 'NotFoundError', path: ['token'] });
    },
  );
});

describe('making such a link', () => {
  it.each(['VIEWER', 'REPORTER', 'INVESTIGATOR', 'AUDITOR'] as const)(
    'is not for a person who is %s',
    async (role) => {
      const { id } = await member();
      const made = mutating(api, await api.person(role))('createPasswordReset', { member: id });
      await expect(made).rejects.toThrow(/^FORBIDDEN/);
    },
  );

  it('is not for the anonymous, nor for a token, whatever its scopes', async () => {
    const { id } = await member();
    await expect(mutating(api, ANONYMOUS)('createPasswordReset', { member: id })).rejects.toThrow(
      /^UNAUTHENTICATED/,
    );
    const scopes = [...administrator.scopes];
    const { token } = await mutate('createApiToken', { name: 'tool', scopes }, 'token');
    const tool = (await api.withToken(token)) as Principal;
    await expect(mutating(api, tool)('createPasswordReset', { member: id })).rejects.toThrow(/^FORBIDDEN/);
  });

  it('is for oneself only soon after signing in', async () => {
    const { id, email } = await member('ADMINISTRATOR');
    await reset(await link(id), 'a password of mine');
    const { accessToken } = (await signIn(email, 'a password of mine')).session;
    const own = (await api.withToken(accessToken)) as Principal;
    const make = async () => (await mutating(api, own)('createPasswordReset', { member: id })).__typename;
    expect(await make()).toBe('CreatePasswordResetSuccess');
    await api.records.$executeRaw`
      update session set created_at = now() - interval '16 minutes' where id = ${own.sessionId}`;
    expect(await make()).toBe('ConflictError');
  });

  it('is refused for a program, for an account that is disabled, and for one without an address', async () => {
    const bot = await mutate('createServiceAccount', { name: 'Bot', role: 'VIEWER' }, 'member { id }');
    const gone = await member();
    await mutate('disableMember', { member: gone.id });
    const unnamed = api.services.ids.encode('Actor', (await api.person('VIEWER')).actorId);
    for (const id of [bot.member.id, gone.id, unnamed]) {
      const refused = await mutate('createPasswordReset', { member: id });
      expect(refused).toMatchObject({ __typename: 'ConflictError', path: ['member'] });
    }
  });
});

it('opens no session for a password that is changed while it is being checked', async () => {
  const { id, email } = await member();
  await reset(await link(id), 'the old password');
  let signingIn: Promise<{ __typename: string }> | undefined;
  await api.records.$transaction(
    async (tx) => {
      await tx.$executeRaw`update credential set hash = ${Buffer.alloc(32, 1)} where actor_id =
        (select id from actor where email = ${email})`;
      await tx.$executeRaw`update session set revoked_at = now() where actor_id =
        (select id from actor where email = ${email}) and revoked_at is null`;
      signingIn = signIn(email, 'the old password');
      await untilWaiting(api.records, signingIn);
    },
    { timeout: 20_000 },
  );
  expect((await signingIn)?.__typename).toBe('InputError');
  const left = await api.records.$queryRaw<{ open: number }[]>`
    select count(*)::int as open from session s join actor a on a.id = s.actor_id
    where a.email = ${email} and s.revoked_at is null`;
  expect(left).toEqual([{ open: 0 }]);
});

describe('a password that its owner changes', () => {
  const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename
    ... on InputError { path } } }`;
  const OLD = 'the old password';

  async function signedIn() {
    const { id, email } = await member();
    await reset(await link(id), OLD);
    const { accessToken } = (await signIn(email, OLD)).session;
    const own = (await api.withToken(accessToken)) as Principal;
    const change = () =>
      api.as(own)(CHANGE, { input: { currentPassword: OLD, newPassword: 'a password by its owner' } });
    return { id, email, own, change };
  }

  /** Begins the change in the middle of another transaction, which it waits for by the credential. */
  async function meanwhile(
    own: Principal,
    statement: string,
    change: () => Promise<Answer>,
  ): Promise<Answer> {
    let changing: Promise<Answer> | undefined;
    await api.records.$transaction(
      async (tx) => {
        await tx.$executeRaw`select from credential where actor_id = ${own.actorId} for update`;
        await tx.$executeRawUnsafe(statement);
        changing = change();
        await untilWaiting(api.records, changing);
      },
      { timeout: 20_000 },
    );
    return changing!;
  }

  it('ends the link by which it could be set anew', async () => {
    const { id, change } = await signedIn();
    const token = await link(id);
    expect((await change()).data.changePassword.__typename).toBe('ChangePasswordSuccess');
    expect([await offer(token), (await reset(token)).__typename]).toEqual([null, 'NotFoundError']);
  });

  it('stays as it was reset meanwhile', async () => {
    const { own, change } = await signedIn();
    const reset = `update credential set hash = sha256('reset') where actor_id = ${own.actorId}`;
    const { data } = await meanwhile(own, reset, change);
    expect(data.changePassword).toEqual({ __typename: 'InputError', path: ['currentPassword'] });
    const kept = await api.records.$queryRaw<unknown[]>`
      select from credential where actor_id = ${own.actorId} and hash = sha256('reset')`;
    expect(kept).toHaveLength(1);
  });

  it('stays where the session was ended meanwhile', async () => {
    const { email, own, change } = await signedIn();
    const end = `update session set revoked_at = now() where id = ${own.sessionId}`;
    expect((await meanwhile(own, end, change)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
    expect((await signIn(email, OLD)).__typename).toBe('CreateSessionSuccess');
  });
});
