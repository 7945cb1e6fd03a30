import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTeams } from '../../testkit/in-teams.ts';
import { building, mutating } from '../../testkit/mutate.ts';
import { fractions, type Labelled, type LineageWorld, lineageWorld } from './lineage-world.ts';

describe('shares of several statements', () => {
  let api: LineageWorld['api'];
  let reporter: LineageWorld['reporter'];
  let mutate: LineageWorld['mutate'];
  let build: LineageWorld['build'];
  let lineageOf: LineageWorld['lineageOf'];

  beforeAll(async () => {
    ({ api, reporter, mutate, build, lineageOf } = await lineageWorld());
  });
  afterAll(() => api.close());

  it('keeps what is stated of one output of a transformation apart from its others', async () => {
    const version = (dataset: string, more = {}) =>
      build('registerDatasetVersion', { dataset, version: '1', visibility: 'PUBLIC', ...more });
    await version('train', {
      transformation: {
        name: 'split',
        effect: 'PRESERVES',
        composition: fractions({ 'source:crawl': 0.5, 'source:books': 0.5 }),
      },
    });
    await version('test');
    const own = {
      node: 'transformation:split',
      output: 'dataset:test@1',
      composition: fractions({ 'source:crawl': 0.9, 'source:books': 0.1 }),
    };
    expect(await mutate('assertComposition', own)).toMatchObject({
      __typename: 'InputError',
      path: ['output'],
    });
    await build('assertEdge', {
      kind: 'GENERATED_BY',
      downstream: 'dataset:test@1',
      upstream: 'transformation:split',
    });
    const made = await build('assertComposition', own, 'composition { output { label } inputs { share } }');
    expect(made.composition).toEqual({
      output: { label: 'test@1' },
      inputs: [{ share: 0.9 }, { share: 0.1 }],
    });
    const train = await lineageOf(null, { ref: 'dataset:train@1', kinds: ['SOURCE'] });
    expect(train.edges.map((edge: { share: number }) => edge.share)).toEqual([0.5, 0.5]);
    const derived = { node: 'dataset:train@1', composition: fractions({ 'source:crawl': 1 }) };
    expect(await mutate('assertComposition', derived)).toMatchObject({
      __typename: 'InputError',
      path: ['node'],
      expected: 'transformation:split',
    });
  });

  it('weighs visible inputs by no total that a hidden one could be read from', async () => {
    const rows = (of: string, amount: number) => ({ of, amount });
    const derivedFrom = {
      unit: 'ROWS',
      complete: true,
      inputs: [rows('source:crawl', 30), rows('source:books', 10), rows('source:secret', 60)],
    };
    await build('registerDatasetVersion', {
      dataset: 'counted',
      version: '1',
      derivedFrom,
      visibility: 'PUBLIC',
    });
    const inferred = await lineageOf(reporter, { ref: 'dataset:counted@1' });
    const shareOf = (edges: { share: number; upstream: Labelled }[], label: string) =>
      edges.find((edge) => edge.upstream.label === label)?.share;
    expect(shareOf(inferred.edges, 'crawl')).toBeCloseTo(0.3, 12);
    const seen = await lineageOf(null, { ref: 'dataset:counted@1' });
    expect(shareOf(seen.edges, 'crawl')).toBeNull();
    expect(seen.unaccounted).toEqual([{ node: { label: 'counted@1' }, share: 1, reason: 'AMOUNT_UNKNOWN' }]);
  });

  it('keeps the statements of two teams side by side, as a range of shares', async () => {
    const [team] = await api.services.db.$queryRaw<[{ id: bigint }]>`
      insert into team (namespace, name) values ('desk', 'Desk') returning id`;
    const desk = await inTeams(api.records, await api.person('REPORTER'), [team.id]);
    await build('registerDatasetVersion', {
      dataset: 'contested',
      version: '1',
      visibility: 'PUBLIC',
      derivedFrom: fractions({ 'source:crawl': 0.6, 'source:books': 0.4 }),
    });
    const composition = fractions({ 'source:crawl': 0.8, 'source:books': 0.2 });
    await building(mutating(api, desk))('assertComposition', { node: 'dataset:contested@1', composition });
    const { edges } = await lineageOf(null, { ref: 'dataset:contested@1' });
    expect(edges).toHaveLength(4);
    for (const edge of edges) {
      const [share, shareUpper] = edge.upstream.label === 'crawl' ? [0.6, 0.8] : [0.2, 0.4];
      expect(edge).toMatchObject({ share, shareUpper, status: 'ASSERTED' });
    }
  });

  it('answers the exposure of a past day as it was known then, and new claims only from their day on', async () => {
    const query = `query ($on: DateTime) { model(name: "m") { versions(first: 1) { nodes { exposure(knownOn: $on) {
      knownOn tokens stages { tokens shares { share source { name } } } } } } } }`;
    const exposure = async (on: string | null = null) => {
      const { data, errors } = await api.anonymous(query, { on });
      expect(errors).toEqual([]);
      return data.model.versions.nodes[0].exposure;
    };
    await build('registerModelVersion', {
      model: 'm',
      version: '2',
      visibility: 'PUBLIC',
      trainedBy: {
        name: 'run-2',
        stage: 'PRETRAINING',
        startedFrom: 'SCRATCH',
        composition: fractions({ 'source:crawl': 1 }),
      },
    });
    const before = await exposure();
    expect(before.tokens).toBeNull();
    await build('assertClaim', { node: 'training-run:run-2', property: 'TOKENS', number: 1000 });
    expect((await exposure()).stages[0]).toEqual({
      tokens: '1000',
      shares: [{ share: 1, source: { name: 'crawl' } }],
    });
    expect(await exposure(before.knownOn)).toEqual(before);
  });
});
