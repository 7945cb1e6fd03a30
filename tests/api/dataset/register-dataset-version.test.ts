import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

const citation = { source: 'A paper', certainty: 'PRIMARY', locator: 'Table 1' };
const mix = (inputs: [string, number | null][], more = {}) => ({
  unit: 'FRACTION',
  complete: true,
  inputs: inputs.map(([of, amount]) => ({ of, amount })),
  ...more,
});

describe('registerDatasetVersion', () => {
  let api: TestApi;
  let mutate: Mutate;
  let build: Mutate;

  beforeAll(async () => {
    api = await testApi();
    mutate = mutating(api, await api.person('REPORTER'));
    build = building(mutate);
    for (const name of ['crawl', 'books', 'code'])
      await build('registerSource', { name, visibility: 'PUBLIC', license: 'CC0', citation });
  });
  afterAll(() => api.close());

  const rows = async () => {
    const tables = [
      'node',
      'edge',
      'composition',
      'claim',
      'citation',
      'dataset',
      'dataset_version',
      'event',
    ];
    const counts = tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ');
    return api.records.$queryRawUnsafe(`select ${counts}`);
  };

  it('records a version with its counts and what it derives from in one call', async () => {
    const made = await build(
      'registerDatasetVersion',
      {
        dataset: 'mix',
        version: '1.0',
        title: 'The Mix',
        tokens: '9007199254740993',
        license: 'MIT',
        derivedFrom: mix([
          ['source:crawl', 0.75],
          ['source:books', 0.2],
        ]),
        visibility: 'PUBLIC',
        citation,
      },
      `datasetVersion { ref label tokens license dataset { name title latestVersion { ref } }
        citation { source locator certainty }
        claims { property value team { namespace } assertedBy { name } citation { source } }
        compositions { complete unaccounted scaled inputs { share amount unit upstream { label } status } } }`,
    );
    expect(made.datasetVersion).toMatchObject({
      ref: 'dataset:mix@1.0',
      label: 'mix@1.0',
      tokens: '9007199254740993',
      license: 'MIT',
      dataset: { name: 'mix', title: 'The Mix', latestVersion: { ref: 'dataset:mix@1.0' } },
      citation,
    });
    const claim = {
      team: { namespace: '' },
      assertedBy: { name: 'Person 1' },
      citation: { source: 'A paper' },
    };
    expect(made.datasetVersion.claims).toContainEqual({
      property: 'TOKENS',
      value: '9007199254740993',
      ...claim,
    });
    const [composition] = made.datasetVersion.compositions;
    expect(composition).toMatchObject({ complete: true, scaled: false });
    expect(composition.unaccounted).toBeCloseTo(0.05, 12);
    expect(composition.inputs).toEqual([
      { share: 0.75, amount: 0.75, unit: 'FRACTION', upstream: { label: 'crawl' }, status: 'ASSERTED' },
      { share: 0.2, amount: 0.2, unit: 'FRACTION', upstream: { label: 'books' }, status: 'ASSERTED' },
    ]);
  });

  it('accepts published fractions that sum a little past 1, scales them and says so', async () => {
    const made = await build(
      'registerDatasetVersion',
      {
        dataset: 'rounded',
        version: '1',
        derivedFrom: mix([
          ['source:crawl', 0.6000006],
          ['source:books', 0.4],
        ]),
      },
      'datasetVersion { compositions { scaled unaccounted inputs { share } } }',
    );
    const [composition] = made.datasetVersion.compositions;
    expect(composition).toMatchObject({ scaled: true, unaccounted: 0 });
    expect(composition.inputs[0].share + composition.inputs[1].share).toBeCloseTo(1, 12);
  });

  const wrong = [
    {
      what: 'an unknown reference, with what it may have meant',
      derivedFrom: mix([
        ['source:crawl', 0.5],
        ['source:book', 0.5],
      ]),
      error: { __typename: 'NotFoundError', ref: 'source:book', candidates: ['source:books'] },
      path: ['derivedFrom', 'inputs', '1', 'of'],
    },
    {
      what: 'fractions that sum past 1',
      derivedFrom: mix([
        ['source:crawl', 0.7],
        ['source:books', 0.4],
      ]),
      error: { __typename: 'InputError' },
      path: ['derivedFrom', 'inputs'],
    },
    {
      what: 'a fraction above 1',
      derivedFrom: mix([['source:crawl', 1.5]]),
      error: { __typename: 'InputError', expected: 'a fraction of at most 1' },
      path: ['derivedFrom', 'inputs', '0', 'amount'],
    },
    {
      what: 'a count inside fractions',
      derivedFrom: {
        unit: 'FRACTION',
        inputs: [
          { of: 'source:crawl', amount: 0.5 },
          { of: 'source:books', amount: 512, unit: 'ROWS' },
        ],
      },
      error: { __typename: 'InputError' },
      path: ['derivedFrom', 'inputs', '1', 'unit'],
    },
    {
      what: 'amounts past the stated total',
      derivedFrom: { unit: 'TOKENS', total: 10, inputs: [{ of: 'source:crawl', amount: 11 }] },
      error: { __typename: 'InputError', expected: 'at least 11' },
      path: ['derivedFrom', 'total'],
    },
    {
      what: 'the same input twice',
      derivedFrom: mix([
        ['source:crawl', 0.5],
        ['source:crawl', 0.2],
      ]),
      error: { __typename: 'InputError' },
      path: ['derivedFrom', 'inputs', '1', 'of'],
    },
    {
      what: 'a kind of thing that nothing derives from',
      derivedFrom: mix([['model:none@1', 1]]),
      error: { __typename: 'NotFoundError' },
      path: ['derivedFrom', 'inputs', '0', 'of'],
    },
  ];
  it.each(wrong)('refuses $what, and writes nothing', async ({ derivedFrom, error, path }) => {
    const before = await rows();
    const result = await mutate('registerDatasetVersion', { dataset: 'wrong', version: '1', derivedFrom });
    expect(result).toMatchObject({ ...error, path });
    expect(await rows()).toEqual(before);
  });

  it('refuses a name that is taken, naming what has it', async () => {
    const result = await mutate('registerDatasetVersion', { dataset: 'mix', version: '1.0' });
    expect(result).toMatchObject({ __typename: 'ConflictError', path: ['dataset'] });
    const { data } = await api.as(await api.person('VIEWER'))(
      '{ lineageNode(ref: "dataset:mix@1.0") { id } }',
    );
    expect(result.existing).toEqual(data.lineageNode);
  });

  it('takes derivations back when the transformation is recorded, and keeps them for the past', async () => {
    await build('registerDatasetVersion', {
      dataset: 'filtered',
      version: '1',
      derivedFrom: mix([['dataset:mix@1.0', 1]]),
    });
    const read = await api.as(await api.person('VIEWER'))(
      '{ lineageNode(ref: "dataset:filtered@1") { lineage { knownOn edges { kind } } } }',
    );
    expect(read.data.lineageNode.lineage.edges).toContainEqual({ kind: 'DERIVED_FROM' });
    const made = await build(
      'recordTransformation',
      {
        output: 'dataset:filtered@1',
        transformation: { name: 'filter', effect: 'SELECTS', composition: mix([['dataset:mix@1.0', 1]]) },
      },
      'transformation { effect outputs { ref transformation { name } compositions { id } } compositions { inputs { share } } }',
    );
    expect(made.transformation).toEqual({
      effect: 'SELECTS',
      outputs: [{ ref: 'dataset:filtered@1', transformation: { name: 'filter' }, compositions: [] }],
      compositions: [{ inputs: [{ share: 1 }] }],
    });
    const then = await api.as(await api.person('VIEWER'))(
      `query ($on: DateTime) { lineageNode(ref: "dataset:filtered@1") { lineage(knownOn: $on) { nodes { label } } } }`,
      { on: read.data.lineageNode.lineage.knownOn },
    );
    expect(then.data.lineageNode.lineage.nodes.map((n: { label: string }) => n.label)).not.toContain(
      'filter',
    );
  });

  it('takes back a derivation whose inputs are all of another team, or none', async () => {
    await build('registerDatasetVersion', {
      dataset: 'filtered',
      version: '2',
      derivedFrom: mix([['dataset:mix@1.0', 1]]),
    });
    // What somebody sees who may see none of its inputs: a statement alone.
    await api.records.$executeRaw`
      insert into composition (node_id, unit, complete, visibility, team_id, actor_id)
      select c.node_id, 'FRACTION', true, c.visibility, c.team_id, c.actor_id from composition c
      join node n on n.id = c.node_id where n.name = 'filtered' and n.version = '2'`;
    const made = await build(
      'recordTransformation',
      {
        output: 'dataset:filtered@2',
        transformation: { name: 'filter-2', composition: mix([['dataset:mix@1.0', 1]]) },
      },
      'transformation { outputs { ref compositions { id } } }',
    );
    expect(made.transformation.outputs).toEqual([{ ref: 'dataset:filtered@2', compositions: [] }]);
  });

  it('measures content, and refuses a fraction outside its own interval', async () => {
    const input = {
      datasetVersion: 'dataset:mix@1.0',
      tag: 'fiction/dystopian-ai',
      fraction: 0.02,
      lower: 0.01,
      upper: 0.03,
      level: 0.95,
      unit: 'DOCUMENTS',
      method: 'LABELLED_SAMPLE',
      sampleSize: 1000,
    };
    const made = await build(
      'recordContentMeasurement',
      input,
      'contentMeasurement { fraction tag { name measurements { fraction } } datasetVersion { contentMeasurements { method } } }',
    );
    expect(made.contentMeasurement).toEqual({
      fraction: 0.02,
      tag: { name: 'fiction/dystopian-ai', measurements: [{ fraction: 0.02 }] },
      datasetVersion: { contentMeasurements: [{ method: 'LABELLED_SAMPLE' }] },
    });
    expect(await mutate('recordContentMeasurement', { ...input, lower: 0.025 })).toMatchObject({
      __typename: 'InputError',
      path: ['lower'],
    });
    const { data } = await api.anonymous('{ contentTags { name } }');
    expect(data.contentTags).toEqual([{ name: 'fiction/dystopian-ai' }]);
  });

  it('is forbidden to whoever may only read, and to whoever is not signed in', async () => {
    const write = 'mutation { registerSource(input: { name: "x" }) { __typename } }';
    expect((await api.anonymous(write)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
    expect((await api.as(await api.person('VIEWER'))(write)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  it('lists datasets and sources by name, in pages, with the count of what the viewer may see', async () => {
    const { data } = await api.anonymous(
      '{ datasets { totalCount nodes { name } } sources(first: 2) { totalCount nodes { name license } pageInfo { hasNextPage endCursor } } }',
    );
    expect(data.datasets).toEqual({ totalCount: 1, nodes: [{ name: 'mix' }] });
    expect(data.sources).toMatchObject({
      totalCount: 3,
      nodes: [
        { name: 'books', license: 'CC0' },
        { name: 'code', license: 'CC0' },
      ],
      pageInfo: { hasNextPage: true },
    });
    const next = await api.anonymous(
      'query ($after: String) { sources(first: 2, after: $after) { nodes { name } } }',
      { after: data.sources.pageInfo.endCursor },
    );
    expect(next.data.sources.nodes).toEqual([{ name: 'crawl' }]);
  });
});
