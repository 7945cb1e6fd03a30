// What was recorded before activities were their own team's to open: taken back where another team had opened them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseBefore, type OlderDatabase } from './before-migration.ts';

const MENDING = '20261204100000_let_none_but_its_own_team_move_an_activity';
let database: OlderDatabase;
beforeAll(async () => {
  database = await databaseBefore(MENDING);
}, 120_000);
afterAll(() => database.close());

it('takes an audience from a training run that another team alone had given it, and what it is said of', async () => {
  const { client, one, person } = database;
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
  expect(await database.migrate()).toContain(MENDING);
  expect(await held()).toEqual({ opened: 0, own: 3, both: 3 });
}, 120_000);
