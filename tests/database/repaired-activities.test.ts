// What was recorded before activities were their own team's to open: taken back where another team had opened them.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { deployMigrations } from '../../api/src/platform/migrate.ts';

const repository = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const MENDING = '20261204100000_let_none_but_its_own_team_move_an_activity';
const folder = mkdtempSync(join(tmpdir(), 'headwater-repaired-'));
const name = `repaired_${process.pid}`;
const serverUrl = (database: string) => {
  const { port, superuser } = inject('postgres');
  return `postgresql://postgres:${superuser}@127.0.0.1:${port}/${database}`;
};
let client: pg.Client;

async function connected(database: string): Promise<pg.Client> {
  const made = new pg.Client({ connectionString: serverUrl(database) });
  await made.connect();
  return made;
}

beforeAll(async () => {
  const server = await connected('postgres');
  await server.query(`create database ${name}`);
  await server.end();
  for (const one of readdirSync(repository))
    if (one < MENDING) cpSync(join(repository, one), join(folder, one), { recursive: true });
  await deployMigrations(serverUrl(name), { folder });
  client = await connected(name);
  await client.query("select set_config('headwater.viewer', 'all', false)");
}, 120_000);

afterAll(async () => {
  await client.end();
  const server = await connected('postgres');
  await server.query(`drop database ${name} with (force)`);
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

const one = async (sql: string, values: unknown[] = []): Promise<number> =>
  Number((await client.query<{ id: string }>(`${sql} returning id`, values)).rows[0]!.id);

it('takes an audience from a training run that another team alone had given it, and what it is said of', async () => {
  const person = async (team: string) => {
    const teamId = await one('insert into team (namespace, name) values ($1, $1)', [team]);
    const actorId = await one("insert into actor (kind, name) values ('PERSON', $1)", [team]);
    return { teamId, actorId };
  };
  const [lab, other] = [await person('lab'), await person('other')];
  const node = (by: typeof lab, kind: string, called: string, visibility: string) =>
    one('insert into node (kind, name, team_id, actor_id, visibility) values ($1, $2, $3, $4, $5)', [
      ...[kind, called, by.teamId, by.actorId, visibility],
    ]);
  const made = (by: typeof lab, output: number, activity: number) =>
    one(
      "insert into edge (kind, downstream, upstream, team_id, actor_id) values ('GENERATED_BY', $1, $2, $3, $4)",
      [...[output, activity, by.teamId, by.actorId]],
    );
  const audience = async (by: typeof lab) => {
    const id = await one('insert into audience (team_id, actor_id) values ($1, $2)', [by.teamId, by.actorId]);
    await client.query('insert into audience_member (audience_id, actor_id, added_by) values ($1, $2, $2)', [
      ...[id, by.actorId],
    ]);
    return id;
  };
  const shared = async (by: typeof lab, called: string) => {
    const id = await node(by, 'MODEL_VERSION', called, 'RESTRICTED');
    await client.query('update node set audience_id = $2 where id = $1', [id, await audience(by)]);
    return id;
  };
  const source = await node(lab, 'SOURCE', 'crawl', 'PUBLIC');
  const run = async (called: string) => {
    const id = await node(lab, 'TRAINING_RUN', called, 'MEMBERS');
    await one(
      "insert into edge (kind, downstream, upstream, team_id, actor_id) values ('USED', $1, $2, $3, $4)",
      [...[id, source, lab.teamId, lab.actorId]],
    );
    await one(
      "insert into claim (node_id, property, value_text, team_id, actor_id) values ($1, 'LICENSE', 'x', $2, $3)",
      [...[id, lab.teamId, lab.actorId]],
    );
    return id;
  };
  const [opened, own, both] = [await run('opened'), await run('own'), await run('both')];
  await made(other, await shared(other, 'theirs'), opened);
  await made(lab, await shared(lab, 'ours'), own);
  const model = await shared(lab, 'ours-too');
  await made(lab, model, both);
  await made(other, await shared(other, 'theirs-too'), both);

  const held = async () => {
    const { rows } = await client.query<{ name: string; audiences: number }>(
      `select n.name, num_nonnulls(n.audience_id, e.audience_id, c.audience_id) as audiences
       from node n join edge e on e.downstream = n.id join claim c on c.node_id = n.id order by n.id`,
    );
    return Object.fromEntries(rows.map((row) => [row.name, row.audiences]));
  };
  expect(await held()).toEqual({ opened: 3, own: 3, both: 3 });
  expect((await deployMigrations(serverUrl(name))).applied).toContain(MENDING);
  expect(await held()).toEqual({ opened: 0, own: 3, both: 3 });
}, 120_000);
