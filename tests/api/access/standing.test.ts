import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertActor } from '../../../api/src/access/access.store.ts';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { type Change, inChange } from '../../../api/src/access/change.ts';
import { changeMemberRole, disableMember } from '../../../api/src/access/change-member.ts';
import { inviteMember } from '../../../api/src/access/invite-member.ts';
import { createPasswordReset } from '../../../api/src/access/reset-password.ts';
import type { Principal, Role, Scope } from '../../../api/src/access/viewer.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { type Mutate, mutating } from '../../testkit/mutate.ts';
import { openSessionOf } from '../../testkit/open-session.ts';
import { untilWaiting } from '../../testkit/until-waiting.ts';

// Rights that end while a change is under way, the transaction of the one or of the other held open.
let api: TestApi;
let administrator: Principal;
let mutate: Mutate;

beforeAll(async () => {
  api = await testApi();
  administrator = await api.person('ADMINISTRATOR');
  mutate = mutating(api, administrator);
});
afterAll(() => api.close());

const idOf = (person: { actorId: bigint }) => api.services.ids.encode('Actor', person.actorId);
const ENDED = /^UNAUTHENTICATED: .* ended meanwhile/;
const LESS = /^FORBIDDEN: .* changed meanwhile/;

/** Somebody with an address, whose password can be set by a link. */
async function addressed(role: Role): Promise<bigint> {
  const email = `${crypto.randomUUID()}@example.org`;
  return (await insertActor(api.services.db, { kind: 'PERSON', name: 'Addressed', email, role })).actorId;
}

/** Makes a change, and begins the other before it commits. */
async function during<T>(
  by: Principal,
  scope: Scope,
  work: (change: Change) => Promise<unknown>,
  other: () => Promise<T>,
): Promise<T> {
  let begun: Promise<T> | undefined;
  await inChange(requestContext(api.services, by), scope, async (change) => {
    await work(change);
    begun = other();
    await untilWaiting(api.records, begun);
  });
  return begun!;
}

const ROLE = { role: 'ADMINISTRATOR' };
/** What whoever administered would have of it afterwards, had it been made. */
const ADMINISTERING: [string, (by: Principal) => Promise<Record<string, unknown>>][] = [
  ['changeMemberRole', async (by) => ({ member: idOf(by), ...ROLE })],
  ['inviteMember', async () => ROLE],
  ['createServiceAccount', async () => ({ name: 'Bot', ...ROLE })],
  ['createPasswordReset', async () => ({ member: idOf({ actorId: await addressed('ADMINISTRATOR') }) })],
  ['createApiToken', async () => ({ name: 'x', scopes: ['read', 'admin'], owner: (await bot()).member.id })],
  ['disableMember', async () => ({ member: idOf(await api.person('ADMINISTRATOR')) })],
];
const bot = () => mutate('createServiceAccount', { name: 'Bot', ...ROLE }, 'member { id }');

describe('whoever administered until a moment ago', () => {
  it.each(ADMINISTERING)('has no %s by a request from before', async (name, inputFor) => {
    const by = await api.person('ADMINISTRATOR');
    const input = await inputFor(by);
    const demotion = (change: Change) => changeMemberRole(change, { member: by.actorId, role: 'VIEWER' });
    const tried = during(administrator, 'admin', demotion, () => mutating(api, by)(name, input));
    await expect(tried).rejects.toThrow(LESS);
    const { data } = await api.as(administrator)('query ($id: ID!) { member(id: $id) { role } }', {
      id: idOf(by),
    });
    expect(data.member.role).toBe('VIEWER');
  });

  it('does not enable their account again by a request from before it was disabled', async () => {
    const by = await api.person('ADMINISTRATOR');
    const again = () => mutating(api, by)('enableMember', { member: idOf(by) });
    const disabling = (change: Change) => disableMember(change, by.actorId);
    await expect(during(administrator, 'admin', disabling, again)).rejects.toThrow(ENDED);
    const { data } = await api.as(administrator)('query ($id: ID!) { member(id: $id) { disabledAt } }', {
      id: idOf(by),
    });
    expect(data.member.disabledAt).not.toBeNull();
  });

  it('has no link that they were making: it is ended with the others', async () => {
    const by = await api.person('ADMINISTRATOR');
    const invitation = { email: null, role: 'ADMINISTRATOR', team: null, days: null } as const;
    const demote = () => mutate('changeMemberRole', { member: idOf(by), role: 'VIEWER' });
    const disable = () => mutate('disableMember', { member: idOf(by) });
    const made: { token: string }[] = [];
    const invite = async (change: Change) => made.push(await inviteMember(change, invitation));
    await during(by, 'admin', invite, demote);
    await mutate('changeMemberRole', { member: idOf(by), role: 'ADMINISTRATOR' });
    const whose = await addressed('ADMINISTRATOR');
    const reset = async (change: Change) => made.push(await createPasswordReset(change, whose));
    await during(by, 'admin', reset, disable);
    const [invited, offered] = made.map(({ token }) => token);
    const { data } = await api.anonymous(
      `query ($invited: String!, $offered: String!) {
        invitationOffer(token: $invited) { role } passwordResetOffer(token: $offered) { name } }`,
      { invited, offered },
    );
    expect(data).toEqual({ invitationOffer: null, passwordResetOffer: null });
  });
});

describe('a change that takes long', () => {
  /** Begins a change, ends the right to it while it works, and goes on for longer than that may take to be known. */
  const overtaken = (by: Principal, end: () => Promise<unknown>) =>
    inChange(requestContext(api.services, by), 'write:incidents', async ({ tx }) => {
      await tx.$executeRaw`update actor set name = 'Overtaken' where id = ${by.actorId}`;
      await end();
      await setTimeout(600);
    });
  const nameOf = async ({ actorId }: Principal) => {
    const [row] = await api.records.$queryRaw<
      { name: string }[]
    >`select name from actor where id = ${actorId}`;
    return row?.name;
  };

  it('leaves nothing where its session was ended meanwhile', async () => {
    const by = await openSessionOf(api, await api.person('REPORTER'));
    const revoke = () =>
      api.records.$executeRaw`update session set revoked_at = now() where id = ${by.sessionId}`;
    await expect(overtaken(by, revoke)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await nameOf(by)).toBe(by.name);
  });

  it('leaves nothing where its token ran out meanwhile', async () => {
    const person = await api.person('REPORTER');
    const input = { name: 'tool', scopes: ['write:incidents'] };
    const { token } = await mutating(api, person)('createApiToken', input, 'token');
    const by = (await api.withToken(token)) as Principal;
    const expire = () =>
      api.records.$executeRaw`update api_token set expires_at = now() where id = ${by.tokenId}`;
    await expect(overtaken(by, expire)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await nameOf(by)).toBe(by.name);
  });

  it('stands where it ended the right to it itself', async () => {
    const by = await openSessionOf(api, await api.person('REPORTER'));
    await inChange(requestContext(api.services, by), 'write:incidents', async ({ tx }) => {
      await tx.$executeRaw`update session set revoked_at = now() where id = ${by.sessionId}`;
      await setTimeout(600);
    });
    await expect(overtaken(by, async () => {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('a token made with a token', () => {
  const make = async (by: Principal) =>
    (await mutating(api, by)(
      'createApiToken',
      { name: 'tool', scopes: ['read'] },
      'token apiToken { id }',
    )) as {
      token: string;
      apiToken: { id: string };
    };
  const toolOf = async ({ token }: { token: string }) => (await api.withToken(token)) as Principal;
  const working = async (token: string) =>
    api.withToken(token).then(
      () => true,
      () => false,
    );

  it('is revoked with it where it was being made', async () => {
    const person = await api.person('INVESTIGATOR');
    const first = await make(person);
    const second = await make(await toolOf(first));
    const by = await toolOf(second);
    const made: string[] = [];
    const third = async (change: Change) =>
      made.push((await createApiToken(change, { name: 'third', scopes: ['read'] })).token);
    const revoke = () => mutating(api, person)('revokeApiToken', { id: first.apiToken.id });
    expect((await during(by, 'read', third, revoke)).__typename).toBe('RevokeApiTokenSuccess');
    expect(await Promise.all([first.token, second.token, ...made].map(working))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('is not made where that one was being revoked', async () => {
    const person = await api.person('INVESTIGATOR');
    const first = await make(person);
    const by = await toolOf(first);
    const id = api.services.ids.decode(first.apiToken.id)!.id;
    const revoking = (change: Change) => change.tx.$executeRaw`
      update api_token set revoked_at = now() where id = ${id}`;
    await expect(during(person, 'read', revoking, () => make(by))).rejects.toThrow(/^UNAUTHENTICATED/);
    const { data } = await api.as(person)('{ apiTokens { totalCount } }');
    expect(data.apiTokens.totalCount).toBe(1);
  });
});

describe('a change that waits for its turn', () => {
  const ENDS: [string, (by: Principal) => string, RegExp][] = [
    ['token was revoked', (by) => `update api_token set revoked_at = now() where id = ${by.tokenId}`, ENDED],
    ['session was ended', (by) => `update session set revoked_at = now() where id = ${by.sessionId}`, ENDED],
    ['account was disabled', (by) => `update actor set disabled_at = now() where id = ${by.actorId}`, ENDED],
    ['role was changed', (by) => `update actor set role = 'VIEWER' where id = ${by.actorId}`, LESS],
    ['team let them go', (by) => `delete from membership where actor_id = ${by.actorId}`, LESS],
  ];
  /** The one alone, the other together with others'. */
  const CHANGES: [string, () => Record<string, unknown>][] = [
    ['registerSource', () => ({ name: crypto.randomUUID() })],
    ['fileIncident', () => ({ title: 'x', summary: 'x', setting: 'RED_TEAM', severity: 'LOW' })],
  ];

  /** Somebody with a session and a token, either of which may end. */
  async function withBoth(): Promise<Principal> {
    const person = await api.person('REPORTER');
    const scopes = [...person.scopes];
    const { token } = await mutating(api, person)('createApiToken', { name: 'x', scopes }, 'token');
    const [session] = await api.records.$queryRaw<{ id: bigint }[]>`
      insert into session (actor_id, handle_digest, expires_at)
      values (${person.actorId}, ${Buffer.from(token)}, now() + interval '1 day') returning id`;
    const { tokenId } = (await api.withToken(token)) as Principal;
    return { ...person, tokenId, sessionId: session!.id };
  }

  it.each(ENDS)('is not made where the %s meanwhile, and that of others is', async (_what, ending, code) => {
    const [by, other] = [await withBoth(), await api.person('REPORTER')];
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => (letThrough = resolve));
    // As many as there are for four connections.
    const turns = [1, 2].map(() => api.services.turns.take(() => held));
    const made = (who: Principal) => CHANGES.map(([name, input]) => mutating(api, who)(name, input()));
    const [lost, kept] = [Promise.allSettled(made(by)), Promise.all(made(other))];
    await api.records.$executeRawUnsafe(ending(by));
    letThrough();
    await Promise.all(turns);
    expect((await lost).map((one) => one.status === 'rejected' && one.reason.message)).toEqual(
      CHANGES.map(() => expect.stringMatching(code)),
    );
    expect((await kept).map(({ source, __typename }) => source !== undefined || __typename)).toEqual([
      true,
      'FileIncidentSuccess',
    ]);
  });

  it.each([
    ['REPORTER', 'INVESTIGATOR', true],
    ['REPORTER', 'ADMINISTRATOR', true],
    ['INVESTIGATOR', 'REPORTER', false],
    ['ADMINISTRATOR', 'INVESTIGATOR', false],
    ['ADMINISTRATOR', 'AUDITOR', false],
  ] as const)('of somebody who was %s and is %s by now: made, %s', async (was, now, isMade) => {
    const by = await api.person(was);
    await api.records.$executeRaw`update actor set role = ${now}::text::role where id = ${by.actorId}`;
    // By the request from before.
    const made = mutating(api, by)('registerSource', { name: crypto.randomUUID() }, 'source { id }');
    if (isMade) expect((await made).source).toBeDefined();
    else await expect(made).rejects.toThrow(LESS);
  });

  it('is made where they gained a team meanwhile', async () => {
    const by = await api.person('ADMINISTRATOR');
    const add = (name: string) => `${name}: createTeam(input: { name: "${name}", namespace: "${name}" }) {
      ... on CreateTeamSuccess { team { id } } }`;
    const { data } = await api.as(by)(`mutation { ${add('one')} ${add('two')} }`);
    const join = (name: string) => `${name}: addTeamMember(input: { member: "${idOf(by)}",
      team: "${data[name].team.id}" }) { __typename }`;
    const joined = await api.as(by)(`mutation { ${join('one')} ${join('two')} }`);
    expect(joined.data).toEqual({
      one: { __typename: 'AddTeamMemberSuccess' },
      two: { __typename: 'AddTeamMemberSuccess' },
    });
  });
});
