// What was recorded before events were closed to those who are named on a node, citations moved with their disputes, and
// results of no incident were no wider than their model version.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseBefore, type OlderDatabase } from './before-migration.ts';

const MENDINGS = [
  '20261207100000_close_events_to_the_named',
  '20261207110000_narrow_citations_of_disputes',
  '20261207120000_narrow_results_of_hidden_models',
] as const;
let database: OlderDatabase;
beforeAll(async () => {
  database = await databaseBefore(MENDINGS[0]);
}, 120_000);
afterAll(() => database.close());

it('closes events to those who are named, not to the owner, and narrows where disputes were read, and results of hidden models', async () => {
  const { client, insert, person } = database;
  const [owner, sharer, named] = [await person('owner'), await person('sharer'), await person('named')];
  const audienceOf = async (...people: { actorId: number }[]) => {
    const id = await insert('audience', owner, {});
    for (const { actorId } of people)
      await client.query(
        'insert into audience_member (audience_id, actor_id, added_by) values ($1, $2, $2)',
        [id, actorId],
      );
    return id;
  };
  const audience = await audienceOf(owner, named);
  const shared = await insert('node', owner, { kind: 'INCIDENT', name: 'a', visibility: 'RESTRICTED' });
  await client.query('update node set audience_id = $1 where id = $2', [audience, shared]);
  const tell = (type: string, by = sharer) =>
    insert('event', by, { type, node_id: shared, payload: '{}', visibility: 'RESTRICTED' });
  const events = [
    await tell('SHARED'),
    await tell('EVIDENCE_REVEALED'),
    await tell('IMPORT_REVEALED'),
    await tell('SHARED', owner),
    await tell('INCIDENT_FILED'),
  ];
  // Those of evidence that the owner does not see are left to whoever opened it.
  events.push(
    await insert('event', sharer, {
      ...{ type: 'EVIDENCE_REVEALED', node_id: shared, payload: '{}', visibility: 'RESTRICTED', apart: true },
    }),
  );

  const source = await insert('node', owner, { kind: 'SOURCE', name: 's', visibility: 'PUBLIC' });
  const cite = async (citation: string, dispute: string, audienceId: number | null = null) => {
    const citation_id = await insert('citation', sharer, {
      ...{ source: 'x', certainty: 'PRIMARY', visibility: citation },
    });
    const id = await insert('dispute', sharer, {
      ...{ node_id: source, statement: 'x', citation_id, visibility: dispute },
    });
    await client.query('update dispute set audience_id = $1 where id = $2', [audienceId, id]);
    return citation_id;
  };
  const citations = [
    await cite('PUBLIC', 'RESTRICTED', audience),
    await cite('PUBLIC', 'PUBLIC', audience),
    await cite('PUBLIC', 'TEAM'),
    await cite('RESTRICTED', 'PUBLIC'),
    await cite('TEAM', 'TEAM', audience),
  ];

  const model_id = await insert('model', owner, { namespace: '', name: 'm' });
  const report = async (visibility: string, by = owner) => {
    const name = `${visibility} ${by.teamId}`;
    const model = await insert('node', owner, { kind: 'MODEL_VERSION', name, visibility });
    await client.query('insert into model_version (node_id, model_id) values ($1, $2)', [model, model_id]);
    const wide = { visibility: 'MEMBERS' };
    const citation_id = await insert('citation', by, { source: 'x', certainty: 'PRIMARY', ...wide });
    const result = { model_version_id: model, statement: 'x', citation_id, ...wide };
    const subject_id = await insert('reported_result', by, result);
    const event = { type: 'REPORTED_RESULT_RECORDED', node_id: model, payload: '{}', ...wide };
    await insert('event', by, { ...event, subject_type: 'ReportedResult', subject_id });
    return subject_id;
  };
  const results = [
    await report('RESTRICTED'),
    await report('TEAM'),
    await report('TEAM', sharer),
    await report('PUBLIC'),
  ];

  expect(await database.migrate()).toEqual(expect.arrayContaining([...MENDINGS]));
  const told = await client.query<{ apart: boolean; readers: number[] }>(
    `select apart, array(select m.actor_id::int from audience_member m where m.audience_id = e.audience_id order by 1)
       as readers from event e where id = any($1) order by id`,
    [events],
  );
  expect(told.rows).toEqual([
    ...[1, 2, 3].map(() => ({ apart: true, readers: [owner.actorId] })),
    { apart: true, readers: [] },
    { apart: false, readers: [owner.actorId, named.actorId] },
    { apart: true, readers: [] },
  ]);
  const cited = await client.query<{ visibility: string; audience: number | null }>(
    'select visibility, audience_id::int as audience from citation where id = any($1) order by id',
    [citations],
  );
  expect(cited.rows).toEqual([
    { visibility: 'RESTRICTED', audience },
    { visibility: 'PUBLIC', audience },
    { visibility: 'TEAM', audience: null },
    { visibility: 'RESTRICTED', audience: null },
    { visibility: 'TEAM', audience: null },
  ]);
  const reported = await client.query<{ all: string[] }>(
    `select array[r.visibility, c.visibility, e.visibility]::text[] as all from reported_result r
       join citation c on c.id = r.citation_id join event e on e.subject_id = r.id and e.subject_type = 'ReportedResult'
       where r.id = any($1) order by r.id`,
    [results],
  );
  expect(reported.rows.map((row) => row.all)).toEqual(
    ['RESTRICTED', 'TEAM', 'RESTRICTED', 'MEMBERS'].map((word) => [word, word, word]),
  );
}, 120_000);
