import { beforeAll, describe, expect, inject, it } from 'vitest';
import { boundTo } from '../../api/src/platform/bound-database.ts';
import { openDatabase } from '../../api/src/platform/database.ts';
import { type Rights, SEES_ALL, SEES_PUBLIC } from '../../api/src/platform/rights.ts';
import { type Connection, node, useDatabase } from './record.ts';

const database = useDatabase();
const SEES: Record<string, Connection> = {};

/** Tables without a policy: they hold no row that is hidden from some and not from others by its visibility. */
const OPEN = [
  '_prisma_migrations',
  'actor',
  'api_token',
  'audience',
  'audience_member',
  'credential',
  'edge_rule',
  'idempotency',
  'identity',
  'installation',
  'invitation',
  'membership',
  'password_reset',
  'session',
  'sign_in_try',
  'spent_id_token',
  'team',
];

beforeAll(async () => {
  const all = await database.app();
  const { rows: actors } = await all.query<{ id: string }>(
    `insert into actor (kind, name) values ('PERSON', 'Author'), ('PERSON', 'Named'), ('PERSON', 'Stranger') returning id`,
  );
  const { rows: teams } = await all.query<{ id: string }>(
    `insert into team (namespace, name) values ('lab', 'Lab') returning id`,
  );
  const [author, named, stranger] = actors.map((row) => row.id);
  const team = teams[0]!.id;
  SEES.all = all;
  SEES.anonymous = await database.app('');
  SEES.silent = await database.app('');
  SEES.nonsense = await database.app("12 {1}' or true");
  SEES.author = await database.app(`${author} {}`);
  SEES.team = await database.app(`${stranger} {${team}}`);
  SEES.named = await database.app(`${named} {}`);
  SEES.stranger = await database.app(`${stranger} {}`);

  const rows = [
    ['public', 'PUBLIC', false],
    ['members', 'MEMBERS', false],
    ['team', 'TEAM', false],
    ['restricted', 'RESTRICTED', false],
    ['named', 'RESTRICTED', true],
    ['embargoed', 'PUBLIC', true],
  ] as const;
  for (const [name, visibility, shared] of rows) {
    const { rows: made } = await all.query<{ id: string }>(
      `insert into node (kind, name, visibility, team_id, actor_id) values ('SOURCE', $1, $2, $3, $4) returning id`,
      [name, visibility, team, author],
    );
    const id = made[0]!.id;
    if (shared) {
      const { rows: audiences } = await all.query<{ id: string }>(
        `insert into audience (embargoed_until, team_id, actor_id) values ($1, $2, $3) returning id`,
        [name === 'embargoed' ? '2099-01-01' : null, team, author],
      );
      await all.query('insert into audience_member (audience_id, actor_id, added_by) values ($1, $2, $3)', [
        audiences[0]!.id,
        named,
        author,
      ]);
      await all.query('update node set audience_id = $1 where id = $2', [audiences[0]!.id, id]);
    }
    await all.query(
      `insert into claim (node_id, property, value_text, visibility, team_id, actor_id) values ($1, 'TITLE', $2, $3, $4, $5)`,
      [id, name, visibility, team, author],
    );
    await all.query('insert into source (node_id, title) values ($1, $2)', [id, name]);
  }
});

const EVERYTHING = ['public', 'members', 'team', 'restricted', 'named', 'embargoed'];

describe('row-level security, whatever a statement asks for', () => {
  it.each([
    ['all', EVERYTHING],
    ['author', EVERYTHING],
    ['team', ['public', 'members', 'team', 'embargoed']],
    ['named', ['public', 'members', 'named', 'embargoed']],
    ['stranger', ['public', 'members']],
    ['anonymous', ['public']],
    ['nonsense', ['public']],
  ])('shows %s the nodes %j, and of claims and sources those of these nodes', async (viewer, names) => {
    const sees = SEES[viewer]!;
    for (const sql of [
      'select name from node where name = any($1)',
      'select value_text as name from claim where value_text = any($1)',
      'select title as name from source where title = any($1)',
    ]) {
      const { rows } = await sees.query<{ name: string }>(sql, [EVERYTHING]);
      expect(rows.map((row) => row.name).sort()).toEqual([...names].sort());
    }
  });

  it('shows a connection that says nothing no more than the public', async () => {
    const silent = SEES.silent!;
    await silent.query('reset headwater.viewer');
    const { rows } = await silent.query('select name from node where name = any($1)', [EVERYTHING]);
    expect(rows).toEqual([{ name: 'public' }]);
  });

  it('stands on every table whose rows can be hidden', async () => {
    const { rows } = await SEES.all!.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`,
    );
    expect(rows.map((row) => row.name).sort()).toEqual(OPEN);
  });

  it('looks up what a row is seen with by its key, and never reads the other table whole', async () => {
    const owner = await database.owner();
    const { rows } = await owner.query<{ policy: string }>(
      `select tablename || '.' || policyname as policy from pg_policies
       where schemaname = 'public' and regexp_replace(qual, 'FROM audience(_member)?\\s', '', 'g')
         ~ 'EXISTS \\( SELECT\\s+FROM [^)]*WHERE \\([^)]*\\)\\)'`,
    );
    expect(rows).toEqual([]);
  });

  it('cannot be switched off by the role that the API speaks as', async () => {
    const { rows } = await SEES.all!.query<{ bypass: boolean; owner: boolean }>(
      `select r.rolbypassrls or r.rolsuper as bypass, pg_has_role(current_user, c.relowner, 'usage') as owner
       from pg_roles r, pg_class c where r.rolname = current_user and c.relname = 'node'`,
    );
    expect(rows).toEqual([{ bypass: false, owner: false }]);
  });

  it('binds what is read for a viewer where the API connects as the owner of the tables, too', async () => {
    // The server of the tests has the API's role; its owner may become it only where it is told so.
    const { port, superuser } = inject('postgres');
    const url = new URL(database.url());
    url.username = 'postgres';
    url.password = superuser;
    expect(Number(url.port)).toBe(port);
    const db = openDatabase(url.href, { poolSize: 2 });
    const names = async (rights: Rights) =>
      (
        await boundTo(db, rights).$queryRaw<{ name: string }[]>`
          select name from node where name = any(${EVERYTHING}::text[]) order by name`
      ).map((row) => row.name);
    const within = (rights: Rights) =>
      boundTo(db, rights).$transaction(
        (tx) => tx.$queryRaw<[{ count: number }]>`
          select count(*)::int as count from node where name = any(${EVERYTHING}::text[])`,
      );
    expect(await names(SEES_PUBLIC)).toEqual(['public']);
    expect(await names(SEES_ALL)).toEqual([...EVERYTHING].sort());
    expect(await within(SEES_PUBLIC)).toEqual([{ count: 1 }]);
    // Rights end with their statement: the next one on the connection has none.
    expect(
      await db.$queryRaw`select current_user::text as me, current_setting('headwater.viewer', true) as viewer`,
    ).toEqual([{ me: 'postgres', viewer: '' }]);
    await db.close();
  });

  it('lets no statement see with the rights of another that runs beside it', async () => {
    const db = openDatabase(database.appUrl(), { poolSize: 3 });
    const counts = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const rights = [SEES_PUBLIC, SEES_ALL][i % 2]!;
        const [row] = await boundTo(db, rights).$queryRaw<[{ count: number }]>`
          select count(*)::int as count, pg_sleep(0.001)::text from node where name = any(${EVERYTHING}::text[])`;
        return row.count;
      }),
    );
    expect(counts).toEqual(Array.from({ length: 60 }, (_, i) => [1, EVERYTHING.length][i % 2]));
    await db.close();
  });

  it('outlives a connection that breaks under a statement', async () => {
    const db = openDatabase(database.appUrl(), { poolSize: 1 });
    await expect(
      boundTo(db, SEES_PUBLIC).$queryRaw`select pg_terminate_backend(pg_backend_pid())`,
    ).rejects.toThrow();
    expect(await boundTo(db, SEES_PUBLIC).$queryRaw`select 1 as one`).toEqual([{ one: 1 }]);
    await db.close();
  });

  it('does not hide an edge from the check for cycles', async () => {
    const all = SEES.all!;
    const [a, b] = [await node(all, 'DATASET_VERSION'), await node(all, 'DATASET_VERSION')];
    const insert = (
      visibility: string,
    ) => `insert into edge (kind, downstream, upstream, visibility, team_id, actor_id)
      select 'DERIVED_FROM', $1, $2, '${visibility}', t.id, a.id from team t, actor a where t.namespace = '' and a.kind = 'SYSTEM'`;
    await all.query(insert('RESTRICTED'), [a, b]);
    await expect(SEES.stranger!.query(insert('PUBLIC'), [b, a])).rejects.toMatchObject({ code: 'HW008' });
  });
});
