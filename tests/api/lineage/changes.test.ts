import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

const CHANGES = `query ($of: NodeRef!, $since: DateTime!, $until: DateTime, $direction: LineageDirection! = UPSTREAM,
  $limit: Int, $via: [LineageEdgeGroup!]) {
  lineageChanges(of: $of, since: $since, until: $until, direction: $direction, limit: $limit, via: $via) {
    since until direction node { label }
    nodesAdded { label } nodesRemoved { node { label retractedAt } retractedAt retractedBy { name } reason replacedBy { label } }
    edgesAdded { id share upstream { label } }
    edgesRemoved { edge { share retractedAt downstream { label } upstream { label } } retractedAt retractedBy { name } reason }
    sharesChanged { edge { upstream { label } } before beforeUpper after afterUpper }
    disputes { dispute { statement } edge { upstream { label } } composition { node { label } } }
    truncated { partial lists { field shown total } } } }`;

const fractions = (inputs: Record<string, number>) => ({
  unit: 'FRACTION',
  complete: true,
  inputs: Object.entries(inputs).map(([of, amount]) => ({ of, amount })),
});
type Labelled = { label: string };
const labels = (nodes: Labelled[]) => nodes.map((node) => node.label);

describe('what changed in a lineage', () => {
  let api: TestApi;
  let admin: Principal & { name: string };
  let build: Mutate;
  /** Before anything, after the first records, and after each of the corrections. */
  const moments: string[] = [];

  const ask = async (viewer: Principal | null, query: string, variables?: Record<string, unknown>) => {
    const call = viewer === null ? api.anonymous : api.as(viewer);
    const { data, errors } = await call(query, variables);
    expect(errors).toEqual([]);
    return data;
  };
  const mark = async () => {
    const { lineageNode } = await ask(admin, '{ lineageNode(ref: "source:books") { lineage { knownOn } } }');
    moments.push(lineageNode.lineage.knownOn);
  };
  const idOf = async (ref: string) =>
    (await ask(admin, 'query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }', { ref })).lineageNode.id;
  const changesOf = async (viewer: Principal | null, variables: Record<string, unknown>) =>
    (await ask(viewer, CHANGES, { of: 'dataset:mix@1', ...variables })).lineageChanges;

  beforeAll(async () => {
    api = await testApi();
    admin = await api.person('ADMINISTRATOR');
    build = building(mutating(api, admin));
    const source = (name: string, visibility = 'PUBLIC') => build('registerSource', { name, visibility });
    const version = (dataset: string, inputs: Record<string, number>, visibility = 'PUBLIC') =>
      build('registerDatasetVersion', {
        dataset,
        version: '1',
        visibility,
        derivedFrom: fractions(inputs),
      });
    for (const name of ['books', 'crawl', 'wiki']) await source(name);
    await source('secret', 'RESTRICTED');
    await mark();
    await version('typo', { 'source:crawl': 1 });
    await version('right', { 'source:crawl': 1 });
    await version('mix', { 'dataset:typo@1': 0.5, 'source:books': 0.25, 'source:secret': 0.25 });
    await version('next', { 'dataset:mix@1': 1 });
    await mark();
    await build('retract', {
      target: await idOf('dataset:typo@1'),
      reason: 'Misspelt.',
      replacedBy: 'dataset:right@1',
    });
    const { edges } = (
      await ask(
        admin,
        '{ lineageNode(ref: "dataset:mix@1") { lineage(maxDepth: 1) { edges { id upstream { label } composition { id } } } } }',
      )
    ).lineageNode.lineage;
    const toBooks = edges.find((edge: { upstream: Labelled }) => edge.upstream.label === 'books');
    await build('dispute', { target: toBooks.id, statement: 'It was less.' });
    await build('dispute', { target: toBooks.composition.id, statement: 'It held more.' });
    await mark();
    const [team] = await api.services.db.$queryRaw<[{ id: bigint }]>`
      insert into team (namespace, name) values ('desk', 'Desk') returning id`;
    const desk = await inTeams(api.records, await api.person('REPORTER'), [team.id]);
    await building(mutating(api, desk))('assertComposition', {
      node: 'dataset:mix@1',
      composition: fractions({ 'source:books': 0.5, 'source:wiki': 0.5 }),
    });
    await mark();
  });
  afterAll(() => api.close());

  it('is everything since before it was recorded', async () => {
    const [start, recorded] = moments;
    const changes = await changesOf(admin, { since: start, until: recorded });
    expect(changes).toMatchObject({ since: start, until: recorded, direction: 'UPSTREAM', truncated: null });
    expect(labels(changes.nodesAdded).sort()).toEqual(['books', 'crawl', 'mix@1', 'secret', 'typo@1']);
    expect(changes.nodesAdded[0].label).toBe('mix@1');
    expect(changes.edgesAdded).toHaveLength(4);
    expect([changes.nodesRemoved, changes.edgesRemoved, changes.sharesChanged, changes.disputes]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  it('is what was taken back, by whom and for what, with what was reached through it, and what is disputed', async () => {
    const changes = await changesOf(admin, { since: moments[1], until: moments[2] });
    const gone = { retractedAt: expect.any(String), retractedBy: { name: admin.name }, reason: 'Misspelt.' };
    const still = { retractedAt: null, retractedBy: null, reason: null };
    expect(changes.nodesRemoved).toEqual([
      { node: { label: 'typo@1', retractedAt: null }, ...gone, replacedBy: { label: 'right@1' } },
      { node: { label: 'crawl', retractedAt: null }, ...still, replacedBy: null },
    ]);
    expect(changes.edgesRemoved).toEqual([
      {
        edge: {
          share: 1,
          retractedAt: null,
          downstream: { label: 'typo@1' },
          upstream: { label: 'crawl' },
        },
        ...still,
      },
      {
        edge: {
          share: 0.5,
          retractedAt: null,
          downstream: { label: 'mix@1' },
          upstream: { label: 'typo@1' },
        },
        ...still,
      },
    ]);
    expect(changes.disputes).toEqual([
      { dispute: { statement: 'It was less.' }, edge: { upstream: { label: 'books' } }, composition: null },
      { dispute: { statement: 'It held more.' }, edge: null, composition: { node: { label: 'mix@1' } } },
    ]);
    expect(changes.nodesAdded).toEqual([]);
  });

  it('is which shares changed, as ranges over what parties state', async () => {
    const changes = await changesOf(admin, { since: moments[2], until: moments[3] });
    expect(labels(changes.nodesAdded)).toEqual(['wiki']);
    expect(changes.edgesAdded).toHaveLength(2);
    expect(changes.sharesChanged).toEqual([
      {
        edge: { upstream: { label: 'books' } },
        before: 0.25,
        beforeUpper: 0.25,
        after: 0.25,
        afterUpper: 0.5,
      },
      {
        edge: { upstream: { label: 'secret' } },
        before: 0.25,
        beforeUpper: 0.25,
        after: 0,
        afterUpper: 0.25,
      },
    ]);
    expect(changes.disputes).toEqual([]);
    const now = await changesOf(admin, { since: moments[2] });
    expect({ ...now, until: null }).toEqual({ ...changes, until: null });
  });

  it('goes downstream too, along the groups asked for', async () => {
    const down = { of: 'source:crawl', direction: 'DOWNSTREAM', since: moments[1], until: moments[2] };
    const changes = await changesOf(null, down);
    expect(changes.nodesRemoved.map((gone: { node: Labelled }) => gone.node.label)).toEqual([
      'typo@1',
      'mix@1',
      'next@1',
    ]);
    const none = await changesOf(null, { ...down, via: ['REVISION'] });
    expect([none.nodesRemoved, none.edgesRemoved]).toEqual([[], []]);
  });

  it('tells nothing of what the viewer may not see', async () => {
    const seen = await changesOf(null, { since: moments[0] });
    expect(JSON.stringify(seen)).not.toContain('secret');
    expect(labels(seen.nodesAdded).sort()).toEqual(['books', 'mix@1', 'wiki']);
    expect(seen.edgesAdded).toHaveLength(3);
  });

  it('says where a limit cut it', async () => {
    const cut = await changesOf(admin, { since: moments[0], until: moments[1], limit: 2 });
    expect(labels(cut.nodesAdded)).toHaveLength(2);
    expect(cut.truncated).toEqual({
      partial: false,
      lists: [
        { field: 'nodesAdded', shown: 2, total: 5 },
        { field: 'edgesAdded', shown: 2, total: 4 },
      ],
    });
  });

  it('is nothing between a moment and itself, nor beyond what has been recorded', async () => {
    const same = await changesOf(admin, { since: moments[1], until: moments[1] });
    expect([same.nodesAdded, same.nodesRemoved, same.edgesAdded, same.disputes]).toEqual([[], [], [], []]);
    const later = await changesOf(admin, { since: '2999-01-01T00:00:00Z' });
    expect(later.since).toBe(later.until);
    expect([later.nodesAdded, later.nodesRemoved]).toEqual([[], []]);
  });

  it.each([
    [
      'moments the wrong way round',
      { since: '2999-01-02T00:00:00Z', until: '2999-01-01T00:00:00Z' },
      'later',
    ],
    ['a limit of 0', { since: '2020-01-01T00:00:00Z', limit: 0 }, '1 to 50000'],
    ['a name of nothing', { of: 'dataset:nothing@1', since: '2020-01-01T00:00:00Z' }, 'nothing'],
    ['what is hidden', { of: 'source:secret', since: '2020-01-01T00:00:00Z' }, 'secret'],
  ])('refuses %s', async (_what, variables, told) => {
    const { data, errors } = await api.anonymous(CHANGES, { of: 'dataset:mix@1', ...variables });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ message: expect.stringContaining(told) }]);
  });
});
