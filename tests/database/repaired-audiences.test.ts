// What had been opened by naming people on something else: taken back as far as what is recorded proves it, and no further.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type By, databaseBefore, type OlderDatabase } from './before-migration.ts';

const MENDING = '20261205110000_take_back_what_was_opened_by_naming';
let database: OlderDatabase;
let lab: By;
let other: By;
/** Whose record is less plain, for what happens in a team casts doubt on all that it has. */
let third: By;
let evaluationVersion: number;
beforeAll(async () => {
  database = await databaseBefore(MENDING);
  [lab, other, third] = [
    await database.person('lab'),
    await database.person('other'),
    await database.person('third'),
  ] as [By, By, By];
  const evaluation = await insert('evaluation', lab, { name: 'e', visibility: 'PUBLIC' });
  evaluationVersion = await insert('evaluation_version', lab, {
    ...{ evaluation_id: evaluation, version: '1', visibility: 'PUBLIC' },
  });
  await openedByNaming();
  await openedByAnotherTeam();
  await widerThanAbove();
  expect(await database.migrate()).toContain(MENDING);
}, 120_000);
afterAll(() => database.close());

type Word = 'PUBLIC' | 'MEMBERS' | 'TEAM' | 'RESTRICTED';

function insert(table: string, by: By, values: Record<string, unknown>): Promise<number> {
  const columns = { ...values, team_id: by.teamId, actor_id: by.actorId };
  const names = Object.keys(columns);
  const places = names.map((_, i) => `$${i + 1}`);
  return database.one(
    `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`,
    Object.values(columns),
  );
}
const node = (by: By, kind: string, name: string, visibility: Word) =>
  insert('node', by, { kind, name, visibility });
const edge = (by: By, kind: string, downstream: number, upstream: number) =>
  insert('edge', by, { kind, downstream, upstream });
const told = (by: By, type: string, node_id: number, visibility: Word, payload: object = {}) =>
  insert('event', by, { type, node_id, visibility, payload: JSON.stringify(payload) });
const become = (id: number, visibility: Word, audience: number | null) =>
  database.client.query('update node set visibility = $2, audience_id = $3 where id = $1', [
    ...[id, visibility, audience],
  ]);

const activity = async (by: By, name: string, visibility: Word) => {
  const id = await node(by, 'TRAINING_RUN', name, visibility);
  await told(by, 'TRAINING_RUN_RECORDED', id, visibility);
  return id;
};
const version = async (by: By, name: string, visibility: Word) => {
  const id = await node(by, 'MODEL_VERSION', name, visibility);
  const model = await insert('model', by, { name, visibility });
  await database.client.query('insert into model_version (node_id, model_id) values ($1, $2)', [id, model]);
  return id;
};
const run = async (by: By, name: string, visibility: Word, model: number, from?: Word) => {
  const id = await node(by, 'EVAL_RUN', name, visibility);
  const file = { format: 'INSPECT_EVAL', file_name: name, digest: name, bytes: 1, status: 'SUCCEEDED' };
  const imported = from === undefined ? null : await insert('import', by, { ...file, visibility: from });
  await database.client.query(
    'insert into eval_run (node_id, evaluation_version_id, import_id) values ($1, $2, $3)',
    [id, evaluationVersion, imported],
  );
  await edge(by, 'EVALUATED', id, model);
  return id;
};
/** Names people on a node, and tells of it as sharing does. */
const named = async (by: By, id: number, people: By[], from: Word, to: Word, target = 'ModelVersion') => {
  const audience = await insert('audience', by, {});
  for (const { actorId } of people)
    await database.client.query(
      'insert into audience_member (audience_id, actor_id, added_by) values ($1, $2, $3)',
      [...[audience, actorId, by.actorId]],
    );
  await become(id, to, audience);
  if (target === 'ModelVersion')
    await database.client.query(
      `update model set visibility = $2, audience_id = $3
       where id = (select model_id from model_version where node_id = $1)`,
      [id, to, audience],
    );
  await told(by, 'SHARED', id, 'TEAM', { target, from, to, people: people.length });
  return audience;
};
const widened = (by: By, id: number) =>
  told(by, 'SHARED', id, 'TEAM', { target: 'ModelVersion', from: 'TEAM', to: 'MEMBERS', people: null });

async function openedByNaming(): Promise<void> {
  /** An activity that was recorded so, of a model that was then shared with the other team's person. */
  const made = async (by: By, name: string, recorded: Word, before?: (model: number) => Promise<unknown>) => {
    const model = await version(by, `${name}-model`, 'MEMBERS');
    const id = await activity(by, name, recorded);
    await edge(by, 'GENERATED_BY', model, id);
    await before?.(model);
    await become(id, 'RESTRICTED', await named(by, model, [other], 'MEMBERS', 'RESTRICTED'));
  };
  await made(lab, 'for-fewer', 'TEAM');
  await made(lab, 'as-wide', 'MEMBERS');
  await made(third, 'widened-between', 'TEAM', (model) => widened(third, model));

  const late = await version(lab, 'late-model', 'TEAM');
  const held = await named(lab, late, [other], 'TEAM', 'TEAM');
  const said = await activity(lab, 'said-late', 'RESTRICTED');
  await edge(lab, 'GENERATED_BY', late, said);
  await become(said, 'RESTRICTED', held);

  /** Runs of a model that all saw, read from a file for the team or for all. */
  const tried = await version(lab, 'tried', 'PUBLIC');
  const runs = [
    await run(lab, 'of-team-file', 'TEAM', tried, 'TEAM'),
    await run(lab, 'of-wide-file', 'MEMBERS', tried, 'MEMBERS'),
    await run(lab, 'by-hand', 'TEAM', tried),
    await run(lab, 'shared-too', 'TEAM', tried, 'TEAM'),
  ];
  const triers = await named(lab, tried, [other], 'PUBLIC', 'RESTRICTED');
  await told(lab, 'SHARED', runs[3]!, 'TEAM', { target: 'EvalRun', from: 'TEAM', to: 'TEAM', people: 1 });
  for (const id of runs) await become(id, 'RESTRICTED', triers);

  const theirs = await version(other, 'theirs', 'MEMBERS');
  const claimed = await run(lab, 'claimed', 'MEMBERS', await version(lab, 'public', 'PUBLIC'));
  await edge(other, 'EVALUATED', claimed, theirs);
  await become(claimed, 'RESTRICTED', await named(other, theirs, [third], 'MEMBERS', 'RESTRICTED'));
}

/** Activities that another team's model was said to be of, which that team widened. */
async function openedByAnotherTeam(): Promise<void> {
  const lent = async (by: By, name: string) => {
    const id = await activity(by, name, 'MEMBERS');
    const model = await version(other, `${name}-model`, 'MEMBERS');
    await edge(by, 'GENERATED_BY', model, id);
    await become(model, 'PUBLIC', null);
    await told(other, 'SHARED', model, 'TEAM', { target: 'ModelVersion', from: 'MEMBERS', to: 'PUBLIC' });
    await become(id, 'PUBLIC', null);
    return id;
  };
  await lent(lab, 'lent');
  await widened(third, await lent(third, 'lent-by-openers'));
}

/** What names, or is for, people who do not see what it tells of. */
async function widerThanAbove(): Promise<void> {
  const narrow = await version(lab, 'narrow', 'RESTRICTED');
  await named(lab, narrow, [other], 'RESTRICTED', 'RESTRICTED');
  const both = await run(lab, 'names-two', 'RESTRICTED', narrow);
  await named(lab, both, [other, third], 'RESTRICTED', 'RESTRICTED', 'EvalRun');
  await run(other, 'of-others-team', 'TEAM', await version(lab, 'of-the-team', 'TEAM'));
  await run(lab, 'of-own-team', 'TEAM', await version(lab, 'of-the-team-too', 'TEAM'));
}

it('closes what was opened by naming people on what was for more, and leaves what may have been meant', async () => {
  const { rows } = await database.client.query<{ name: string }>(
    `select name from node where kind in ('TRAINING_RUN', 'EVAL_RUN') and audience_id is not null order by name`,
  );
  expect(rows.map(({ name }) => name)).toEqual([
    ...['as-wide', 'by-hand', 'names-two', 'of-wide-file', 'shared-too', 'widened-between'],
  ]);
});

it('narrows what another team had widened, unless its own team opened something since', async () => {
  const { rows } = await database.client.query<{ name: string; visibility: Word }>(
    `select n.name, n.visibility::text as visibility from node n where n.name like 'lent%'
       and n.kind = 'TRAINING_RUN' order by n.name`,
  );
  expect(rows).toEqual([
    { name: 'lent', visibility: 'MEMBERS' },
    { name: 'lent-by-openers', visibility: 'PUBLIC' },
  ]);
});

it('names nobody on an eval run who does not see its model, and gives it to no other team', async () => {
  const { rows } = await database.client.query<{ name: string; visibility: Word; people: string[] }>(
    `select n.name, n.visibility::text as visibility, array(
       select a.name from audience_member m join actor a on a.id = m.actor_id
       where m.audience_id = n.audience_id and not m.as_owner) as people
     from node n where n.name in ('names-two', 'of-others-team', 'of-own-team') order by n.name`,
  );
  expect(rows).toEqual([
    { name: 'names-two', visibility: 'RESTRICTED', people: ['other'] },
    { name: 'of-others-team', visibility: 'RESTRICTED', people: [] },
    { name: 'of-own-team', visibility: 'TEAM', people: [] },
  ]);
});
