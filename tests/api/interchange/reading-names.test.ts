import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { importFile } from '../../../api/src/interchange/import-file.ts';
import { cutChanges } from '../../../api/src/interchange/reading-changes.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { asJson, logOf } from './inspect-fixture.ts';

const READ = `query ($id: ID!) { import(id: $id) {
  kept { how } readings { changes { run subject before after } kept { how } } } }`;

/** A reading names behaviours, graders and conditions: whoever does not see one of them is not told what names it. */
describe('what a file that is read again says otherwise', () => {
  let api: TestApi;
  let folder: string;
  let sender: Principal;
  let reader: Principal;
  let auditor: Principal;
  let ref: string;

  beforeAll(async () => {
    api = await testApi();
    folder = await mkdtemp(join(tmpdir(), 'headwater-reading-names-'));
    sender = await api.person('REPORTER');
    reader = { ...(await api.person('INVESTIGATOR')), teamIds: [] };
    auditor = await api.person('AUDITOR');
    const path = join(folder, 'log');
    await writeFile(path, asJson(logOf()));
    const sent = { path, name: 'log.json', visibility: 'MEMBERS' as const };
    const { id } = await importFile(requestContext(api.services, sender), sent);
    ref = api.services.ids.encode('Import', id);
    // As if an earlier reader had counted and scored otherwise.
    for (const [table, change] of [
      ['eval_run', `metadata = metadata || '{"contentDigest": "of an earlier reader"}'`],
      ['measurement', 'exhibited = exhibited + 1, sample_count = sample_count + 1'],
      ['score', 'value = value + 1'],
    ] as const) {
      await api.records.$executeRawUnsafe(`alter table ${table} disable trigger user`);
      await api.records.$executeRawUnsafe(`update ${table} set ${change}`);
      await api.records.$executeRawUnsafe(`alter table ${table} enable trigger user`);
    }
    // What a person judged since, which no file says.
    await api.records.$executeRaw`
      with judged as (
        insert into measurement (eval_run_id, behavior_id, exhibited, not_exhibited, sample_count, rate, visibility, team_id, actor_id)
        select eval_run_id, behavior_id, 1, 0, 1, 1, visibility, team_id, actor_id from measurement order by id limit 1
        returning id, eval_run_id)
      insert into sample_judgement (measurement_id, eval_sample_id, outcome)
      select j.id, s.id, 'EXHIBITED' from judged j join eval_sample s on s.eval_run_id = j.eval_run_id order by s.id limit 1`;
    const { data, errors } = await api.as(sender)(
      'mutation ($input: RereadImportInput!) { rereadImport(input: $input) { __typename } }',
      { input: { import: ref } },
    );
    expect(errors).toEqual([]);
    expect(data.rereadImport.__typename).toBe('RereadImportSuccess');
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  interface Change {
    run: string | null;
    subject: string;
    before: string | null;
    after: string | null;
  }
  async function changes(viewer: Principal): Promise<Change[]> {
    const { data, errors } = await api.as(viewer)(READ, { id: ref });
    expect(errors).toEqual([]);
    return data.import.readings[0].changes;
  }
  const narrowed = async (table: string, to: 'RESTRICTED' | 'MEMBERS') =>
    api.records.$executeRawUnsafe(`update ${table} set visibility = '${to}'`);
  const of = (said: readonly Change[], start: string) =>
    said.filter(({ subject }) => subject.startsWith(start));

  it('is told whole to whoever sees all that it names, in its order', async () => {
    const all = await changes(sender);
    expect(of(all, 'measurement of blackmail under ')).toHaveLength(1);
    expect(of(all, 'score accuracy by match@')).toHaveLength(1);
    expect(of(all, 'read before as')).toHaveLength(1);
    expect(await changes(reader)).toEqual(all);
  });

  it('says nothing of what a person judged of the run that was read before', async () => {
    const measured = of(await changes(sender), 'measurement of ').map(({ subject }) => subject);
    expect(measured).toEqual([expect.stringMatching(/^measurement of blackmail under /)]);
  });

  it.each([
    ['behavior', 'measurement of '],
    ['evaluation', 'measurement of '],
    ['evaluation_version', 'measurement of '],
    ['grader', 'score '],
    ['grader_version', 'score '],
  ])('leaves out what names a %s that is narrowed, and nothing else', async (table, start) => {
    const all = await changes(sender);
    await narrowed(table, 'RESTRICTED');
    const named = of(all, start);
    expect(named.length).toBeGreaterThan(0);
    expect(await changes(reader)).toEqual(all.filter((change) => !named.includes(change)));
    expect(await changes(sender)).toEqual(all);
    expect(await changes(auditor)).toEqual(all);
    await narrowed(table, 'MEMBERS');
    expect(await changes(reader)).toEqual(all);
  });

  it('is that the settings differ, where all else that a run says otherwise is hidden', async () => {
    const all = await changes(sender);
    const run = of(all, 'read before as')[0]!.after;
    await narrowed('behavior', 'RESTRICTED');
    await narrowed('grader', 'RESTRICTED');
    const left = await changes(reader);
    expect(left.filter((change) => change.run === run)).toEqual([
      ...of(all, 'read before as'),
      { run, subject: 'settings of the run', before: null, after: 'differ' },
    ]);
    expect(await changes(sender)).toEqual(all);
    await narrowed('behavior', 'MEMBERS');
    await narrowed('grader', 'MEMBERS');
  });

  it('is cut of what they see alone, and whoever sees what is left out is told that there is more', async () => {
    const [behavior] = await api.records.$queryRaw<
      [{ id: bigint }]
    >`select id from behavior order by id limit 1`;
    const names = { behaviors: [String(behavior.id)], graderVersions: [], evaluationVersions: [] };
    const many = (count: number, more: object) =>
      Array.from({ length: count }, (_, nth) => ({
        ...{ run: null, subject: `${nth} ${JSON.stringify(more)}`, before: null, after: 'kept' },
        ...more,
      }));
    const kept = cutChanges([...many(1_500, { names }), ...many(400, {})]);
    const [{ id }] = await api.records.$queryRaw<[{ id: bigint }]>`
      insert into import_reading (import_id, same, changes, report, visibility, team_id, actor_id)
      select import_id, same, ${JSON.stringify(kept)}::jsonb, report, visibility, team_id, actor_id from import_reading limit 1
      returning id`;
    const told = async (viewer: Principal) => {
      const { data } = await api.as(viewer)(READ, { id: ref });
      return data.import.readings[1].changes.map(({ subject }: Change) => subject);
    };
    const subjects = kept.map(({ subject }) => subject);
    expect(await told(reader)).toEqual([...subjects.slice(0, 999), 'further changes']);
    await narrowed('behavior', 'RESTRICTED');
    expect(await told(reader)).toEqual(many(400, {}).map(({ subject }) => subject));
    expect(await told(sender)).toEqual([...subjects.slice(0, 999), 'further changes']);
    await narrowed('behavior', 'MEMBERS');
    await api.records.$executeRaw`alter table import_reading disable trigger user`;
    await api.records.$executeRaw`delete from import_reading where id = ${id}`;
    await api.records.$executeRaw`alter table import_reading enable trigger user`;
  });

  it('is not counted by the event that tells of it, nor by one from before', async () => {
    const events = async () => {
      const rows = await api.records.$queryRaw<{ id: bigint }[]>`
        select id from event where type = 'IMPORT_REREAD' and node_id is not null`;
      const ids = rows.map(({ id }) => api.services.ids.encode('Event', id));
      const { data, errors } = await api.as(reader)(
        'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Event { summary payload } } }',
        { ids },
      );
      expect(errors).toEqual([]);
      return data.nodes;
    };
    const [told, ...others] = await events();
    expect(others).toEqual([]);
    expect(told.summary).toMatch(/^Read log\.json again as eval-run:[^,]+\.$/);
    expect(Object.keys(told.payload).sort()).toEqual(['digest', 'fileName', 'refs']);
    await api.records.$executeRaw`alter table event disable trigger user`;
    await api.records.$executeRaw`
      update event set payload = payload || '{"runs": 21, "changes": 5}' where type = 'IMPORT_REREAD'`;
    await api.records.$executeRaw`alter table event enable trigger user`;
    expect(await events()).toEqual([told]);
  });

  it('says of a field that a rule reads it, and not of which behaviour', async () => {
    const { data } = await api.as(sender)(READ, { id: ref });
    const how = [...data.import.kept, ...data.import.readings[0].kept].map((entry) => entry.how);
    expect(how.filter((words) => words.startsWith('measured as'))).toEqual([
      'measured as a behaviour, by a scoring rule',
      'measured as a behaviour, by a scoring rule',
    ]);
    expect(how.join('\n')).not.toContain('blackmail');
  });
});
