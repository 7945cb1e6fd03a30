import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

const ROWS = { unit: 'ROWS', complete: true };

describe.each([
  ['in memory', {}],
  ['by SQL', { lineageMemory: 0 }],
])('inputs that were taken back, %s', (_how, options) => {
  let api: TestApi;
  let build: Mutate;

  beforeAll(async () => {
    api = await testApi(options);
    build = building(mutating(api, await api.person('ADMINISTRATOR')));
    for (const name of ['books', 'typo']) await build('registerSource', { name, visibility: 'PUBLIC' });
  });
  afterAll(() => api.close());

  const ask = async (query: string, variables?: Record<string, unknown>, as: Viewer = ANONYMOUS) => {
    const { data, errors } = await api.as(as)(query, variables);
    expect(errors).toEqual([]);
    return data;
  };
  const idOf = async (ref: string) =>
    (await ask('query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }', { ref })).lineageNode.id;

  const trained = async (name: string, inputs: { of: string; amount: number }[]) => {
    const composition = { ...ROWS, inputs };
    const trainedBy = { name: `run of ${name}`, stage: 'SFT', startedFrom: 'SCRATCH', composition };
    const input = { model: name, version: '1', visibility: 'PUBLIC', trainedBy };
    await build('registerModelVersion', input);
  };
  const stageOf = async (name: string) => {
    const answer = await ask(
      `query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on ModelVersion { exposure {
        stages { tokens unaccounted shares { share source { name } } losses { reason } } } } } }`,
      { ref: `model:${name}@1` },
    );
    return answer.lineageNode.exposure.stages[0];
  };
  const edgesOf = async (name: string): Promise<{ id: string; upstream: { label: string } }[]> => {
    const answer = await ask(
      `query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on ModelVersion {
        trainingRuns { lineage(maxDepth: 1) { edges { id upstream { label } } } } } } }`,
      { ref: `model:${name}@1` },
    );
    return answer.lineageNode.trainingRuns[0].lineage.edges;
  };

  it('do not make a run of one that used data: what it was trained on is not recorded then', async () => {
    await build('registerDatasetVersion', { dataset: 'mix', version: '1', visibility: 'PUBLIC' });
    await trained('alone', [{ of: 'dataset:mix@1', amount: 10 }]);
    await build('retract', { target: await idOf('dataset:mix@1'), reason: 'a trial' });
    expect(await stageOf('alone')).toMatchObject({ tokens: null, unaccounted: 1, shares: [] });
  });

  it('nor where the only edge to them was', async () => {
    await trained('edge', [{ of: 'source:books', amount: 10 }]);
    const [edge] = await edgesOf('edge');
    await build('retract', { target: edge!.id, reason: 'a trial' });
    expect(await stageOf('edge')).toMatchObject({ tokens: null, unaccounted: 1, shares: [] });
  });

  it('let no other input look larger', async () => {
    await trained('half', [
      { of: 'source:books', amount: 50 },
      { of: 'source:typo', amount: 50 },
    ]);
    expect((await stageOf('half')).shares).toEqual([
      { share: 0.5, source: { name: 'books' } },
      { share: 0.5, source: { name: 'typo' } },
    ]);
    await build('retract', { target: await idOf('source:typo'), reason: 'a trial' });
    const after = await stageOf('half');
    expect(after.unaccounted).toBe(1);
    expect(after.losses).toEqual([{ reason: 'AMOUNT_UNKNOWN' }]);
  });

  it('leave a statement as complete wherever it is told of: listed, by an edge, by a dispute and by its id', async () => {
    await build('registerDatasetVersion', { dataset: 'unseen', version: '1', visibility: 'RESTRICTED' });
    await build('registerSource', { name: 'gone', visibility: 'PUBLIC' });
    const administrator = await api.person('ADMINISTRATOR');
    const told = `trainingRuns { compositions { id complete } lineage(maxDepth: 1) { edges { id
      upstream { label } composition { id complete disputes { target { ... on Composition { id complete } } } } } } }`;
    const runOf = async (name: string, as?: Viewer) =>
      (await ask(`{ lineageNode(ref: "model:${name}@1") { ... on ModelVersion { ${told} } } }`, {}, as))
        .lineageNode.trainingRuns[0];
    /** How complete the statement is, as each way to it tells. */
    const complete = async (name: string, id: string) => {
      const { compositions, lineage } = await runOf(name);
      const { node } = await ask(
        'query ($id: ID!) { node(id: $id) { ... on Composition { id complete } } }',
        {
          id,
        },
      );
      const [edge] = lineage.edges;
      const [dispute] = edge.composition.disputes;
      const { disputes: _, ...byEdge } = edge.composition;
      const ways = [compositions[0], byEdge, dispute.target, node];
      expect(ways.map((way) => way.id)).toEqual([id, id, id, id]);
      return ways.map((way) => way.complete);
    };
    const stated = async (name: string, other: string) => {
      await trained(name, [
        { of: 'source:books', amount: 50 },
        { of: other, amount: 50 },
      ]);
      const { id } = (await runOf(name)).compositions[0];
      await build('dispute', { target: id, statement: 'There was more.' });
      return id;
    };
    const whole = await stated('node-gone', 'source:gone');
    expect(await complete('node-gone', whole)).toEqual([true, true, true, true]);
    await build('retract', { target: await idOf('source:gone'), reason: 'a trial' });
    expect(await complete('node-gone', whole)).toEqual([false, false, false, false]);
    const partly = await stated('edge-gone', 'dataset:unseen@1');
    expect(await complete('edge-gone', partly)).toEqual([false, false, false, false]);
    const { lineage } = await runOf('edge-gone', administrator);
    const { id: edge } = lineage.edges.find(
      ({ upstream }: { upstream: { label: string } }) => upstream.label === 'unseen@1',
    );
    await build('retract', { target: edge, reason: 'a trial' });
    expect(await complete('edge-gone', partly)).toEqual([true, true, true, true]);
    // One that is taken back is as it last stood.
    const byId =
      'query ($id: ID!) { node(id: $id) { ... on Composition { complete status inputs { id } } } }';
    for (const [id, was, inputs] of [
      [partly, true, 1],
      [whole, false, 2],
    ] as const) {
      await build('retract', { target: id, reason: 'a trial' });
      const { node } = await ask(byId, { id });
      expect(node).toMatchObject({ complete: was, status: 'RETRACTED' });
      expect(node.inputs.length).toBeLessThanOrEqual(inputs);
    }
  });

  it('of which nothing was seen do not bring their statement to light, one by one', async () => {
    const hidden = { visibility: 'RESTRICTED' };
    for (const dataset of ['a', 'b'])
      await build('registerDatasetVersion', { dataset, version: '1', ...hidden });
    await trained('secret', [
      { of: 'dataset:a@1', amount: 1 },
      { of: 'dataset:b@1', amount: 1 },
    ]);
    const seen = () =>
      ask(`{ lineageNode(ref: "model:secret@1") { ... on ModelVersion { trainingRuns {
        compositions { complete inputs { amount } } } exposure { stages { tokens unaccounted } } } } }`);
    const before = await seen();
    expect(before.lineageNode.trainingRuns[0].compositions).toEqual([]);
    const administrator = await api.person('ADMINISTRATOR');
    const { lineageNode } = await ask(
      `{ lineageNode(ref: "model:secret@1") { ... on ModelVersion { trainingRuns {
        lineage(maxDepth: 1) { edges { id upstream { label } } } } } } }`,
      {},
      administrator,
    );
    const edges = lineageNode.trainingRuns[0].lineage.edges;
    expect(edges).toHaveLength(2);
    for (const { id } of edges) {
      await build('retract', { target: id, reason: 'a trial' });
      expect(await seen()).toEqual(before);
    }
  });
});

describe.each([
  ['in memory', {}],
  ['by SQL', { lineageMemory: 0 }],
])('a level that is wider than the limit, %s', (_how, options) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await testApi(options);
    const build = building(mutating(api, await api.person('ADMINISTRATOR')));
    await build('registerSource', { name: 'wide', visibility: 'PUBLIC' });
    for (let i = 0; i < 5; i += 1) {
      const derivedFrom = { ...ROWS, inputs: [{ of: 'source:wide', amount: 1 }] };
      const next = { dataset: `d${i}`, version: '1', visibility: 'PUBLIC', derivedFrom };
      await build('registerDatasetVersion', next);
    }
  });
  afterAll(() => api.close());

  const page = async (limit: number, skip: number) => {
    const { data, errors } = await api.as(ANONYMOUS)(
      `query ($limit: Int!, $skip: Int!) { lineageNode(ref: "source:wide") {
        lineage(direction: DOWNSTREAM, limit: $limit, skip: $skip) {
          nodes { label } truncated { reason frontier { label } skip } } } }`,
      { limit, skip },
    );
    expect(errors).toEqual([]);
    const { nodes, truncated } = data.lineageNode.lineage;
    return { labels: nodes.map(({ label }: { label: string }) => label), truncated };
  };

  it('is given in parts, each node once, under one limit', async () => {
    const first = await page(3, 0);
    expect(first.labels).toEqual(['wide', 'd0@1', 'd1@1']);
    expect(first.truncated).toEqual({ reason: 'LIMIT', frontier: [{ label: 'wide' }], skip: 2 });
    const second = await page(3, 2);
    expect(second.labels).toEqual(['wide', 'd2@1', 'd3@1']);
    expect(second.truncated.skip).toBe(4);
    expect(await page(3, 4)).toEqual({ labels: ['wide', 'd4@1'], truncated: null });
  });

  it('refuses to skip less than none', async () => {
    const { errors } = await api.as(ANONYMOUS)(
      '{ lineageNode(ref: "source:wide") { lineage(skip: -1) { nodes { label } } } }',
    );
    expect(errors[0]?.message).toMatch(/not negative/);
  });
});
