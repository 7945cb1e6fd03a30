import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { incident, makeWorld, type World } from '../incident/world.ts';

const SEARCH = `query ($query: String!, $kinds: [LineageNodeKind!], $first: Int, $after: String) {
  search(query: $query, kinds: $kinds, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { kind label ref snippet node { __typename ... on Behavior { name } ... on Incident { title } ... on ModelVersion { version } } } } }`;

describe('search', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
    for (const name of ['sandbag', 'sandbagging-test', 'not-sandbag'])
      await world.run(world.reporter, 'registerSource', { name }, 'source { id }');
    await world.run(
      world.reporter,
      'registerSource',
      { name: 'sandbag-secret', visibility: 'RESTRICTED' },
      'source { id }',
    );
    await world.run(
      world.reporter,
      'fileIncident',
      incident('It was caught', { summary: 'A long story of a sandbag that was found in the evaluation.' }),
      'incident { id }',
    );
  });
  afterAll(() => world.api.close());

  const search = async (query: string, more: object = {}, as = world.viewer) =>
    (await world.ask(as, SEARCH, { query, ...more })).search;

  it('puts exact names first, then beginnings, then what else holds the word', async () => {
    const found = await search('sandbag');
    expect(found.nodes.map((n: { label: string }) => n.label).slice(0, 3)).toEqual([
      'sandbag',
      'sandbagging-test',
      'not-sandbag',
    ]);
    expect(found.nodes[3]).toMatchObject({
      kind: 'INCIDENT',
      snippet: 'It was caught',
      node: { __typename: 'Incident', title: 'It was caught' },
    });
    expect(found.totalCount).toBe(4);
  });

  it('finds every kind of named thing, and a reference as people type it', async () => {
    expect((await search('Blackmail')).nodes[0]).toMatchObject({
      kind: 'BEHAVIOR',
      ref: null,
      node: { __typename: 'Behavior', name: 'blackmail' },
    });
    expect((await search('model:opus@4')).nodes[0]).toMatchObject({
      kind: 'MODEL_VERSION',
      ref: 'model:opus@4',
      node: { version: '4' },
    });
    const kinds = new Set((await search('opus')).nodes.map((n: { kind: string }) => n.kind));
    expect(kinds).toEqual(new Set(['MODEL', 'MODEL_VERSION']));
    expect(
      (await search('opus', { kinds: ['MODEL_VERSION'] })).nodes.map((n: { kind: string }) => n.kind),
    ).toEqual(['MODEL_VERSION']);
  });

  it('finds nothing for nothing, and takes signs of patterns as they are', async () => {
    expect((await search('   ')).totalCount).toBe(0);
    expect((await search('%')).totalCount).toBe(0);
    expect((await search('_andbag')).totalCount).toBe(0);
  });

  it('goes on page by page without a gap', async () => {
    const first = await search('sandbag', { first: 2 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await search('sandbag', { first: 2, after: first.pageInfo.endCursor });
    const whole = await search('sandbag');
    expect([...first.nodes, ...rest.nodes]).toEqual(whole.nodes);
  });

  it('shows and counts only what the viewer may see', async () => {
    expect((await search('sandbag-secret')).totalCount).toBe(0);
    expect((await search('sandbag-secret', {}, world.reporter)).totalCount).toBe(1);
    expect((await search('sandbag', {}, { kind: 'anonymous' })).totalCount).toBe(0);
  });
});
