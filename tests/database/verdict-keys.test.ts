import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseBefore, type OlderDatabase } from './before-migration.ts';

let database: OlderDatabase;
beforeAll(async () => {
  database = await databaseBefore('20261206110000_say_whose_verdicts_samples_hold');
});
afterAll(() => database.close());

const BY = `select t.id, a.id from team t, actor a where t.namespace = '' and a.kind = 'SYSTEM'`;
const behavior = (namespace: string, name: string) =>
  database.one(
    `insert into behavior (namespace, name, title, team_id, actor_id) select $1, $2, $2, o.* from (${BY}) o`,
    [namespace, name],
  );

type Measured = [behavior: number, outcomeKey?: string];

/** A run with one sample of these outcomes, and measurements of it that were recorded with it, or later. */
async function run(
  name: string,
  outcomes: object,
  measured: Measured[],
  later: Measured[] = [],
): Promise<number> {
  const measurement = (id: number, [of, key = null]: [number, (string | null)?]) =>
    database.one(
      `insert into measurement (eval_run_id, behavior_id, outcome_key, team_id, actor_id) select $1, $2, $3, o.* from (${BY}) o`,
      [id, of, key],
    );
  await database.client.query('begin');
  const id = await database.one(
    `insert into node (kind, name, team_id, actor_id) select 'EVAL_RUN', $1, o.* from (${BY}) o`,
    [name],
  );
  await database.client.query(
    'insert into eval_run (node_id, evaluation_version_id) select $1, v.id from evaluation_version v',
    [id],
  );
  for (const one of measured) await measurement(id, one);
  await database.one(
    "insert into eval_sample (eval_run_id, sample_id, epoch, outcomes) values ($1, 's', 1, $2::jsonb)",
    [id, JSON.stringify(outcomes)],
  );
  await database.client.query('commit');
  for (const one of later) await measurement(id, one);
  return id;
}

describe('the verdicts that were there before it was recorded whose they are', () => {
  it('are those of the one behaviour that they could be of, else of what counts them, else of nothing', async () => {
    await database.one(`insert into evaluation (name, team_id, actor_id) select 'e', o.* from (${BY}) o`);
    await database.one(
      `insert into evaluation_version (evaluation_id, version, team_id, actor_id) select e.id, '1', o.* from evaluation e, (${BY}) o`,
    );
    const bare = await behavior('', 'blackmail');
    const hidden = await behavior('b', 'blackmail');
    const rest = await behavior('b', 'rest');
    const runs = [
      await run('bare', { blackmail: 'EXHIBITED' }, [[hidden]], [[bare]]),
      await run('whole', { 'b/rest': 'EXHIBITED', 'b/rest (human)': 'UNSCORED' }, [[rest], [rest]]),
      await run('counted', { blackmail: 'EXHIBITED', 'b/blackmail': 'EXHIBITED' }, [
        [bare, 'blackmail'],
        [hidden, 'b/blackmail'],
      ]),
      await run('either', { blackmail: 'EXHIBITED' }, [[bare], [hidden]]),
      await run('nobody', { 'unheard of': 'EXHIBITED', blackmailing: 'EXHIBITED' }, [[bare]]),
    ];
    await database.migrate();
    const { rows } = await database.client.query<{ run: string; keys: string[] }>(
      'select eval_run_id as run, verdict_keys as keys from measurement order by id',
    );
    const keys = runs.map((id) => rows.filter((row) => Number(row.run) === id).map((row) => row.keys));
    expect(keys).toEqual([
      [['blackmail'], []],
      [
        ['b/rest', 'b/rest (human)'],
        ['b/rest', 'b/rest (human)'],
      ],
      [['blackmail'], ['b/blackmail']],
      [[], []],
      [[]],
    ]);
    const changing = database.client.query("update measurement set verdict_keys = '{anything}'");
    await expect(changing).rejects.toThrow(/never changed|is kept|retract/);
  });
});
