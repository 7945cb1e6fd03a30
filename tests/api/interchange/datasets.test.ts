import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal, Viewer } from '../../../api/src/access/viewer.ts';
import { registerDatasetVersion } from '../../../api/src/dataset/register-dataset-version.ts';
import { buildSchema } from '../../../api/src/graphql/schema.ts';
import { addAlias } from '../../../api/src/lineage/add-alias.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { asJson, type ImportWorld, importWorld, logOf } from './inspect-fixture.ts';

const schema = buildSchema();
let world: ImportWorld;
let person: Principal;
let colleague: Principal;
let runs = 0;

beforeAll(async () => {
  world = await importWorld();
  person = await world.person('REPORTER');
  colleague = await world.person('REPORTER');
});
afterAll(() => world.close());

const register = (dataset: string, version: string, visibility: VisibilityWord = 'MEMBERS') =>
  inChange(requestContext(world.services, person), 'write:lineage', (change) =>
    registerDatasetVersion(change, { dataset, version, visibility }),
  );

async function ask(
  viewer: Viewer,
  source: string,
  variableValues: Record<string, unknown> = {},
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, written beside the expectation
): Promise<any> {
  const contextValue = requestContext(world.services, viewer);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  if (errors) throw new Error(errors.map((error) => error.message).join('; '));
  return JSON.parse(JSON.stringify(data));
}

const STATED = 'name revision part datasetVersion { ref }';
const read = async (viewer: Viewer, importId: bigint) => {
  const id = requestContext(world.services, viewer).ids.encode('Import', importId);
  const answer = await ask(
    viewer,
    `query($id: ID!) { import(id: $id) { warnings datasets { ${STATED} }
      evalRuns { ref testedOn { ref } statedDatasets { ${STATED} } } } }`,
    { id },
  );
  return answer.import;
};

async function bringIn(
  dataset: object,
  { args = {}, viewer = person as Principal, visibility = 'MEMBERS' as VisibilityWord } = {},
) {
  runs += 1;
  const evalId = `datasets${String(runs).padStart(6, '0')}`.split('').reverse().join('');
  const log = logOf({ evalId, dataset, args });
  const { row } = await world.bringIn(viewer, asJson(log), 'log.json', visibility);
  expect(row.error).toBeNull();
  return { id: row.id, ...(await read(viewer, row.id)) };
}

const hub = (name: string) => ({ name, location: name });

describe('the dataset that a log names', () => {
  it('is a lineage input of the run, at the revision that the log states, and one node for all runs of it', async () => {
    const stated = {
      name: 'org/sums',
      revision: '0a1b2c3',
      part: null,
      datasetVersion: { ref: 'dataset:org/sums@0a1b2c3' },
    };
    const one = await bringIn(hub('org/sums'), { args: { dataset_revision: '0a1b2c3' } });
    const two = await bringIn(hub('org/sums'), { args: { dataset_revision: '0a1b2c3' } });
    for (const { datasets, evalRuns, warnings } of [one, two]) {
      expect(datasets).toEqual([stated]);
      expect(evalRuns).toMatchObject([
        { testedOn: [{ ref: 'dataset:org/sums@0a1b2c3' }], statedDatasets: [stated] },
      ]);
      expect(warnings.join(' ')).not.toContain('org/sums');
    }
    const node = await ask(
      person,
      `{ lineageNode(ref: "dataset:org/sums@0a1b2c3") {
          up: lineage(direction: UPSTREAM) { nodes { ref } }
          tested: lineage(direction: DOWNSTREAM, via: [EVALUATION]) { nodes { ref } edges { kind status } } } }`,
    );
    expect(node.lineageNode.up.nodes).toEqual([{ ref: 'dataset:org/sums@0a1b2c3' }]);
    expect(node.lineageNode.tested.nodes.map((n: { ref: string }) => n.ref).sort()).toEqual(
      ['dataset:org/sums@0a1b2c3', one.evalRuns[0].ref, two.evalRuns[0].ref].sort(),
    );
    expect(node.lineageNode.tested.edges).toMatchObject([
      { kind: 'TESTED_ON', status: 'ASSERTED' },
      { kind: 'TESTED_ON' },
    ]);
  });

  it('is what is recorded under that name and revision already, or under an alias of it', async () => {
    await register('org/known', 'v2');
    await inChange(requestContext(world.services, person), 'write:lineage', (change) =>
      addAlias(change, { alias: 'dataset:hub/known@unspecified', node: 'dataset:org/known@v2' }),
    );
    const before = await world.records.datasetVersion.count();
    const direct = await bringIn(hub('org/known'), { args: { revision: 'v2' } });
    const aliased = await bringIn(hub('hub/known'));
    for (const { evalRuns } of [direct, aliased])
      expect(evalRuns[0].testedOn).toEqual([{ ref: 'dataset:org/known@v2' }]);
    expect(aliased.datasets).toMatchObject([{ name: 'hub/known', revision: null }]);
    expect(await world.records.datasetVersion.count()).toBe(before);
  });

  it('is told once of two runs of a file to whoever sees neither of what it was recorded as', async () => {
    const stranger = await inAnotherTeam(world.records, await world.person('REPORTER'));
    const [one, other] = [await bringIn(hub('hub/apart')), await bringIn(hub('hub/apart'))];
    const { records } = world;
    await register('org/elsewhere', 'v1');
    // As one file of two runs would have it.
    await records.$transaction([
      records.$executeRaw`alter table eval_run disable trigger user`,
      records.$executeRaw`
        update eval_run set import_id = ${one.id}, metadata = jsonb_set(metadata, '{testedOn,0,recordedAs}',
          (select to_jsonb(id::text) from node where name = 'org/elsewhere')) where import_id = ${other.id}`,
      records.$executeRaw`alter table eval_run enable trigger user`,
    ]);
    const datasets = async (viewer: Viewer) => (await read(viewer, one.id)).datasets;
    expect(await datasets(stranger)).toHaveLength(2);
    await records.$executeRaw`update node set visibility = 'TEAM' where name in ('hub/apart', 'org/elsewhere')`;
    expect(await datasets(person)).toHaveLength(2);
    expect(await datasets(stranger)).toEqual([
      { name: 'hub/apart', revision: null, part: null, datasetVersion: null },
    ]);
  });

  describe('that was made of a bare name', () => {
    const ADD = `mutation ($input: AddAliasInput!) { addAlias(input: $input) { __typename
      ... on AddAliasSuccess { node { ref } alias { ref } } ... on Error { message } ... on ConflictError { path } } }`;
    const add = async (viewer: Principal, input: object) =>
      (await ask(viewer, ADD, { input: { replacing: true, ...input } })).addAlias;
    const testedOn = async (viewer: Viewer, id: bigint) =>
      (await read(viewer, id)).evalRuns.map((run: { testedOn: object[] }) => run.testedOn);

    it('gives its name up for one that is known: runs before and after are tested on that', async () => {
      const first = await bringIn(hub('hub/late'));
      expect(first.evalRuns[0].testedOn).toEqual([{ ref: 'dataset:hub/late@unspecified' }]);
      await register('org/late', 'v1');
      const alias = { alias: 'dataset:hub/late@unspecified', node: 'dataset:org/late@v1' };
      expect(await add(person, { ...alias, replacing: false })).toMatchObject({
        __typename: 'ConflictError',
        path: ['alias'],
      });
      expect(await add(person, alias)).toEqual({
        __typename: 'AddAliasSuccess',
        node: { ref: 'dataset:org/late@v1' },
        alias: { ref: 'dataset:hub/late@unspecified' },
      });
      const now = await read(person, first.id);
      expect(now.evalRuns).toMatchObject([
        {
          testedOn: [{ ref: 'dataset:org/late@v1' }],
          statedDatasets: [{ name: 'hub/late', datasetVersion: { ref: 'dataset:org/late@v1' } }],
        },
      ]);
      const next = await bringIn(hub('hub/late'));
      expect(next.evalRuns[0].testedOn).toEqual([{ ref: 'dataset:org/late@v1' }]);
      // The past stays as it was, and says why.
      const edges = await world.records.$queryRaw`
        select e.retracted_at is not null as retracted, e.retraction_reason as reason
        from edge e join node n on n.id = e.upstream where e.kind = 'TESTED_ON' and n.name = 'hub/late'`;
      expect(edges).toEqual([{ retracted: true, reason: 'It is another name of org/late@v1.' }]);
      expect(await add(person, alias)).toMatchObject({ __typename: 'ConflictError', path: ['alias'] });
    });

    it('keeps it where something else rests on it, and nobody hears of what they do not see', async () => {
      const { id } = await bringIn(hub('hub/used'));
      await register('org/used', 'v1');
      const alias = { alias: 'dataset:hub/used@unspecified', node: 'dataset:org/used@v1' };
      const derived = await inChange(requestContext(world.services, person), 'write:lineage', (change) =>
        registerDatasetVersion(change, {
          dataset: 'org/derived',
          version: 'v1',
          visibility: 'MEMBERS',
          derivedFrom: {
            unit: 'ROWS',
            basis: 'CONTRIBUTED',
            complete: false,
            inputs: [{ of: 'dataset:hub/used@unspecified', amount: 5 }],
          },
        }),
      );
      expect(await add(person, alias)).toEqual({
        __typename: 'ConflictError',
        message: expect.stringContaining('org/derived@v1 rests on'),
        path: ['replacing'],
      });
      expect(await testedOn(person, id)).toEqual([[{ ref: 'dataset:hub/used@unspecified' }]]);
      // Somebody else of the team, who does not see what is derived from it, is told nothing of it.
      await world.records.$executeRaw`
        update node set visibility = 'RESTRICTED' where id = ${derived.datasetVersionId}`;
      await world.records.$executeRaw`
        update edge set visibility = 'RESTRICTED' where downstream = ${derived.datasetVersionId}`;
      const teammate = { ...(await world.person('REPORTER')), teamIds: person.teamIds };
      expect(await add(teammate, alias)).toMatchObject({ __typename: 'AddAliasSuccess' });
      expect(await testedOn(person, id)).toEqual([[{ ref: 'dataset:org/used@v1' }]]);
    });

    it('is given up by its team alone, and for another dataset version alone', async () => {
      await bringIn(hub('hub/ours'));
      await register('org/ours', 'v1');
      const alias = { alias: 'dataset:hub/ours@unspecified', node: 'dataset:org/ours@v1' };
      const itself = { ...alias, node: alias.alias };
      expect(await add(person, itself)).toMatchObject({ __typename: 'InputError' });
      const model = { alias: 'model:lab/nothing@1', node: 'dataset:org/ours@v1' };
      expect(await add(person, model)).toMatchObject({ __typename: 'InputError' });
      const elsewhere = await inAnotherTeam(world.records, await world.person('REPORTER'));
      // In a namespace of its own nothing has the name, and an alias takes it.
      expect(await add(elsewhere, alias)).toMatchObject({ __typename: 'AddAliasSuccess' });
      const held = { name: 'hub/ours', retractedAt: null };
      expect(await world.records.node.count({ where: held })).toBe(1);
    });
  });

  it('is pinned to no revision where the log states none, or a branch', async () => {
    await register('org/pinned', 'v1');
    for (const args of [{}, { revision: 'main' }]) {
      const { evalRuns, datasets, warnings } = await bringIn(hub('org/pinned'), { args });
      expect(evalRuns[0].testedOn).toEqual([{ ref: 'dataset:org/pinned@unspecified' }]);
      expect(datasets).toMatchObject([{ name: 'org/pinned', revision: null }]);
      expect(warnings).toContain(
        'The file names the dataset org/pinned without a fixed revision: it is recorded as "unspecified", where it came from as not recorded.',
      );
    }
  });

  it('of a disk is told apart by its evaluation; none is made where the log names none', async () => {
    const own = await bringIn({ name: 'data', location: '/home/somebody/secret-project/data.jsonl' });
    expect(own.evalRuns[0].testedOn).toEqual([
      { ref: 'dataset:inspect_evals/agentic_misalignment/data@unspecified' },
    ]);
    expect(JSON.stringify({ ...own, id: null })).not.toContain('secret-project');
    const none = await bringIn({ name: null });
    expect(none.evalRuns[0]).toMatchObject({ testedOn: [], statedDatasets: [] });
  });

  it('is linked to nothing that the importer may not see, and the import says so', async () => {
    await register('org/hidden', 'v1', 'RESTRICTED');
    const { evalRuns, datasets, warnings } = await bringIn(hub('org/hidden'), {
      args: { revision: 'v1' },
      viewer: colleague,
    });
    expect(evalRuns[0].testedOn).toEqual([]);
    expect(datasets).toMatchObject([{ name: 'org/hidden', datasetVersion: null }]);
    expect(warnings.join(' ')).toContain('org/hidden@v1 is taken by something that you may not see');
  });

  it('is seen by those alone who may see it, whoever sees the run', async () => {
    await register('org/narrow', 'v1', 'RESTRICTED');
    const { id, evalRuns } = await bringIn(hub('org/narrow'), { args: { revision: 'v1' } });
    expect(evalRuns[0].testedOn).toEqual([{ ref: 'dataset:org/narrow@v1' }]);
    const seen = await read(colleague, id);
    expect(seen.evalRuns).toMatchObject([
      { testedOn: [], statedDatasets: [{ name: 'org/narrow', datasetVersion: null }] },
    ]);
  });

  it('becomes no more widely visible than its dataset, nor than the import', async () => {
    await register('org/team', 'v1', 'TEAM');
    await bringIn(hub('org/team'), { args: { revision: 'v2' }, visibility: 'MEMBERS' });
    await bringIn(hub('org/team-import'), { args: { revision: 'v2' }, visibility: 'TEAM' });
    const found = await world.records.node.findMany({
      where: { kind: 'DATASET_VERSION', name: { in: ['org/team', 'org/team-import'] }, version: 'v2' },
      select: { visibility: true },
    });
    expect(found).toEqual([{ visibility: 'TEAM' }, { visibility: 'TEAM' }]);
  });
});

describe('the datasets of the tasks of one file', () => {
  it('are inputs each of its own run, with the subset and the split', async () => {
    const config = (path: string, more: object) => ({
      task: path,
      dataset_path: path,
      test_split: 'test',
      ...more,
    });
    const file = {
      results: { arc_easy: { 'acc,none': 0.5 }, arc_hard: { 'acc,none': 0.25 }, own: { 'acc,none': 1 } },
      configs: {
        arc_easy: config('org/arc', { dataset_name: 'easy', dataset_kwargs: { revision: 'abc1234' } }),
        arc_hard: config('org/arc', { dataset_name: 'hard', dataset_kwargs: { revision: 'abc1234' } }),
        own: config('json', {
          dataset_kwargs: { data_files: { test: 'tasks/own/items.json', train: 'x.json' } },
        }),
      },
      versions: { arc_easy: 1, arc_hard: 1, own: 1 },
      'n-shot': { arc_easy: 0, arc_hard: 0, own: 0 },
      config: { model: 'hf', model_args: 'pretrained=lab/m,revision=step1' },
      model_name: 'lab/m',
      date: 1_700_000_000,
    };
    const { row } = await world.bringIn(person, asJson(file), 'results.json');
    expect(row.error).toBeNull();
    const { evalRuns, datasets } = await read(person, row.id);
    expect(evalRuns.map((run: { testedOn: object[] }) => run.testedOn)).toEqual([
      [{ ref: 'dataset:org/arc@abc1234' }],
      [{ ref: 'dataset:org/arc@abc1234' }],
      [{ ref: 'dataset:own/items@unspecified' }],
    ]);
    expect(
      datasets.map(({ name, revision, part }: Record<string, string>) => [name, revision, part]),
    ).toEqual([
      ['org/arc', 'abc1234', 'easy, split test'],
      ['org/arc', 'abc1234', 'hard, split test'],
      ['own/items', null, 'split test'],
    ]);
  });
});
