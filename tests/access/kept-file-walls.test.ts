import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Principal, Viewer } from '../../api/src/access/viewer.ts';
import { importFile } from '../../api/src/interchange/import-file.ts';
import type { VisibilityWord } from '../../api/src/lineage/node.ts';
import { requestContext } from '../../api/src/request-context.ts';
import { type TestApi, testApi } from '../testkit/api.ts';
import { inAnotherTeam } from '../testkit/in-teams.ts';

/** Which of the two walls stand. */
const walls = vi.hoisted(() => ({ first: true, second: true }));

vi.mock('../../api/src/access/visibility.ts', async (original) => {
  const actual = await original<typeof import('../../api/src/access/visibility.ts')>();
  const { Prisma } = await import('../../api/src/generated/prisma/client.ts');
  const visible: typeof actual.visible = (viewer, alias) =>
    walls.first ? actual.visible(viewer, alias) : Prisma.sql`(true)`;
  return { ...actual, visible };
});

vi.mock('../../api/src/access/rights.ts', async (original) => {
  const actual = await original<typeof import('../../api/src/access/rights.ts')>();
  const { SEES_ALL } = await import('../../api/src/platform/rights.ts');
  const rightsOf: typeof actual.rightsOf = (viewer) => (walls.second ? actual.rightsOf(viewer) : SEES_ALL);
  return { ...actual, rightsOf };
});

const ASKED = `query ($id: ID!) {
  import(id: $id) { status error kept { field } file { digest } readings { same warnings }
  rereading { runs } } }`;

const record = (id: string, names: readonly string[]) =>
  Buffer.from(
    JSON.stringify({
      schema_version: '0.2.1',
      evaluation_id: id,
      model_info: { id: 'lab/walls', name: 'M' },
      evaluation_results: names.map((name) => ({
        evaluation_name: name,
        source_data: { dataset_name: name, source_type: 'hf_dataset', hf_repo: `org/${name}` },
        metric_config: { metric_name: 'accuracy', lower_is_better: false },
        score_details: { score: 0.5 },
      })),
    }),
  );

/** No world of the paired worlds holds a file: what a wall alone hides of one is tried here. */
describe('the file of an import that tells of a hidden run', () => {
  let api: TestApi;
  let sender: Principal;
  let stranger: Principal;
  let open: string;
  let partly: string;
  beforeAll(async () => {
    api = await testApi();
    sender = await api.person('REPORTER');
    stranger = await inAnotherTeam(api.records, await api.person('INVESTIGATOR'));
    // The one that all may see first: a run is seen by no more people than its model.
    open = await bringIn(record('open', ['shown']));
    await bringIn(record('hidden', ['secret']), 'TEAM');
    partly = await bringIn(record('both', ['shown', 'secret']));
    for (const id of [open, partly]) {
      const { data } = await api.as(sender)(
        `mutation ($input: RereadImportInput!) { rereadImport(input: $input) { __typename } }`,
        { input: { import: id } },
      );
      expect(data.rereadImport.__typename).toBe('RereadImportSuccess');
    }
    // As if both told of many runs, and were being read once more.
    await api.records.$executeRaw`
      insert into import_rereading (import_id, newest_before, runs, actor_id)
      select i.id, max(n.id), 2, i.actor_id from import i, node n group by i.id`;
  });
  afterEach(() => {
    Object.assign(walls, { first: true, second: true });
  });
  afterAll(() => api.close());

  async function bringIn(bytes: Buffer, visibility: VisibilityWord = 'MEMBERS') {
    const path = join(api.services.dataFolder, randomUUID());
    await writeFile(path, bytes);
    const context = requestContext(api.services, sender);
    const { id } = await importFile(context, { path, name: 'record.json', visibility });
    return api.services.ids.encode('Import', id);
  }

  const asked = async (as: Viewer, id: string) => {
    const { data, errors } = await api.as(as)(ASKED, { id });
    expect(errors).toEqual([]);
    return data.import;
  };

  it.each([
    ['both walls', { first: true, second: true }],
    ['the predicate alone', { first: true, second: false }],
    ['row-level security alone', { first: false, second: true }],
  ])('is closed, with its readings and report, by %s', async (_name, standing) => {
    Object.assign(walls, standing);
    expect((await asked(sender, partly)).file).not.toBeNull();
    expect((await asked(sender, partly)).readings).toHaveLength(1);
    expect((await asked(sender, partly)).rereading).toEqual({ runs: 2 });
    expect(await asked(stranger, partly)).toMatchObject({
      status: 'SUCCEEDED',
      kept: [],
      file: null,
      readings: [],
      rereading: null,
    });
    // One that tells of what they see is open to them: the walls hide no more than they must.
    const shown = await asked(stranger, open);
    expect(shown.file).not.toBeNull();
    expect(shown.readings).toHaveLength(1);
    expect(shown.rereading).toEqual({ runs: 2 });
    expect(shown.kept.length).toBeGreaterThan(0);
  });

  const reveal = async (as: Viewer, id: string) => {
    const { data, errors } = await api.as(as)(
      `mutation ($input: RevealImportInput!) { revealImport(input: $input) { __typename ... on Error { message } } }`,
      { input: { import: id, reason: 'It must be read for this.' } },
    );
    expect(errors).toEqual([]);
    return data.revealImport;
  };

  it('is no other to whoever would have it opened than one that is not kept', async () => {
    const unkept = await bringIn(Buffer.from(JSON.stringify([])));
    const closed = await reveal(stranger, partly);
    expect(closed).toMatchObject({ __typename: 'NotFoundError' });
    expect(closed).toEqual(await reveal(stranger, unkept));
    // What is open to all needs no reason.
    expect((await reveal(stranger, open)).__typename).toBe('ConflictError');
    expect((await reveal(sender, partly)).__typename).toBe('ConflictError');
  });

  it('is opened with a reason where a run is for named people that another file brought in', async () => {
    await api.records.$executeRaw`update node set visibility = 'RESTRICTED' where name like 'secret/%'`;
    const { data } = await api.as(sender)('query ($id: ID!) { import(id: $id) { file { restricted } } }', {
      id: partly,
    });
    expect(data.import.file).toEqual({ restricted: true });
    expect((await reveal(sender, partly)).__typename).toBe('RevealImportSuccess');
    expect((await reveal(stranger, partly)).__typename).toBe('NotFoundError');
    await api.records.$executeRaw`update node set visibility = 'TEAM' where name like 'secret/%'`;
  });

  it('is open where neither stands, so that the test above can fail', async () => {
    Object.assign(walls, { first: false, second: false });
    const { file, rereading } = await asked(stranger, partly);
    expect(file).not.toBeNull();
    expect(rereading).not.toBeNull();
  });
});
