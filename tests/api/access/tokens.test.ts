import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newApiToken } from '../../../api/src/access/secrets.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { type Mutate, mutating } from '../../testkit/mutate.ts';

let api: TestApi;
let administrator: Principal;
let mutate: Mutate;

beforeAll(async () => {
  api = await testApi();
  administrator = await api.person('ADMINISTRATOR');
  mutate = mutating(api, administrator);
});
afterAll(() => api.close());

const MADE = 'token apiToken { id owner { name kind } scopes expiresAt }';
const make = (by: Mutate, input: Record<string, unknown>) =>
  by('createApiToken', { name: 'tool', ...input }, MADE);
const toolOf = async (token: string) => (await api.withToken(token)) as Principal;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('a service account', () => {
  const serviceAccount = async (role: string, name = `Bot ${role}`) =>
    (await mutate('createServiceAccount', { name, role }, 'member { id kind email role }')).member;

  it('is an actor of its own, in whose name its token writes', async () => {
    const bot = await serviceAccount('REPORTER');
    expect(bot).toMatchObject({ kind: 'SERVICE', email: null, role: 'REPORTER' });
    const made = await make(mutate, { scopes: ['read', 'write:lineage'], owner: bot.id });
    expect(made.apiToken.owner).toEqual({ name: 'Bot REPORTER', kind: 'SERVICE' });
    const tool = await toolOf(made.token);
    const done = await mutating(api, tool)('registerSource', { name: 'by-the-bot' }, 'source { id }');
    expect(done.source.id).toBeTruthy();
    const [row] = await api.records.$queryRaw<{ actor: bigint }[]>`
      select actor_id as actor from node where name = 'by-the-bot'`;
    expect(api.services.ids.encode('Actor', row!.actor)).toBe(bot.id);
  });

  it('gets no scope that its role lacks', async () => {
    const bot = await serviceAccount('VIEWER');
    const made = await make(mutate, { scopes: ['read', 'write:lineage'], owner: bot.id });
    expect(made).toMatchObject({ __typename: 'InputError', path: ['scopes', '1'] });
  });

  it('gets its tokens from administrators, who make none for other people', async () => {
    const bot = await serviceAccount('AUDITOR');
    const person = await api.person('REPORTER');
    const forPerson = api.services.ids.encode('Actor', person.actorId);
    const refused = { __typename: 'NotFoundError', path: ['owner'] };
    expect(await make(mutate, { scopes: ['read'], owner: forPerson })).toMatchObject(refused);
    expect(await make(mutating(api, person), { scopes: ['read'], owner: bot.id })).toMatchObject(refused);
  });

  it('stops with all its tokens when it is disabled', async () => {
    const bot = await serviceAccount('REPORTER', 'Stopped');
    const { token } = await make(mutate, { scopes: ['read'], owner: bot.id });
    await mutate('disableMember', { member: bot.id });
    await expect(api.withToken(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const more = await make(mutate, { scopes: ['read'], owner: bot.id });
    expect(more).toMatchObject({ __typename: 'ConflictError', path: ['owner'] });
  });

  it('is listed among programs and not among people', async () => {
    await serviceAccount('VIEWER', 'Only a program');
    const list =
      'query ($kind: MemberKind!) { members(kind: $kind, search: "only a program") { totalCount } }';
    const count = async (kind: string) =>
      (await api.as(administrator)(list, { kind })).data.members.totalCount;
    expect([await count('SERVICE'), await count('PERSON')]).toEqual([1, 0]);
  });
});

describe('a token made with a token', () => {
  it('has no more scopes than it', async () => {
    const person = mutating(api, await api.person('INVESTIGATOR'));
    const tool = mutating(api, await toolOf((await make(person, { scopes: ['read'] })).token));
    const made = await make(tool, { scopes: ['read', 'write:incidents'] });
    expect(made).toMatchObject({ __typename: 'InputError', path: ['scopes', '1'] });
  });

  it('ends no later than it', async () => {
    const person = mutating(api, await api.person('INVESTIGATOR'));
    const maker = await make(person, { scopes: ['read'], expiresAt: inDays(1) });
    const tool = mutating(api, await toolOf(maker.token));
    const refused = { __typename: 'InputError', path: ['expiresAt'] };
    expect(await make(tool, { scopes: ['read'] })).toMatchObject(refused);
    expect(await make(tool, { scopes: ['read'], expiresAt: inDays(2) })).toMatchObject(refused);
    const within = await make(tool, { scopes: ['read'], expiresAt: maker.apiToken.expiresAt });
    expect(within.__typename).toBe('CreateApiTokenSuccess');
  });

  it('is revoked with it, and so are those made with that one', async () => {
    const person = mutating(api, await api.person('INVESTIGATOR'));
    const first = await make(person, { scopes: ['read'] });
    const second = await make(mutating(api, await toolOf(first.token)), { scopes: ['read'] });
    const third = await make(mutating(api, await toolOf(second.token)), { scopes: ['read'] });
    await person('revokeApiToken', { id: first.apiToken.id });
    for (const { token } of [first, second, third])
      await expect(api.withToken(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('neither sees nor revokes the other tokens of its owner', async () => {
    const person = await api.person('INVESTIGATOR');
    const own = mutating(api, person);
    const [kept, used] = [await make(own, { scopes: ['read'] }), await make(own, { scopes: ['read'] })];
    const tool = await toolOf(used.token);
    const { data } = await api.as(tool)('{ apiTokens { totalCount nodes { id } } }');
    expect(data.apiTokens).toEqual({ totalCount: 1, nodes: [{ id: used.apiToken.id }] });
    const tried = await mutating(api, tool)('revokeApiToken', { id: kept.apiToken.id });
    expect(tried).toMatchObject({ __typename: 'NotFoundError', path: ['id'] });
  });
});

describe('the list of tokens', () => {
  it("shows one's own, revoked ones included, and never the token itself", async () => {
    const person = await api.person('REPORTER');
    const own = mutating(api, person);
    const made = await make(own, { scopes: ['read'], name: 'first' });
    await make(own, { scopes: ['read'], name: 'second' });
    await own('revokeApiToken', { id: made.apiToken.id });
    const { data } = await api.as(person)('{ apiTokens { nodes { name prefix revokedAt lastUsedAt } } }');
    expect(data.apiTokens.nodes).toMatchObject([
      { name: 'second', revokedAt: null },
      { name: 'first', prefix: made.token.slice(0, 8), revokedAt: expect.any(String) },
    ]);
  });

  it('says when each was last used, to the minute: nothing before, then the use, and of two at once the first', async () => {
    const person = await api.person('REPORTER');
    const own = mutating(api, person);
    const { token, apiToken } = await make(own, { scopes: ['read'] });
    const other = await make(own, { scopes: ['read'], name: 'other' });
    const lastUsed = async (of: string) => {
      const { data } = await api.as(person)('{ apiTokens { nodes { id lastUsedAt } } }');
      const found = data.apiTokens.nodes.find(({ id }: { id: string }) => id === of);
      return found.lastUsedAt === null ? null : Date.parse(found.lastUsedAt);
    };
    expect(await lastUsed(apiToken.id)).toBeNull();
    const begun = Date.now();
    await api.withToken(token);
    const first = await lastUsed(apiToken.id);
    expect(first).toBeGreaterThan(begun - 1_000);
    await api.withToken(token);
    expect(await lastUsed(apiToken.id)).toBe(first);
    const id = api.services.ids.decode(apiToken.id)?.id;
    const used = (ago: string) =>
      api.records.$executeRawUnsafe(
        `update api_token set last_used_at = now() - interval '${ago}' where id = ${id}`,
      );
    await used('50 seconds');
    const within = await lastUsed(apiToken.id);
    await api.withToken(token);
    expect(await lastUsed(apiToken.id)).toBe(within);
    await used('70 seconds');
    await api.withToken(token);
    expect(await lastUsed(apiToken.id)).toBeGreaterThanOrEqual(first!);
    // What is refused is no use, and one token's is not another's.
    await expect(api.withToken(`${other.token}0`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await lastUsed(other.apiToken.id)).toBeNull();
  });

  it("is empty for somebody else's, but to an administrator", async () => {
    const person = await api.person('REPORTER');
    await make(mutating(api, person), { scopes: ['read'] });
    const owner = api.services.ids.encode('Actor', person.actorId);
    const list = 'query ($owner: ID!) { apiTokens(owner: $owner) { totalCount } }';
    const count = async (by: Principal) => (await api.as(by)(list, { owner })).data.apiTokens.totalCount;
    expect([await count(await api.person('AUDITOR')), await count(administrator)]).toEqual([0, 1]);
  });
});

describe('a token that may not read', () => {
  const readless = (by: Principal, scope: 'write:lineage' | 'admin'): Principal => ({
    ...by,
    scopes: new Set([scope]),
  });

  it('finds no token by its id', async () => {
    const { apiToken } = await make(mutate, { scopes: ['read'] });
    const ask = 'query ($id: ID!) { node(id: $id) { id } }';
    const read = async (by: Principal) => (await api.as(by)(ask, { id: apiToken.id })).data.node;
    expect(await read(readless(administrator, 'admin'))).toBeNull();
    expect(await read(administrator)).toEqual({ id: apiToken.id });
  });

  it('is answered under a key from what such tokens did under it, and not from what its person did otherwise', async () => {
    const person = await api.person('REPORTER');
    const [asPerson, asTool] = [mutating(api, person), mutating(api, readless(person, 'write:lineage'))];
    const register = (by: Mutate, name: string) =>
      by('registerSource', { name, idempotencyKey: 'once' }, '__typename');
    expect((await register(asPerson, 'by-person')).__typename).toBe('RegisterSourceSuccess');
    expect(await register(asTool, 'by-person')).toMatchObject({
      __typename: 'ConflictError',
      path: ['name'],
    });
    for (const _try of [1, 2])
      expect((await register(asTool, 'by-tool')).__typename).toBe('RegisterSourceSuccess');
    for (const by of [asPerson, asTool])
      expect(await register(by, 'another')).toMatchObject({
        __typename: 'ConflictError',
        path: ['idempotencyKey'],
      });
  });
});

it('accepts no token that is expired, forged, truncated, or right but for its checksum', async () => {
  const own = mutating(api, await api.person('REPORTER'));
  const { token, apiToken } = await make(own, { scopes: ['read'], expiresAt: inDays(1) });
  const id = api.services.ids.decode(apiToken.id)?.id;
  const other = token.endsWith('0') ? '1' : '0';
  const forged = [
    newApiToken(),
    token.slice(0, -1),
    token.slice(0, -1) + other,
    `${token} `,
    `${token}0`,
    'hw_',
  ];
  for (const one of forged)
    await expect(api.withToken(one), one.slice(0, 6)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect((await api.withToken(token)).kind).toBe('principal');
  await api.records.$executeRawUnsafe(
    `update api_token set expires_at = now() - interval '1 second' where id = ${id}`,
  );
  await expect(api.withToken(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('keeps no token in the database, in whatever form but its keyed digest', async () => {
  const { token } = await make(mutate, { scopes: ['read'] });
  const [row] = await api.records.$queryRaw<{ all: string }[]>`
    select (select string_agg(t::text, ' ') from api_token t) || (select string_agg(e::text, ' ') from event e)
      || coalesce((select string_agg(i::text, ' ') from idempotency i), '') as all`;
  const { createHash } = await import('node:crypto');
  expect(row?.all).toContain(Buffer.from(api.services.digest(token)).toString('hex'));
  expect(row?.all).not.toContain(token.slice(8));
  expect(row?.all).not.toContain(createHash('sha256').update(token).digest('hex'));
});
