import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

type Node = { label: string };
const labels = (nodes: Node[]) => nodes.map((node) => node.label).sort();

const LINEAGE = `query ($ref: NodeRef!, $direction: LineageDirection! = UPSTREAM, $kinds: [LineageNodeKind!],
  $maxDepth: Int, $limit: Int, $on: DateTime) {
  lineageNode(ref: $ref) { lineage(direction: $direction, kinds: $kinds, maxDepth: $maxDepth, limit: $limit, knownOn: $on) {
    knownOn root { label } nodes { label kind ref } truncated { reason frontier { label } }
    edges { id kind share shareUpper contracted status downstream { label } upstream { label } }
    unaccounted { node { label } share reason } } } }`;

const fractions = (inputs: Record<string, number>) => ({
  unit: 'FRACTION',
  complete: true,
  inputs: Object.entries(inputs).map(([of, amount]) => ({ of, amount })),
});

describe('lineage', () => {
  let api: TestApi;
  let reporter: Principal;
  let admin: Principal;
  let mutate: Mutate;
  let build: Mutate;

  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    admin = await api.person('ADMINISTRATOR');
    mutate = mutating(api, reporter);
    build = building(mutate);
    for (const name of ['crawl', 'books']) await build('registerSource', { name, visibility: 'PUBLIC' });
    await build('registerSource', { name: 'secret', visibility: 'RESTRICTED' });
    const version = (dataset: string, derivedFrom: object, visibility = 'PUBLIC') =>
      build('registerDatasetVersion', { dataset, version: '1', derivedFrom, visibility });
    await version('mix', fractions({ 'source:crawl': 0.5, 'source:books': 0.3, 'source:secret': 0.2 }));
    await version('clean', fractions({ 'dataset:mix@1': 1 }));
    await build('registerModelVersion', {
      model: 'm',
      version: '1',
      visibility: 'PUBLIC',
      trainedBy: {
        name: 'run',
        stage: 'PRETRAINING',
        startedFrom: 'SCRATCH',
        composition: fractions({ 'dataset:clean@1': 1 }),
      },
    });
    await build('registerModelVersion', {
      model: 'hidden',
      version: '1',
      visibility: 'TEAM',
      generatedBy: 'training-run:run',
    });
  });
  afterAll(() => api.close());

  const lineageOf = async (viewer: Principal | null, variables: Record<string, unknown>) => {
    const call = viewer === null ? api.anonymous : api.as(viewer);
    const { data, errors, statements } = await call(LINEAGE, variables);
    expect(errors).toEqual([]);
    return { ...data.lineageNode.lineage, statements };
  };

  it('returns each node and edge once, the root first, with shares', async () => {
    const answer = await lineageOf(reporter, { ref: 'model:m@1' });
    expect(answer.nodes[0].label).toBe('m@1');
    expect(labels(answer.nodes)).toEqual(['books', 'clean@1', 'crawl', 'm@1', 'mix@1', 'run', 'secret']);
    expect(answer.edges).toHaveLength(6);
    expect(answer.truncated).toBeNull();
    expect(answer.unaccounted).toEqual([]);
    const share = answer.edges.find((e: { upstream: Node }) => e.upstream.label === 'books').share;
    expect(share).toBeCloseTo(0.3, 12);
  });

  it('shows a hidden source to nobody who may not see it: no node, edge, count or total', async () => {
    const answer = await lineageOf(null, { ref: 'model:m@1' });
    expect(labels(answer.nodes)).toEqual(['books', 'clean@1', 'crawl', 'm@1', 'mix@1', 'run']);
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(answer.unaccounted).toEqual([
      { node: { label: 'mix@1' }, share: expect.closeTo(0.2, 12), reason: 'NOT_RECORDED' },
    ]);
    const { data } = await api.anonymous(`{
      lineageNode(ref: "source:secret") { id }
      sources { totalCount }
      node: lineageNode(ref: "dataset:mix@1") { ... on DatasetVersion { compositions { complete inputs { share upstream { label } } } } }
      model(name: "m") { versions { nodes { exposure { stages { unaccounted shares { share } losses { reason } } } } } } }`);
    expect(data.lineageNode).toBeNull();
    expect(data.sources.totalCount).toBe(2);
    const [composition] = data.node.compositions;
    expect(composition.complete).toBe(false);
    expect(composition.inputs).toHaveLength(2);
    const [stage] = data.model.versions.nodes[0].exposure.stages;
    expect(stage.unaccounted).toBeCloseTo(0.2, 12);
    expect(stage.losses).toEqual([{ reason: 'NOT_RECORDED' }]);
  });

  it('counts in the blast radius only what the viewer may see', async () => {
    const query = `{ lineageNode(ref: "source:crawl") { impact {
      modelVersions { totalCount nodes { label } } datasetVersions(first: 1) { totalCount nodes { label } pageInfo { hasNextPage endCursor } }
      incidents { totalCount } influenced { totalCount } } } }`;
    const everyone = (await api.anonymous(query)).data.lineageNode.impact;
    expect(everyone.modelVersions).toEqual({ totalCount: 1, nodes: [{ label: 'm@1' }] });
    expect(everyone.datasetVersions).toMatchObject({
      totalCount: 2,
      nodes: [{ label: 'mix@1' }],
      pageInfo: { hasNextPage: true },
    });
    const next = await api.anonymous(
      `query ($after: String) { lineageNode(ref: "source:crawl") { impact { datasetVersions(first: 5, after: $after) { nodes { label } } } } }`,
      { after: everyone.datasetVersions.pageInfo.endCursor },
    );
    expect(next.data.lineageNode.impact.datasetVersions.nodes).toEqual([{ label: 'clean@1' }]);
    const team = (await api.as(reporter)(query)).data.lineageNode.impact;
    expect(labels(team.modelVersions.nodes)).toEqual(['hidden@1', 'm@1']);
  });

  it('contracts what lies between the kinds asked for, and multiplies the shares', async () => {
    const answer = await lineageOf(null, { ref: 'model:m@1', kinds: ['SOURCE'] });
    expect(labels(answer.nodes)).toEqual(['books', 'crawl', 'm@1']);
    expect(answer.edges).toHaveLength(2);
    const edge = answer.edges.find((e: { upstream: Node }) => e.upstream.label === 'crawl');
    expect(edge).toMatchObject({ contracted: true, share: 0.5, downstream: { label: 'm@1' } });
    expect(new Set(answer.edges.map((e: { id: string }) => e.id)).size).toBe(2);
  });

  it('says where a cut answer goes on', async () => {
    const shallow = await lineageOf(null, { ref: 'model:m@1', maxDepth: 2 });
    expect(labels(shallow.nodes)).toEqual(['clean@1', 'm@1', 'run']);
    expect(shallow.truncated).toEqual({ reason: 'MAX_DEPTH', frontier: [{ label: 'clean@1' }] });
    const few = await lineageOf(null, { ref: 'model:m@1', limit: 4 });
    expect(labels(few.nodes)).toEqual(['clean@1', 'm@1', 'mix@1', 'run']);
    expect(few.truncated).toEqual({ reason: 'LIMIT', frontier: [{ label: 'mix@1' }] });
    const rest = await lineageOf(null, { ref: 'dataset:mix@1' });
    expect(labels(rest.nodes)).toEqual(['books', 'crawl', 'mix@1']);
  });

  it('goes downstream, and both ways without turning round', async () => {
    const down = await lineageOf(null, { ref: 'source:books', direction: 'DOWNSTREAM' });
    expect(labels(down.nodes)).toEqual(['books', 'clean@1', 'm@1', 'mix@1', 'run']);
    const share = down.edges.find((e: { upstream: Node }) => e.upstream.label === 'books').share;
    expect(share).toBeCloseTo(0.3, 12);
    const both = await lineageOf(null, { ref: 'dataset:clean@1', direction: 'BOTH' });
    expect(labels(both.nodes)).toEqual(['books', 'clean@1', 'crawl', 'm@1', 'mix@1', 'run']);
  });

  it('finds the shortest path either way, and none through what is hidden', async () => {
    const path = `query ($from: NodeRef!, $to: NodeRef!) { lineagePath(from: $from, to: $to) {
      direction share nodes { label } edges { kind } } }`;
    const up = await api.anonymous(path, { from: 'model:m@1', to: 'source:crawl' });
    expect(up.data.lineagePath).toMatchObject({ direction: 'UPSTREAM', share: 0.5 });
    expect(up.data.lineagePath.nodes.map((n: Node) => n.label)).toEqual([
      'm@1',
      'run',
      'clean@1',
      'mix@1',
      'crawl',
    ]);
    const down = await api.anonymous(path, { from: 'source:crawl', to: 'model:m@1' });
    expect(down.data.lineagePath).toMatchObject({ direction: 'DOWNSTREAM', share: 0.5 });
    const none = await api.anonymous(path, { from: 'source:crawl', to: 'source:books' });
    expect(none.data.lineagePath).toBeNull();
  });

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
    const outsider = { ...other, teamIds: [team.id] };
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
    const shareOf = (edges: { share: number; upstream: Node }[], label: string) =>
      edges.find((edge) => edge.upstream.label === label)?.share;
    expect(shareOf(inferred.edges, 'crawl')).toBeCloseTo(0.3, 12);
    const seen = await lineageOf(null, { ref: 'dataset:counted@1' });
    expect(shareOf(seen.edges, 'crawl')).toBeNull();
    expect(seen.unaccounted).toEqual([{ node: { label: 'counted@1' }, share: 1, reason: 'AMOUNT_UNKNOWN' }]);
  });

  it('keeps the statements of two teams side by side, as a range of shares', async () => {
    const [team] = await api.services.db.$queryRaw<[{ id: bigint }]>`
      insert into team (namespace, name) values ('desk', 'Desk') returning id`;
    const desk = { ...(await api.person('REPORTER')), teamIds: [team.id] };
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

  it('gives a repeated call with an idempotency key the same answer, and records nothing anew', async () => {
    const input = { name: 'once', idempotencyKey: 'k1' };
    const first = await build('registerSource', input);
    expect(await build('registerSource', input)).toEqual(first);
    expect(await mutate('registerSource', { ...input, name: 'other' })).toMatchObject({
      __typename: 'ConflictError',
      path: ['idempotencyKey'],
    });
  });

  it('refuses a limit that no answer could keep, naming the argument', async () => {
    const { errors } = await api.anonymous(LINEAGE, { ref: 'model:m@1', limit: 0 });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining('50000') }]);
  });

  it('follows an alias to the one node that it names', async () => {
    await build('addAlias', { alias: 'source:common-crawl', node: 'source:crawl' });
    const { data } = await api.anonymous('{ lineageNode(ref: "source:common-crawl") { ref } }');
    expect(data.lineageNode.ref).toBe('source:crawl');
    expect(await mutate('addAlias', { alias: 'source:books', node: 'source:crawl' })).toMatchObject({
      __typename: 'ConflictError',
      path: ['alias'],
    });
  });

  it('lists the other names of a node, by whom, as known on the date asked for', async () => {
    const ALIASES = `query ($ref: NodeRef!, $on: DateTime) { lineageNode(ref: $ref) {
      aliases(knownOn: $on) { id ref node { ref } assertedBy { name } citation { source } retractedAt } } }`;
    const citation = { source: 'A paper', certainty: 'PRIMARY' };
    const input = { alias: 'source:novels', node: 'source:books', citation };
    const { alias } = await build('addAlias', input, 'alias { id recordedAt } node { ref }');
    const listed = await api.anonymous(ALIASES, { ref: 'source:novels' });
    const row = { id: alias.id, ref: 'source:novels', node: { ref: 'source:books' } };
    expect(listed.data.lineageNode.aliases).toEqual([
      { ...row, assertedBy: { name: reporter.name }, citation: { source: 'A paper' }, retractedAt: null },
    ]);
    const { data } = await api.anonymous('query ($id: ID!) { node(id: $id) { __typename id } }', alias);
    expect(data.node).toEqual({ __typename: 'Alias', id: alias.id });
  });

  it('takes an alias back: the name is free again, and the past keeps it', async () => {
    const AT = `query ($ref: NodeRef!, $on: DateTime) { lineageNode(ref: $ref) {
      aliases(knownOn: $on) { ref retractedAt } } }`;
    const input = { alias: 'source:tomes', node: 'source:books' };
    const { alias } = await build('addAlias', input, 'alias { id recordedAt }');
    const retraction = { target: alias.id, reason: 'a wrong name' };
    const other = { ...reporter, actorId: (await api.person('REPORTER')).actorId, teamIds: [-1n] };
    await expect(mutating(api, other)('retract', retraction)).rejects.toThrow('FORBIDDEN');
    await build('retract', retraction, 'retracted { id }');
    expect(await mutate('retract', retraction)).toMatchObject({
      __typename: 'ConflictError',
      path: ['target'],
    });
    const gone = await api.anonymous(AT, { ref: 'source:tomes' });
    expect(gone.data.lineageNode).toBeNull();
    const names = async (on: string | null) =>
      (await api.anonymous(AT, { ref: 'source:books', on })).data.lineageNode.aliases;
    expect(await names(null)).not.toContainEqual(expect.objectContaining({ ref: 'source:tomes' }));
    expect(await names(alias.recordedAt)).toContainEqual({ ref: 'source:tomes', retractedAt: null });
    await build('addAlias', { ...input, node: 'source:crawl' });
    const again = await api.anonymous(AT, { ref: 'source:tomes' });
    expect(again.data.lineageNode.aliases).toContainEqual({ ref: 'source:tomes', retractedAt: null });
  });

  it('shows an alias of a hidden node, and lets it be taken back, to nobody who may not see it', async () => {
    const { alias } = await build(
      'addAlias',
      { alias: 'source:whisper', node: 'source:secret' },
      'alias { id }',
    );
    const other = await api.person('REPORTER');
    const { data } = await api.as(other)('query ($id: ID!) { node(id: $id) { id } }', alias);
    expect(data.node).toBeNull();
    const refused = await mutating(api, other)('retract', { target: alias.id, reason: 'no' });
    expect(refused).toMatchObject({ __typename: 'NotFoundError', path: ['target'] });
  });

  it('gives a contracted edge an id that is no global id, and another in every other answer', async () => {
    const edgeOf = async (variables: object) => {
      const { edges } = await lineageOf(null, { ref: 'model:m@1', ...variables });
      return edges.find((edge: { contracted: boolean }) => edge.contracted).id as string;
    };
    const kinds = ['MODEL_VERSION', 'SOURCE'];
    const id = await edgeOf({ kinds });
    expect(id).toMatch(/^contracted:/);
    const { data, errors } = await api.anonymous('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect({ data, errors }).toEqual({ data: { node: null }, errors: [] });
    const on = (await lineageOf(null, { ref: 'model:m@1' })).knownOn;
    expect(await edgeOf({ kinds, on })).toBe(await edgeOf({ kinds, on }));
    expect(await edgeOf({ kinds, on, maxDepth: 9 })).not.toBe(await edgeOf({ kinds, on }));
  });

  it('reads a lineage in as many statements for a long one as for a short one', async () => {
    let upstream = 'source:crawl';
    for (let i = 0; i < 12; i += 1) {
      const derivedFrom = fractions({ [upstream]: 0.9, 'source:books': 0.1 });
      await build('registerDatasetVersion', {
        dataset: 'chain',
        version: String(i),
        derivedFrom,
        visibility: 'PUBLIC',
      });
      upstream = `dataset:chain@${i}`;
    }
    const short = await lineageOf(null, { ref: 'dataset:chain@0' });
    const long = await lineageOf(null, { ref: 'dataset:chain@11' });
    expect(long.nodes.length).toBe(14);
    expect(long.statements.length).toBe(short.statements.length);
    expect(long.statements.length).toBeLessThanOrEqual(12);
  });
});
