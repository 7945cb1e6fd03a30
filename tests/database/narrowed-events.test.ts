// What was recorded before events said which row they are of: narrowed where the row had been without them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type By, databaseBefore, type OlderDatabase } from './before-migration.ts';

const MENDINGS = [
  '20261204110000_narrow_events_of_what_was_narrowed',
  '20261205100000_narrow_events_of_reported_results',
] as const;
let database: OlderDatabase;
beforeAll(async () => {
  database = await databaseBefore(MENDINGS[0]);
}, 120_000);
afterAll(() => database.close());

it('narrows what a timeline tells of a row to those who see it, and opens nothing', async () => {
  const { client, insert, person } = database;
  const [lab, other] = [await person('lab'), await person('other')];
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

  // Results that incidents report: the same by two teams, one in the open, and one of an incident under an embargo.
  const audience = await insert('audience', lab, { embargoed_until: '2100-01-01' });
  const held = await insert('node', lab, { kind: 'INCIDENT', name: 'MBI-2026-0002', visibility: 'PUBLIC' });
  await client.query(
    "insert into incident (node_id, key, title, summary, setting, severity) values ($1, 'MBI-2026-0002', 't', 's', 'RED_TEAM', 'LOW')",
    [held],
  );
  await client.query('update node set audience_id = $1 where id = $2', [audience, held]);
  const citation_id = await insert('citation', lab, {
    source: 's',
    certainty: 'PRIMARY',
    visibility: 'PUBLIC',
  });
  const model_id = await insert('model', lab, { namespace: '', name: 'm' });
  await client.query('insert into model_version (node_id, model_id) values ($1, $2)', [model, model_id]);
  const report = (statement: string, visibility: string, by = lab, incident_id = incident) =>
    insert('reported_result', by, {
      incident_id,
      statement,
      citation_id,
      visibility,
      model_version_id: model,
    });
  for (const by of [lab, other]) await report('one', 'TEAM', by);
  await report('two', 'PUBLIC', lab);
  await report('held', 'PUBLIC', lab, held);
  for (const statement of ['one', 'two', 'held']) {
    await tell(lab, 'REPORTED_RESULT_RECORDED', { statement }, 'PUBLIC', model);
    await tell(other, 'REPORTED_RESULT_RECORDED', { statement }, 'MEMBERS', model);
  }

  expect(await database.migrate()).toEqual(expect.arrayContaining([...MENDINGS]));
  const { rows } = await client.query<{ visibility: string }>('select visibility from event order by id');
  expect(rows.map(({ visibility }) => visibility)).toEqual([
    ...['PUBLIC', 'PUBLIC', 'PUBLIC'],
    // To the team of the hypothesis, and not to that of whoever added evidence.
    ...['TEAM', 'TEAM', 'RESTRICTED'],
    ...['RESTRICTED', 'RESTRICTED', 'RESTRICTED'],
    ...['RESTRICTED', 'RESTRICTED', 'TEAM', 'TEAM'],
    // Another team says the same: each may be meant. Nobody but its team sees an incident under an embargo.
    ...['RESTRICTED', 'RESTRICTED', 'PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED'],
  ]);
}, 120_000);
