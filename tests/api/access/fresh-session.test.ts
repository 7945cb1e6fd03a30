import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { mutating } from '../../testkit/mutate.ts';
import { openSessionOf } from '../../testkit/open-session.ts';

// Whoever finds a session open does not make it a way in that lasts.
let api: TestApi;
let own: Principal;

beforeAll(async () => {
  api = await testApi();
  own = await openSessionOf(api, await api.person('ADMINISTRATOR'));
});
afterAll(() => api.close());

const signedInAgo = (minutes: number) => api.records.$executeRaw`
  update session set created_at = now() - make_interval(mins => ${minutes}::int) where id = ${own.sessionId}`;

it.each([
  ['a token', 'createApiToken', async () => ({ name: 'tool', scopes: ['read'] })],
  ['an invitation to administer', 'inviteMember', async () => ({ role: 'ADMINISTRATOR' })],
  [
    'a link for somebody else’s password',
    'createPasswordReset',
    async () => {
      const [{ id }] = await api.records.$queryRaw<[{ id: bigint }]>`
        insert into actor (kind, name, email, role)
        values ('PERSON', 'Another', ${`${crypto.randomUUID()}@example.org`}, 'ADMINISTRATOR') returning id`;
      return { member: api.services.ids.encode('Actor', id) };
    },
  ],
])('makes %s only soon after signing in', async (_what, name, input) => {
  const make = async () => mutating(api, own)(name, await input());
  await signedInAgo(14);
  expect((await make()).__typename).toMatch(/Success$/);
  await signedInAgo(16);
  const refused = await make();
  expect(refused).toMatchObject({ __typename: 'ConflictError' });
  expect(refused.message).toContain('Sign in again first');
});

it('invites others, and makes tokens by a token, however long ago that was', async () => {
  await signedInAgo(14);
  const made = await mutating(api, own)('createApiToken', { name: 'tool', scopes: ['read'] }, 'token');
  await signedInAgo(60);
  const tool = (await api.withToken(made.token)) as Principal;
  const again = await mutating(api, tool)('createApiToken', { name: 'tool', scopes: ['read'] });
  expect(again.__typename).toBe('CreateApiTokenSuccess');
  const invited = await mutating(api, own)('inviteMember', { role: 'INVESTIGATOR' });
  expect(invited.__typename).toBe('InviteMemberSuccess');
});
