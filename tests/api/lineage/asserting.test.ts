import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTeams } from '../../testkit/in-teams.ts';
import { building, mutating } from '../../testkit/mutate.ts';
import { fractions, type LineageWorld, labels, lineageWorld } from './lineage-world.ts';

describe('lineage, as it is asserted', () => {
  let api: LineageWorld['api'];
  let reporter: LineageWorld['reporter'];
  let admin: LineageWorld['admin'];
  let mutate: LineageWorld['mutate'];
  let build: LineageWorld['build'];
  let lineageOf: LineageWorld['lineageOf'];

  beforeAll(async () => {
    ({ api, reporter, admin, mutate, build, lineageOf } = await lineageWorld());
  });
  afterAll(() => api.close());

  it('refuses a cycle, and tells the path as far as the writer may see it', async () => {
    const input = { kind: 'DERIVED_FROM', downstream: 'dataset:mix@1', upstream: 'dataset:clean@1' };
    const refused = await mutate('assertEdge', input);
    expect(refused).toMatchObject({ __typename: 'ConflictError', path: ['upstream'] });
    expect(labels(refused.lineagePath)).toEqual(['clean@1', 'mix@1']);
  });

  it('refuses edges between kinds that they do not join, to oneself, and twice', async () => {
    const edge = (kind: string, downstream: string, upstream: string) =>
      mutate('assertEdge', { kind, downstream, upstream });
    expect(await edge('TESTED_ON', 'dataset:mix@1', 'source:crawl')).toMatchObject({
      __typename: 'InputError',
      path: ['upstream'],
      expected: 'eval run → dataset version',
    });
    expect(await edge('DERIVED_FROM', 'dataset:mix@1', 'dataset:mix@1')).toMatchObject({
      __typename: 'InputError',
    });
    await build('assertEdge', { kind: 'REVISES', downstream: 'dataset:clean@1', upstream: 'dataset:mix@1' });
    expect(await edge('REVISES', 'dataset:clean@1', 'dataset:mix@1')).toMatchObject({
      __typename: 'ConflictError',
      existing: { id: expect.any(String) },
    });
  });

  it('corrects a composition in one call, and answers about the past as before', async () => {
    await build('registerDatasetVersion', {
      dataset: 'drift',
      version: '1',
      derivedFrom: fractions({ 'source:crawl': 0.9 }),
      visibility: 'PUBLIC',
    });
    const before = await lineageOf(null, { ref: 'dataset:drift@1' });
    const { data } = await api.anonymous(
      '{ lineageNode(ref: "dataset:drift@1") { ... on DatasetVersion { compositions { id } } } }',
    );
    const replaces = data.lineageNode.compositions[0].id;
    const composition = fractions({ 'source:books': 0.4 });
    const again = { node: 'dataset:drift@1', composition };
    expect(await mutate('assertComposition', again)).toMatchObject({
      __typename: 'ConflictError',
      path: ['replaces'],
      existing: { id: replaces },
    });
    const tooMuch = fractions({ 'source:books': 0.8, 'source:crawl': 0.8 });
    expect(await mutate('assertComposition', { ...again, composition: tooMuch, replaces })).toMatchObject({
      __typename: 'InputError',
      path: ['composition', 'inputs'],
    });
    expect((await lineageOf(null, { ref: 'dataset:drift@1' })).edges).toEqual(before.edges);
    await build('assertComposition', { ...again, replaces, reason: 'The card was corrected.' });
    const after = await lineageOf(null, { ref: 'dataset:drift@1' });
    expect(labels(after.nodes)).toEqual(['books', 'drift@1']);
    expect(after.edges[0].share).toBeCloseTo(0.4, 12);
    const then = await lineageOf(null, { ref: 'dataset:drift@1', on: before.knownOn });
    expect({ ...then, statements: null }).toEqual({ ...before, statements: null });
    const old = await api.anonymous(
      'query ($id: ID!) { node(id: $id) { ... on Composition { retractedAt inputs { status upstream { label } } } } }',
      { id: replaces },
    );
    expect(old.data.node).toMatchObject({
      retractedAt: expect.any(String),
      inputs: [{ status: 'RETRACTED', upstream: { label: 'crawl' } }],
    });
  });

  it('lets nobody but the asserting team and administrators retract; anybody may dispute', async () => {
    const [team] = await api.services.db.$queryRaw<[{ id: bigint }]>`
      insert into team (namespace, name) values ('lab', 'Lab') returning id`;
    const other = await api.person('REPORTER');
    const outsider = await inTeams(api.records, other, [team.id]);
    const { edges } = await lineageOf(null, { ref: 'dataset:clean@1', maxDepth: 1 });
    const target = edges[0].id;
    await expect(mutating(api, outsider)('retract', { target, reason: 'No.' })).rejects.toThrow('FORBIDDEN');
    await building(mutating(api, outsider))('dispute', {
      target,
      statement: 'It held more.',
      shareLower: 0.5,
      shareUpper: 0.9,
    });
    const disputed = await api.anonymous(
      'query ($id: ID!) { node(id: $id) { ... on LineageEdge { status share disputes { statement shareUpper } } } }',
      { id: target },
    );
    expect(disputed.data.node).toEqual({
      status: 'DISPUTED',
      share: 1,
      disputes: [{ statement: 'It held more.', shareUpper: 0.9 }],
    });
    const claim = { node: 'dataset:clean@1', property: 'ROWS', number: 10 };
    const made = await building(mutating(api, outsider))('assertClaim', claim);
    await build('assertClaim', { ...claim, number: 11 });
    const both =
      '{ lineageNode(ref: "dataset:clean@1") { claims { number } ... on DatasetVersion { rows } } }';
    const conflicting = (await api.anonymous(both)).data.lineageNode;
    expect(conflicting).toEqual({ claims: [{ number: 11 }, { number: 10 }], rows: '11' });
    await building(mutating(api, admin))('retract', { target: made.claim.id, reason: 'Miscounted.' });
    expect(await mutating(api, admin)('retract', { target: made.claim.id, reason: 'Again.' })).toMatchObject({
      __typename: 'ConflictError',
    });
    expect((await api.anonymous(both)).data.lineageNode.claims).toEqual([{ number: 11 }]);
    const inLab = await building(mutating(api, outsider))(
      'registerSource',
      { name: 'crawl' },
      'source { ref label }',
    );
    expect(inLab.source).toEqual({ ref: 'source:lab/crawl', label: 'lab/crawl' });
  });

  it('takes incidents and eval runs off the record by no token that only records lineage', async () => {
    const build = building(mutating(api, admin));
    const filed = { title: 'Kept', summary: 'On the record.', setting: 'RED_TEAM', severity: 'LOW' };
    const { incident } = await build('fileIncident', filed, 'incident { id }');
    const version = { dataset: 'kept-or-not', version: '1' };
    const { datasetVersion } = await build('registerDatasetVersion', version, 'datasetVersion { id }');
    const evaluation = { name: 'kept', version: '1' };
    await build('registerEvaluation', evaluation, 'evaluationVersion { id }');
    const run = { name: 'kept', evaluation: 'kept', evaluationVersion: '1', modelVersion: 'model:m@1' };
    const { evalRun } = await build('recordEvalRun', run, 'evalRun { id }');
    const pipeline = mutating(api, { ...admin, scopes: new Set(['read', 'write:lineage']) });
    const retract = (by: typeof pipeline, target: string) =>
      by('retract', { target, reason: 'No longer wanted.' });
    for (const { id } of [incident, evalRun])
      await expect(retract(pipeline, id)).rejects.toThrow('FORBIDDEN');
    expect((await retract(pipeline, datasetVersion.id)).__typename).toBe('RetractSuccess');
    for (const { id } of [evalRun, incident])
      expect((await retract(mutating(api, admin), id)).__typename).toBe('RetractSuccess');
  });

  it('retracts a node recorded by mistake, keeps it for the past, and frees its name', async () => {
    await build('registerDatasetVersion', {
      dataset: 'typo',
      version: '1',
      visibility: 'PUBLIC',
      derivedFrom: fractions({ 'source:books': 1 }),
    });
    const before = await lineageOf(null, { ref: 'source:books', direction: 'DOWNSTREAM' });
    expect(labels(before.nodes)).toContain('typo@1');
    const { data } = await api.anonymous('{ lineageNode(ref: "dataset:typo@1") { id } }');
    const target = data.lineageNode.id;
    await build('retract', { target, reason: 'Misspelt.', replacedBy: 'dataset:mix@1' });
    const after = await lineageOf(null, { ref: 'source:books', direction: 'DOWNSTREAM' });
    expect(labels(after.nodes)).not.toContain('typo@1');
    const then = await lineageOf(null, { ref: 'source:books', direction: 'DOWNSTREAM', on: before.knownOn });
    expect({ ...then, statements: null }).toEqual({ ...before, statements: null });
    const gone = await api.anonymous(
      'query ($id: ID!) { node(id: $id) { ... on DatasetVersion { retractedAt } } }',
      {
        id: target,
      },
    );
    expect(gone.data.node.retractedAt).toEqual(expect.any(String));
    await build('registerDatasetVersion', { dataset: 'typo', version: '1' });
  });

  it('lets one of two replacements of the same statement through', async () => {
    await build('registerDatasetVersion', {
      dataset: 'raced',
      version: '1',
      derivedFrom: fractions({ 'source:crawl': 1 }),
    });
    const { data } = await api.as(reporter)(
      '{ lineageNode(ref: "dataset:raced@1") { ... on DatasetVersion { compositions { id } } } }',
    );
    const replaces = data.lineageNode.compositions[0].id;
    const composition = fractions({ 'source:books': 1 });
    const input = { node: 'dataset:raced@1', composition, replaces };
    const results = await Promise.all([
      mutate('assertComposition', input),
      mutate('assertComposition', input),
    ]);
    expect(results.map((result) => result.__typename).sort()).toEqual([
      'AssertCompositionSuccess',
      'ConflictError',
    ]);
    const after = await lineageOf(reporter, { ref: 'dataset:raced@1' });
    expect(labels(after.nodes)).toEqual(['books', 'raced@1']);
  });

  it('gives a repeated call with an idempotency key the same answer, and records nothing anew', async () => {
    const input = { name: 'once', idempotencyKey: 'k1' };
    const first = await build('registerSource', input);
    expect(await build('registerSource', input)).toEqual(first);
    expect(await mutate('registerSource', { ...input, name: 'other' })).toMatchObject({
      __typename: 'ConflictError',
      path: ['idempotencyKey'],
    });
  });
});
