import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { selectMeasurementTargets } from '../../../api/src/lineage/facts.store.ts';
import type { TestApi } from '../../testkit/api.ts';
import { mutating } from '../../testkit/mutate.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
});
afterAll(() => world.api.close());

describe('a dataset shared with people', () => {
  it('takes its versions, what they were made of and the transformation that made them along', async () => {
    await world.build('registerSource', { name: 'hidden-crawl', visibility: 'PUBLIC' });
    await world.build('registerDatasetVersion', {
      dataset: 'mixture',
      version: '1',
      visibility: 'RESTRICTED',
      tokens: '100',
      transformation: {
        name: 'mixing',
        effect: 'PRESERVES',
        composition: { unit: 'FRACTION', complete: true, inputs: [{ of: 'source:hidden-crawl', amount: 1 }] },
      },
    });
    const ask =
      'query ($name: String!) { dataset(name: $name) { id versions { nodes { tokens lineage { nodes { kind } edges { share } } } } } }';
    const asked = { name: 'lab/mixture' };
    expect((await world.api.as(world.named)(ask, asked)).data.dataset).toBeNull();
    const { data } = await world.api.as(world.author)(ask, asked);
    await world.build(
      'shareWith',
      { target: data.dataset.id, people: [world.idOf(world.named)] },
      'shared { id }',
    );
    expect((await world.api.as(world.named)(ask, asked)).data.dataset.versions.nodes).toEqual([
      {
        tokens: '100',
        lineage: {
          nodes: [{ kind: 'DATASET_VERSION' }, { kind: 'TRANSFORMATION' }, { kind: 'SOURCE' }],
          edges: [{ share: 1 }, { share: 1 }],
        },
      },
    ]);
    // A version that comes later belongs to the same dataset, and is shared as it is.
    await world.build('registerDatasetVersion', { dataset: 'mixture', version: '2', tokens: '7' });
    expect((await world.api.as(world.named)(ask, asked)).data.dataset.versions.nodes).toHaveLength(2);
    expect((await world.api.as(world.stranger)(ask, asked)).data.dataset).toBeNull();
  });
});

describe('what rests on a thing', () => {
  const idOf = async (query: string, path: (data: { [field: string]: { id: string } }) => string) =>
    path((await world.api.as(world.author)(query)).data);

  it('is narrowed with it: versions that were wider, and an activity as far as its narrowest output', async () => {
    await world.build('registerSource', { name: 'open-crawl', visibility: 'PUBLIC' });
    const inputs = [{ of: 'source:open-crawl', amount: 1 }];
    const composition = { unit: 'FRACTION', complete: true, inputs };
    for (const dataset of ['narrowing', 'staying'])
      await world.build('registerDatasetVersion', { dataset, version: '1', visibility: 'PUBLIC' });
    await world.build('recordTransformation', {
      output: 'dataset:narrowing@1',
      transformation: { name: 'making-both', composition },
    });
    await world.build('assertEdge', {
      kind: 'GENERATED_BY',
      downstream: 'dataset:staying@1',
      upstream: 'transformation:making-both',
    });
    const dataset = await idOf('{ dataset(name: "lab/narrowing") { id } }', (data) => data.dataset!.id);
    await world.build('shareWith', { target: dataset, visibility: 'MEMBERS' }, 'shared { id }');
    const version = await idOf(
      '{ lineageNode(ref: "dataset:lab/narrowing@1") { id } }',
      (data) => data.lineageNode!.id,
    );
    await world.build('shareWith', { target: dataset, visibility: 'PUBLIC' }, 'shared { id }');
    await world.build('shareWith', { target: version, visibility: 'MEMBERS' }, 'shared { id }');
    // Not as wide as its dataset any more, and wider than the dataset is now to be.
    await world.build('shareWith', { target: dataset, visibility: 'TEAM' }, 'shared { id }');
    const sees = async (viewer: Principal | null, ref: string) =>
      (
        await (viewer === null ? world.api.anonymous : world.api.as(viewer))(
          'query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }',
          { ref },
        )
      ).data.lineageNode !== null;
    for (const ref of ['dataset:lab/narrowing@1', 'transformation:lab/making-both']) {
      expect(await sees(world.stranger, ref), ref).toBe(false);
      expect(await sees(world.colleague, ref), ref).toBe(true);
    }
    expect(await sees(null, 'dataset:lab/staying@1')).toBe(true);
  });

  it('stays as it is where whoever moves a thing does not see that the one made the other', async () => {
    const { author, colleague, stranger, api } = world;
    await world.build('registerDatasetVersion', { dataset: 'opening', version: '1', visibility: 'MEMBERS' });
    const inputs = [{ of: 'source:open-crawl', amount: 1 }];
    await world.by(colleague)('recordTransformation', {
      output: 'dataset:lab/opening@1',
      transformation: { name: 'opening-it', composition: { unit: 'FRACTION', inputs } },
    });
    await api.records.$executeRaw`
      update edge set visibility = 'RESTRICTED' where kind = 'GENERATED_BY' and actor_id = ${colleague.actorId}`;
    const dataset = await idOf('{ dataset(name: "lab/opening") { id } }', (data) => data.dataset!.id);
    const seenBy = async (ask: TestApi['anonymous']) =>
      (await ask('{ lineageNode(ref: "transformation:lab/opening-it") { id } }')).data.lineageNode !== null;
    await world.build('shareWith', { target: dataset, visibility: 'PUBLIC' }, 'shared { id }');
    expect([await seenBy(api.as(author)), await seenBy(api.anonymous)]).toEqual([true, false]);
    await world.build('shareWith', { target: dataset, visibility: 'TEAM' }, 'shared { id }');
    expect([await seenBy(api.as(author)), await seenBy(api.as(stranger))]).toEqual([true, true]);
    // Whoever sees it moves both.
    await world.by(world.administrator)(
      'shareWith',
      { target: dataset, visibility: 'RESTRICTED' },
      'shared { id }',
    );
    expect([await seenBy(api.as(author)), await seenBy(api.as(stranger))]).toEqual([false, false]);
  });

  it('is never made wider than what it tells of, and names nobody who does not see that', async () => {
    await world.build('registerDatasetVersion', { dataset: 'kept', version: '1', visibility: 'RESTRICTED' });
    const mutate = mutating(world.api, world.author);
    const version = await idOf(
      '{ lineageNode(ref: "dataset:lab/kept@1") { id } }',
      (data) => data.lineageNode!.id,
    );
    expect(
      await mutate('shareWith', { target: version, visibility: 'PUBLIC' }, 'shared { id }'),
    ).toMatchObject({
      __typename: 'InputError',
      path: ['visibility'],
    });
    const toName = { target: version, people: [world.idOf(world.named)] };
    expect(await mutate('shareWith', toName, 'shared { id }')).toMatchObject({
      __typename: 'InputError',
      path: ['people', '0'],
    });
    const dataset = await idOf('{ dataset(name: "lab/kept") { id } }', (data) => data.dataset!.id);
    await world.build(
      'shareWith',
      { target: dataset, people: [world.idOf(world.named), world.idOf(world.stranger)] },
      'shared { id }',
    );
    await world.build('shareWith', toName, 'shared { id }');
    const told =
      'query ($id: ID!) { node(id: $id) { ... on DatasetVersion { dataset { name } sharing { people { id } } } } }';
    expect((await world.api.as(world.named)(told, { id: version })).data.node.dataset).toEqual({
      name: 'lab/kept',
    });
    expect((await world.api.as(world.stranger)(told, { id: version })).data.node).toBeNull();
    // A change of the visibility alone leaves those named.
    await world.build('shareWith', { target: version, visibility: 'RESTRICTED' }, 'shared { id }');
    expect((await world.api.as(world.author)(told, { id: version })).data.node.sharing.people).toEqual([
      { id: world.idOf(world.named) },
    ]);

    await world.build('registerModelVersion', { model: 'kept', version: '1', visibility: 'TEAM' });
    await world.build(
      'registerEvaluation',
      { name: 'wide', version: '1', visibility: 'PUBLIC' },
      'evaluationVersion { id }',
    );
    const on = { evaluation: 'wide', evaluationVersion: '1', modelVersion: 'model:kept@1' };
    const { evalRun } = await world.build('recordEvalRun', { name: 'kept-run', ...on }, 'evalRun { id }');
    expect(
      await mutate('shareWith', { target: evalRun.id, visibility: 'PUBLIC' }, 'shared { id }'),
    ).toMatchObject({
      __typename: 'InputError',
      path: ['visibility'],
    });
  });
});

describe('a model version made narrower', () => {
  it('takes the eval runs on it along, which would tell of it', async () => {
    await world.build('registerModelVersion', { model: 'public', version: '1', visibility: 'PUBLIC' });
    await world.build(
      'registerEvaluation',
      { name: 'an-evaluation', version: '1', visibility: 'PUBLIC' },
      'evaluationVersion { id }',
    );
    const { evalRun } = await world.build(
      'recordEvalRun',
      {
        name: 'a-run',
        evaluation: 'an-evaluation',
        evaluationVersion: '1',
        modelVersion: 'model:public@1',
        visibility: 'PUBLIC',
      },
      'evalRun { id }',
    );
    const run = async () =>
      (await world.api.anonymous('query ($id: ID!) { node(id: $id) { id } }', { id: evalRun.id })).data.node;
    expect(await run()).not.toBeNull();
    const { data } = await world.api.as(world.author)(
      '{ model(name: "lab/public") { versions { nodes { id } } } }',
    );
    await world.build(
      'shareWith',
      { target: data.model.versions.nodes[0].id, visibility: 'TEAM' },
      'shared { id }',
    );
    expect(await run()).toBeNull();
  });
});

describe('where a dispute was read', () => {
  it('is seen with the dispute, whatever was disputed: when that is narrowed, and when it is opened again', async () => {
    const { build, by, author, stranger, api } = world;
    const { source } = await build('registerSource', { name: 'disputed', visibility: 'PUBLIC' });
    const { claim } = await build('assertClaim', { node: source.ref, property: 'LICENSE', text: 'MIT' });
    const citation = { source: 'A letter', url: 'https://example.org/letter', certainty: 'PRIMARY' };
    for (const target of [source.id, claim.id])
      await by(stranger)('dispute', { target, statement: 'It is not.', citation });
    const ask = `query ($id: ID!) { node(id: $id) { ... on Source {
      disputes { citation { id source } } claims { disputes { citation { id source } } } } } }`;
    const cited = async (as: typeof api.anonymous): Promise<{ id: string; source: string }[]> => {
      const { disputes, claims } = (await as(ask, { id: source.id })).data.node;
      return [...disputes, ...claims[0].disputes].map((dispute) => dispute.citation);
    };
    const before = await cited(api.anonymous);
    expect(before.map((one) => one.source)).toEqual(['A letter', 'A letter']);
    const read = async () => {
      const ids = before.map(({ id }) => id);
      const { data } = await api.anonymous(
        'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Citation { url } } }',
        { ids },
      );
      return data.nodes;
    };
    await build('shareWith', { target: source.id, visibility: 'RESTRICTED' }, 'shared { id }');
    expect(await read()).toEqual([null, null]);
    expect(await cited(api.as(author))).toEqual(before);
    await build('shareWith', { target: source.id, visibility: 'PUBLIC' }, 'shared { id }');
    expect(await read()).toEqual([{ url: citation.url }, { url: citation.url }]);
    expect(await cited(api.anonymous)).toEqual(before);
  });
});

describe('a reported result of no incident', () => {
  it('is for nobody for whom its model version is not', async () => {
    const { build, by, author, colleague, stranger, administrator, api } = world;
    const citation = { source: 'A report', certainty: 'PRIMARY' };
    const report = async (person: Principal, modelVersion: string) =>
      (
        await by(person)(
          'recordReportedResult',
          { modelVersion, statement: 'It did.', qualifier: 'EXACT', citation },
          'reportedResult { id }',
        )
      ).reportedResult.id as string;
    const seenBy = async (id: string) => {
      const ask = 'query ($id: ID!) { node(id: $id) { id } }';
      const see = await Promise.all(
        [author, colleague, stranger].map(async (viewer) => (await api.as(viewer)(ask, { id })).data.node),
      );
      return see.map((node) => node !== null);
    };
    for (const visibility of ['RESTRICTED', 'TEAM', 'MEMBERS', 'PUBLIC'])
      await build('registerModelVersion', { model: `of-${visibility}`, version: '1', visibility });
    const model = (visibility: string) => `model:lab/of-${visibility}@1`;
    expect(await seenBy(await report(author, model('RESTRICTED')))).toEqual([true, false, false]);
    expect(await seenBy(await report(author, model('TEAM')))).toEqual([true, true, false]);
    expect(await seenBy(await report(author, model('PUBLIC')))).toEqual([true, true, true]);
    // Another team's people are not those of the model's team.
    expect(await seenBy(await report(administrator, model('TEAM')))).toEqual([false, false, false]);
  });
});

describe('a content measurement', () => {
  it('is retracted by nobody who does not see its tag or its dataset version', async () => {
    const { build, colleague, api } = world;
    const tags = ['tag', 'version'] as const;
    for (const hidden of tags) {
      const dataset = `measured-${hidden}`;
      await build('registerDatasetVersion', { dataset, version: '1', visibility: 'TEAM' });
      const { contentMeasurement } = await build('recordContentMeasurement', {
        ...{ datasetVersion: `dataset:lab/${dataset}@1`, tag: `tag-${hidden}`, unit: 'TOKENS' },
        ...{ fraction: 0.1, method: 'ESTIMATE' },
      });
      const { id } = api.services.ids.decode(contentMeasurement.id)!;
      await (hidden === 'tag'
        ? api.records.$executeRaw`update content_tag set visibility = 'RESTRICTED' where id = (
            select content_tag_id from content_measurement where id = ${id})`
        : api.records.$executeRaw`update node set visibility = 'RESTRICTED' where id = (
            select dataset_version_id from content_measurement where id = ${id})`);
      // By the predicate alone, without what row-level security holds back besides; and by both.
      expect(await selectMeasurementTargets(api.records, colleague, [id]), hidden).toEqual([]);
      const retracting = mutating(api, colleague)('retract', {
        target: contentMeasurement.id,
        reason: 'No.',
      });
      expect((await retracting).__typename, hidden).toBe('NotFoundError');
      await build('retract', { target: contentMeasurement.id, reason: 'No.' });
    }
  });
});
