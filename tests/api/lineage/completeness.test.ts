import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

const COMPLETENESS = `query ($ref: NodeRef!, $on: DateTime) { lineageNode(ref: $ref) { completeness(knownOn: $on) {
  knownOn share shareUpper losses { node { label } reason share shareUpper } truncations { field } } } }`;
const UNKNOWNS = `query ($first: Int, $after: String) { largestUnknowns(first: $first, after: $after) {
  totalCount lookedAt cut knownOn pageInfo { hasNextPage hasPreviousPage endCursor }
  nodes { modelVersion { label } unaccountedTokens
    stage { tokens unaccounted recorded trainingRun { label } losses { node { label } reason share } } } } }`;

const fractions = (inputs: Record<string, number>) => ({
  unit: 'FRACTION',
  complete: true,
  inputs: Object.entries(inputs).map(([of, amount]) => ({ of, amount })),
});

describe('what is known of a mass, and what is not', () => {
  let api: TestApi;
  let reporter: Principal;
  let build: Mutate;
  let early: string;

  const ask = async (viewer: Principal | null, query: string, variables: Record<string, unknown> = {}) => {
    const call = viewer === null ? api.anonymous : api.as(viewer);
    const { data, errors } = await call(query, variables);
    expect(errors).toEqual([]);
    return data;
  };
  const completenessOf = async (ref: string, viewer: Principal | null = reporter, on: string | null = null) =>
    (await ask(viewer, COMPLETENESS, { ref, on })).lineageNode.completeness;
  const train = (model: string, inputs: Record<string, number>, tokens: number | null, more = {}) =>
    build('registerModelVersion', {
      model,
      version: '1',
      visibility: 'PUBLIC',
      trainedBy: {
        name: `${model} run`,
        stage: 'PRETRAINING',
        startedFrom: 'SCRATCH',
        ...(tokens === null ? {} : { tokens: String(tokens) }),
        composition: fractions(inputs),
        ...more,
      },
    });

  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    build = building(mutating(api, reporter));
    await build('registerSource', { name: 'books', visibility: 'PUBLIC' });
    await build('registerSource', { name: 'secret', visibility: 'RESTRICTED' });
    early = (await ask(reporter, '{ lineageNode(ref: "source:books") { lineage { knownOn } } }')).lineageNode
      .lineage.knownOn;
    await build('registerDatasetVersion', {
      dataset: 'mix',
      version: '1',
      visibility: 'PUBLIC',
      derivedFrom: fractions({ 'source:books': 0.5, 'source:secret': 0.25 }),
    });
    await train('small', { 'dataset:mix@1': 1 }, 100);
    await train('large', { 'dataset:mix@1': 0.5 }, 1000);
    await train('unstated', { 'dataset:mix@1': 1 }, null);
    await train('whole', { 'source:books': 1 }, 500);
    await build('registerModelVersion', { model: 'bare', version: '1', visibility: 'PUBLIC' });
    await build('registerModelVersion', { model: 'hidden', version: '1', visibility: 'RESTRICTED' });
  });
  afterAll(() => api.close());

  it('is the accounted share, with the losses, the largest first', async () => {
    expect(await completenessOf('dataset:mix@1')).toMatchObject({
      share: 0.75,
      shareUpper: 0.75,
      losses: [{ node: { label: 'mix@1' }, reason: 'NOT_RECORDED', share: 0.25, shareUpper: 0.25 }],
      truncations: [],
    });
    const large = await completenessOf('model:large@1');
    expect(large).toMatchObject({ share: 0.375, shareUpper: 0.375 });
    expect(large.losses).toEqual([
      { node: { label: 'large run' }, reason: 'NOT_RECORDED', share: 0.5, shareUpper: 0.5 },
      { node: { label: 'mix@1' }, reason: 'NOT_RECORDED', share: 0.125, shareUpper: 0.125 },
    ]);
    expect(await completenessOf('model:bare@1')).toMatchObject({ share: 0, shareUpper: 0 });
    expect(await completenessOf('training-run:whole%20run')).toMatchObject({ share: 1, losses: [] });
  });

  it('is none of a source, nor of anything before it was recorded', async () => {
    expect(await completenessOf('source:books')).toBeNull();
    expect(await completenessOf('dataset:mix@1', reporter, early)).toBeNull();
  });

  it('counts a hidden input as never recorded', async () => {
    const seen = await completenessOf('dataset:mix@1', null);
    expect(seen).toMatchObject({ share: 0.5, losses: [{ node: { label: 'mix@1' }, share: 0.5 }] });
    expect(JSON.stringify(seen)).not.toContain('secret');
  });

  it('lists the largest unknowns by tokens, then by share, and nothing that is whole', async () => {
    const { largestUnknowns } = await ask(reporter, UNKNOWNS);
    expect(largestUnknowns).toMatchObject({ totalCount: 5, lookedAt: 6, cut: false });
    const told = largestUnknowns.nodes.map(
      (node: {
        modelVersion: { label: string };
        unaccountedTokens: string;
        stage: { unaccounted: number };
      }) => [node.modelVersion.label, node.unaccountedTokens, node.stage.unaccounted],
    );
    expect(told).toEqual([
      ['large@1', '625', 0.625],
      ['small@1', '25', 0.25],
      ['hidden@1', null, 1],
      ['bare@1', null, 1],
      ['unstated@1', null, 0.25],
    ]);
    expect(largestUnknowns.nodes[0].stage).toMatchObject({
      tokens: '1000',
      recorded: true,
      trainingRun: { label: 'large run' },
      losses: [
        { node: { label: 'large run' }, reason: 'NOT_RECORDED', share: 0.5 },
        { node: { label: 'mix@1' }, reason: 'NOT_RECORDED', share: 0.125 },
      ],
    });
    expect(largestUnknowns.nodes[3].stage).toMatchObject({ recorded: false, trainingRun: null });
  });

  it('lists no unknown of a hidden model, nor counts it', async () => {
    const { largestUnknowns } = await ask(null, UNKNOWNS);
    expect(largestUnknowns).toMatchObject({ totalCount: 4, lookedAt: 5 });
    expect(JSON.stringify(largestUnknowns)).not.toMatch(/hidden|secret/);
    expect(largestUnknowns.nodes[0].unaccountedTokens).toBe('750');
  });

  it('goes through the list page by page, in as many statements whatever its length', async () => {
    const page = async (after: string | null) =>
      (await ask(reporter, UNKNOWNS, { first: 2, after })).largestUnknowns;
    const first = await page(null);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page(first.pageInfo.endCursor);
    const third = await page(second.pageInfo.endCursor);
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const all = (await ask(reporter, UNKNOWNS)).largestUnknowns.nodes;
    expect([...first.nodes, ...second.nodes, ...third.nodes]).toEqual(all);
    const short = `query ($first: Int) { largestUnknowns(first: $first) { nodes { unaccountedTokens } } }`;
    const statements = async (n: number) => (await api.as(reporter)(short, { first: n })).statements.length;
    expect(await statements(5)).toBe(await statements(1));
  });

  it.each([
    ['a size of 101', { first: 101 }, '0 to 100'],
    ['a cursor of nothing', { after: 'nothing' }, 'cursor'],
  ])('refuses %s', async (_what, variables, told) => {
    const { data, errors } = await api.anonymous(UNKNOWNS, variables);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ message: expect.stringContaining(told) }]);
  });
});
