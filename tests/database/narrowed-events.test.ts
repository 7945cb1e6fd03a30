// What was recorded before events said which row they are of: narrowed where the row had been without them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type By, databaseBefore, type OlderDatabase } from './before-migration.ts';

const MENDING = '20261204110000_narrow_events_of_what_was_narrowed';
let database: OlderDatabase;
beforeAll(async () => {
  database = await databaseBefore(MENDING);
}, 120_000);
afterAll(() => database.close());

it('narrows what a timeline tells of a row to those who see it, and opens nothing', async () => {
  const { client, one, person } = database;
  const [lab, other] = [await person('lab'), await person('other')];
  const insert = (table: string, by: By, values: Record<string, unknown>) => {
    const row: Record<string, unknown> = { ...values, team_id: by.teamId, actor_id: by.actorId };
    const names = Object.keys(row);
    const places = names.map((_, i) => `$${i + 1}`);
    return one(
      `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`,
      Object.values(row),
    );
  };
  const node = (kind: string, name: string) => insert('node', lab, { kind, name, visibility: 'PUBLIC' });
  const incident = await node('INCIDENT', 'MBI-2026-0001');
  await client.query(
    "insert into incident (node_id, key, title, summary, setting, severity) values ($1, 'MBI-2026-0001', 't', 's', 'RED_TEAM', 'LOW')",
    [incident],
  );
  const tell = (by: By, type: string, payload: object, visibility = 'PUBLIC', node_id = incident) =>
    insert('event', by, { type, node_id, payload: JSON.stringify(payload), visibility });
  const suppose = async (statement: string, visibility: string, by = lab) => {
    const id = await insert('hypothesis', by, { incident_id: incident, statement, visibility });
    const evidence = { hypothesis_id: id, direction: 'SUPPORTS', method: 'OTHER', visibility };
    await insert('evidence_item', by, { ...evidence, statement: `of ${statement}` });
    return id;
  };
  for (const [statement, visibility] of [
    ['open', 'PUBLIC'],
    ['ours', 'TEAM'],
    ['mine', 'RESTRICTED'],
  ] as const) {
    await suppose(statement, visibility);
    await tell(lab, 'HYPOTHESIS_OPENED', { statement });
    await tell(lab, 'HYPOTHESIS_EVIDENCE_ADDED', { statement: `of ${statement}` });
    await tell(other, 'HYPOTHESIS_EVIDENCE_ADDED', { statement: `of ${statement}` });
  }
  await tell(lab, 'HYPOTHESIS_OPENED', { statement: 'open' }, 'RESTRICTED');
  const quote = {
    incident_id: incident,
    kind: 'QUOTATION',
    title: 'Theirs',
    digest: 'd'.repeat(64),
    bytes: 1,
  };
  await insert('evidence', other, { ...quote, text: 'x', visibility: 'TEAM' });
  await tell(lab, 'EVIDENCE_REVEALED', { title: 'Theirs', reason: 'r' }, 'TEAM');
  const [model, run] = [await node('MODEL_VERSION', 'm'), await node('EVAL_RUN', 'r')];
  await insert('edge', lab, { kind: 'EVALUATED', downstream: run, upstream: model });
  await tell(lab, 'EVAL_RUN_RECORDED', { ref: 'eval-run:r' }, 'TEAM', run);
  await tell(lab, 'EVAL_RUN_RECORDED', { ref: 'eval-run:r' }, 'PUBLIC', model);
  await client.query("update node set visibility = 'TEAM' where id = $1", [run]);

  expect(await database.migrate()).toContain(MENDING);
  const { rows } = await client.query<{ visibility: string }>('select visibility from event order by id');
  expect(rows.map(({ visibility }) => visibility)).toEqual([
    ...['PUBLIC', 'PUBLIC', 'PUBLIC'],
    // To the team of the hypothesis, and not to that of whoever added evidence.
    ...['TEAM', 'TEAM', 'RESTRICTED'],
    ...['RESTRICTED', 'RESTRICTED', 'RESTRICTED'],
    ...['RESTRICTED', 'RESTRICTED', 'TEAM', 'TEAM'],
  ]);
}, 120_000);
