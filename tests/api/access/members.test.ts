import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertActor } from '../../../api/src/access/access.store.ts';
import type { Principal, Role } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { type Mutate, mutating } from '../../testkit/mutate.ts';

let api: TestApi;
let administrator: Principal;
let mutate: Mutate;
const idOf = (person: { actorId: bigint }) => api.services.ids.encode('Actor', person.actorId);

beforeAll(async () => {
  api = await testApi();
  administrator = await api.person('ADMINISTRATOR');
  mutate = mutating(api, administrator);
});
afterAll(() => api.close());

const tokenOf = async (person: Principal, scopes = ['read']) =>
  (await mutating(api, person)('createApiToken', { name: 'tool', scopes }, 'token')).token as string;

describe('an administrator', () => {
  it('lists people with their role, teams and state, and finds them by name or address', async () => {
    await insertActor(api.services.db, {
      kind: 'PERSON',
      name: 'Mary Example',
      email: 'mary@example.org',
      role: 'AUDITOR',
    });
    const list = `query ($search: String) { members(search: $search) { totalCount nodes {
      kind name email role disabledAt teams { name } canBeDisabled { allowed } } } }`;
    for (const search of ['mary ex', 'MARY@']) {
      const { data } = await api.as(administrator)(list, { search });
      expect(data.members).toEqual({
        totalCount: 1,
        nodes: [
          {
            kind: 'PERSON',
            name: 'Mary Example',
            email: 'mary@example.org',
            role: 'AUDITOR',
            disabledAt: null,
            teams: [{ name: 'Default' }],
            canBeDisabled: { allowed: true },
          },
        ],
      });
    }
  });

  it('lists a hundred people in a number of statements that does not grow with them', async () => {
    const list = (first: number) => `{ members(first: ${first}) { nodes { name teams { name }
      canBeDisabled { allowed } canTakeRole(role: VIEWER) { allowed } } } }`;
    const few = await api.as(administrator)(list(1));
    for (let i = 0; i < 5; i += 1) await api.person('VIEWER');
    const many = await api.as(administrator)(list(100));
    expect(many.data.members.nodes.length).toBeGreaterThan(5);
    expect(many.statements.length).toBe(few.statements.length);
  });

  it("changes somebody's role, which holds for the tokens that they have already", async () => {
    const person = await api.person('REPORTER');
    const token = await tokenOf(person, ['read', 'write:lineage']);
    const changed = await mutate(
      'changeMemberRole',
      { member: idOf(person), role: 'VIEWER' },
      'member { role }',
    );
    expect(changed.member).toEqual({ role: 'VIEWER' });
    const tool = await api.withToken(token);
    const tried = await api.as(tool)('mutation { registerSource(input: { name: "s" }) { __typename } }');
    expect(tried.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  it('disables an account: its token stops at once, and works again when it is enabled', async () => {
    const person = await api.person('REPORTER');
    const token = await tokenOf(person);
    await mutate('disableMember', { member: idOf(person) });
    await expect(api.withToken(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const again = await mutate('disableMember', { member: idOf(person) });
    expect(again).toMatchObject({ __typename: 'ConflictError', path: ['member'] });
    await mutate('enableMember', { member: idOf(person) });
    expect(await api.withToken(token)).toMatchObject({ actorId: person.actorId });
  });

  it('takes back what an administrator invited when that one is one no more', async () => {
    const other = await api.person('ADMINISTRATOR');
    const { token } = await mutating(api, other)('inviteMember', { role: 'ADMINISTRATOR' }, 'token');
    await mutate('changeMemberRole', { member: idOf(other), role: 'VIEWER' });
    const offer = await api.anonymous('query ($token: String!) { invitationOffer(token: $token) { role } }', {
      token,
    });
    expect(offer.data.invitationOffer).toBeNull();
  });
});

describe('the last administrator', () => {
  it('is neither disabled nor demoted, and the list says why', async () => {
    const alone = await testApi();
    try {
      const last = await alone.person('ADMINISTRATOR');
      const id = alone.services.ids.encode('Actor', last.actorId);
      const own = mutating(alone, last);
      const reason = 'This is the last administrator: make somebody else one first.';
      const refused = { __typename: 'ConflictError', message: reason };
      expect(await own('disableMember', { member: id })).toMatchObject(refused);
      expect(await own('changeMemberRole', { member: id, role: 'AUDITOR' })).toMatchObject(refused);
      const { data } = await alone.as(last)(
        'query ($id: ID!) { member(id: $id) { canBeDisabled { reason } canTakeRole(role: AUDITOR) { reason } } }',
        { id },
      );
      expect(data.member).toEqual({ canBeDisabled: { reason }, canTakeRole: { reason } });
      // A program that administers is nobody who could sign in and mend it.
      await own('createServiceAccount', { name: 'Bot', role: 'ADMINISTRATOR' });
      expect(await own('disableMember', { member: id })).toMatchObject(refused);
    } finally {
      await alone.close();
    }
  });

  it('remains where two demote each other at the same moment', async () => {
    const pair = await testApi();
    try {
      const [a, b] = [await pair.person('ADMINISTRATOR'), await pair.person('ADMINISTRATOR')];
      const demote = (by: Principal, whom: Principal) =>
        mutating(pair, by)('changeMemberRole', {
          member: pair.services.ids.encode('Actor', whom.actorId),
          role: 'VIEWER',
        });
      const outcomes = await Promise.allSettled([demote(a, b), demote(b, a)]);
      expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
      const left = await pair.records.$queryRaw`select count(*)::int from actor
        where kind = 'PERSON' and role = 'ADMINISTRATOR'`;
      expect(left).toEqual([{ count: 1 }]);
    } finally {
      await pair.close();
    }
  });
});

describe('teams', () => {
  it('takes in members, who then belong to it, and lets go of those who have another', async () => {
    const person = await api.person('REPORTER');
    const { team } = await mutate(
      'createTeam',
      { name: 'The lab', namespace: 'lab' },
      'team { id namespace }',
    );
    expect(team.namespace).toBe('lab');
    const pair = { team: team.id, member: idOf(person) };
    const added = await mutate('addTeamMember', pair, 'member { teams { name } } team { members { name } }');
    expect(added.member.teams).toEqual([{ name: 'Default' }, { name: 'The lab' }]);
    expect(added.team.members).toEqual([{ name: person.name }]);
    expect(await mutate('addTeamMember', pair)).toMatchObject({ __typename: 'ConflictError' });
    // Who may not do what somebody may makes nobody of their kind see more.
    const only = mutating(api, { ...administrator, scopes: new Set(['admin']) });
    await mutate('removeTeamMember', pair);
    expect(await only('addTeamMember', pair)).toMatchObject({
      __typename: 'ConflictError',
      path: ['member'],
    });
    expect(await mutate('removeTeamMember', pair)).toMatchObject({ __typename: 'NotFoundError' });
  });

  it('refuses to take somebody out of their only team, for what they record is recorded for one', async () => {
    const person = await api.person('REPORTER');
    const { data } = await api.as(administrator)('{ teams { nodes { id namespace } } }');
    const common = data.teams.nodes.find((team: { namespace: string }) => team.namespace === '');
    const answer = await mutate('removeTeamMember', { team: common.id, member: idOf(person) });
    expect(answer).toMatchObject({ __typename: 'ConflictError', path: ['member'] });
  });

  it.each(['', 'Upper', 'has/slash', '-first', 'a'.repeat(64)])(
    'refuses the namespace "%s"',
    async (namespace) => {
      const answer = await mutate('createTeam', { name: 'x', namespace });
      expect(answer).toMatchObject({ __typename: 'InputError', path: ['namespace'] });
    },
  );

  it('refuses a namespace that another team has', async () => {
    await mutate('createTeam', { name: 'One', namespace: 'taken' });
    const answer = await mutate('createTeam', { name: 'Two', namespace: 'taken' });
    expect(answer).toMatchObject({ __typename: 'ConflictError', path: ['namespace'] });
  });
});

describe('whoever is no administrator', () => {
  const READS = ['{ members { totalCount } }', '{ teams { totalCount } }', '{ invitations { totalCount } }'];
  const WRITES: [string, (person: Principal) => Record<string, unknown>][] = [
    ['changeMemberRole', (person) => ({ member: idOf(person), role: 'ADMINISTRATOR' })],
    ['disableMember', () => ({ member: idOf(administrator) })],
    ['enableMember', () => ({ member: idOf(administrator) })],
    ['revokeMemberSessions', () => ({ member: idOf(administrator) })],
    ['createServiceAccount', () => ({ name: 'x', role: 'VIEWER' })],
    ['createTeam', () => ({ name: 'x', namespace: 'x' })],
    ['addTeamMember', (p) => ({ team: api.services.ids.encode('Team', 1n), member: idOf(p) })],
    ['removeTeamMember', (p) => ({ team: api.services.ids.encode('Team', 1n), member: idOf(p) })],
    ['inviteMember', () => ({ role: 'VIEWER' })],
    ['revokeInvitation', () => ({ id: api.services.ids.encode('Invitation', 1n) })],
  ];
  const ROLES: Role[] = ['VIEWER', 'REPORTER', 'INVESTIGATOR', 'AUDITOR'];

  it.each(ROLES)('as %s lists nobody and changes nobody', async (role) => {
    const person = await api.person(role);
    for (const query of READS)
      expect((await api.as(person)(query)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    for (const [name, input] of WRITES)
      await expect(mutating(api, person)(name, input(person)), name).rejects.toThrow(/^FORBIDDEN/);
    const other = await api.as(person)('query ($id: ID!) { member(id: $id) { email } }', {
      id: idOf(administrator),
    });
    expect(other.data.member).toBeNull();
  });

  it('sees of a team its name, and not who belongs to it', async () => {
    const person = await api.person('INVESTIGATOR');
    const { data } = await api.as(person)('{ viewer { teams { name members { name } } } }');
    expect(data.viewer.teams).toEqual([{ name: 'Default', members: [] }]);
  });

  it('is nobody at all: the same is refused to the anonymous', async () => {
    for (const query of READS)
      expect((await api.anonymous(query)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  });
});

it('lets nobody give by a token what the token lacks', async () => {
  const token = await tokenOf(administrator, ['read', 'admin']);
  const tool = mutating(api, (await api.withToken(token)) as Principal);
  const person = await api.person('VIEWER');
  const refused = { __typename: 'ConflictError', path: ['role'] };
  const role = 'ADMINISTRATOR';
  expect(await tool('changeMemberRole', { member: idOf(person), role })).toMatchObject(refused);
  expect(await tool('inviteMember', { role })).toMatchObject(refused);
  expect(await tool('createServiceAccount', { name: 'x', role })).toMatchObject(refused);
  expect(await tool('inviteMember', { role: 'VIEWER' })).toMatchObject({ __typename: 'InviteMemberSuccess' });
});

it('changes a name for its owner, and not by a token', async () => {
  const person = await api.person('VIEWER');
  const done = await mutating(api, person)('updateProfile', { name: '  New   Name ' }, 'actor { name }');
  expect(done.actor.name).toBe('New Name');
  const tool = (await api.withToken(await tokenOf(person))) as Principal;
  await expect(mutating(api, tool)('updateProfile', { name: 'Other' })).rejects.toThrow(/^FORBIDDEN/);
});

it('tells administrators and auditors of each change in the log, and others of none but their own', async () => {
  const rows = await api.records.$queryRaw<{ type: string; visibility: string }[]>`
    select distinct type, visibility::text as visibility from event where type ~ 'MEMBER|TEAM|SERVICE|INVITATION|PROFILE'`;
  expect(new Set(rows.map((row) => row.visibility))).toEqual(new Set(['RESTRICTED']));
  expect(rows.map((row) => row.type)).toEqual(
    expect.arrayContaining([
      'MEMBER_INVITED',
      'MEMBER_ROLE_CHANGED',
      'MEMBER_DISABLED',
      'MEMBER_ENABLED',
      'TEAM_CREATED',
      'TEAM_MEMBER_ADDED',
      'TEAM_MEMBER_REMOVED',
      'PROFILE_CHANGED',
    ]),
  );
});

it('says in the log which account and which token it was, since names are changed and shared', async () => {
  const [one, other] = [await api.person('VIEWER'), await api.person('VIEWER')];
  await api.records
    .$executeRaw`update actor set name = 'Twin' where id in (${one.actorId}, ${other.actorId})`;
  const { team } = await mutate('createTeam', { name: 'Twins', namespace: 'twins' }, 'team { id }');
  const member = idOf(other);
  await mutate('changeMemberRole', { member, role: 'AUDITOR' });
  await mutate('addTeamMember', { team: team.id, member });
  await mutate('removeTeamMember', { team: team.id, member });
  await mutate('revokeMemberSessions', { member });
  await mutate('disableMember', { member });
  await mutate('enableMember', { member });
  await api.records.$executeRaw`update actor set email = 'twin@example.org' where id = ${other.actorId}`;
  await mutate('createPasswordReset', { member });
  const own = mutating(api, { ...other, role: 'AUDITOR' });
  const made = await own('createApiToken', { name: 'x', scopes: ['read'] }, 'apiToken { id }');
  await own('revokeApiToken', { id: made.apiToken.id });
  const bot = await mutate('createServiceAccount', { name: 'Twin', role: 'VIEWER' }, 'member { id }');
  const told = await api.records.$queryRaw<{ type: string; payload: Record<string, string> }[]>`
    select type, payload from event where id > (
      select id from event where type = 'TEAM_CREATED' order by id desc limit 1) order by id`;
  const token = { tokenId: made.apiToken.id, ownerId: member };
  expect(told.map(({ type, payload }) => [type, payload])).toMatchObject([
    ['MEMBER_ROLE_CHANGED', { member: 'Twin', memberId: member }],
    ['TEAM_MEMBER_ADDED', { member: 'Twin', memberId: member }],
    ['TEAM_MEMBER_REMOVED', { member: 'Twin', memberId: member }],
    ['MEMBER_SESSIONS_REVOKED', { member: 'Twin', memberId: member }],
    ['MEMBER_DISABLED', { member: 'Twin', memberId: member }],
    ['MEMBER_ENABLED', { member: 'Twin', memberId: member }],
    ['PASSWORD_RESET_OFFERED', { member: 'Twin', memberId: member }],
    ['API_TOKEN_CREATED', { name: 'x', ...token }],
    ['API_TOKEN_REVOKED', { name: 'x', ...token }],
    ['SERVICE_ACCOUNT_CREATED', { name: 'Twin', memberId: bot.member.id }],
  ]);
});
