import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseBefore, type OlderDatabase } from './before-migration.ts';

let database: OlderDatabase;
beforeAll(async () => {
  database = await databaseBefore('20261204120000_see_conditions_with_their_figures');
});
afterAll(() => database.close());

async function inOne(...statements: string[]): Promise<void> {
  for (const sql of ['begin', ...statements, 'commit']) await database.client.query(sql);
}

const BY = `from team t, actor a where t.namespace = '' and a.kind = 'SYSTEM'`;
const version = (evaluation: string) => [
  `insert into evaluation (name, visibility, team_id, actor_id) select '${evaluation}', 'PUBLIC', t.id, a.id ${BY}`,
  `insert into evaluation_version (evaluation_id, version, visibility, team_id, actor_id)
   select e.id, '1', 'PUBLIC', t.id, a.id from evaluation e, team t, actor a
   where e.name = '${evaluation}' and t.namespace = '' and a.kind = 'SYSTEM'`,
];
const condition = (evaluation: string, called: string) =>
  `insert into condition (evaluation_version_id, name)
   select v.id, '${called}' from evaluation_version v join evaluation e on e.id = v.evaluation_id where e.name = '${evaluation}'`;
const imported = (evaluation: string) => [
  `insert into import (format, file_name, digest, bytes, status, team_id, actor_id)
   select 'inspect-json', 'a.json', '${evaluation}', 1, 'SUCCEEDED', t.id, a.id ${BY}`,
  `insert into node (kind, name, visibility, team_id, actor_id) select 'EVAL_RUN', '${evaluation}', 'TEAM', t.id, a.id ${BY}`,
  `insert into eval_run (node_id, evaluation_version_id, import_id)
   select n.id, v.id, i.id from node n, evaluation_version v join evaluation e on e.id = v.evaluation_id, import i
   where n.name = '${evaluation}' and e.name = '${evaluation}' and i.digest = '${evaluation}'`,
];

describe('the conditions that were there before it was recorded which a version was registered with', () => {
  it('are those recorded with their version, by no import; the others are seen with their figures', async () => {
    await inOne(...version('by-hand'), condition('by-hand', 'registered'));
    await inOne(condition('by-hand', 'added later'));
    await inOne(...version('by-import'), condition('by-import', 'imported'), ...imported('by-import'));
    await database.migrate();
    const { rows } = await database.client.query('select name, declared from condition order by id');
    expect(rows).toEqual([
      { name: 'registered', declared: true },
      { name: 'added later', declared: false },
      { name: 'imported', declared: false },
    ]);
    const changing = database.client.query('update condition set declared = true');
    await expect(changing).rejects.toThrow('is never changed');
  });
});
