import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
});
afterAll(() => world.api.close());

const version = (name: string) => ({ dataset: name, version: '1', visibility: 'MEMBERS' });
const derives = { kind: 'DERIVED_FROM', downstream: 'dataset:lab/late@1', upstream: 'dataset:lab/early@1' };
const asserting = `mutation ($input: AssertEdgeInput!) { assertEdge(input: $input) {
  __typename ... on ConflictError { message existing { id } } ... on AssertEdgeSuccess { edge { id } } } }`;

describe('an edge that a colleague asserted already', () => {
  beforeAll(async () => {
    for (const name of ['early', 'late'])
      await world.build('registerDatasetVersion', version(name), 'datasetVersion { id }');
  });
  const assert = async () =>
    (await world.api.as(world.colleague)(asserting, { input: derives })).data.assertEdge;
  const assertedBy = async () => {
    const rows = await world.api.records.$queryRaw<{ by: bigint }[]>`
      select actor_id as by from edge where kind = 'DERIVED_FROM' and retracted_at is null order by id`;
    return rows.map(({ by }) => by);
  };

  it('is refused where one sees it', async () => {
    const { edge } = await world.build('assertEdge', derives, 'edge { id }');
    expect(await assert()).toEqual({
      __typename: 'ConflictError',
      message: 'Your team asserts this edge already.',
      existing: { id: edge.id },
    });
    expect(await assertedBy()).toEqual([world.author.actorId]);
  });

  it('is none where one does not, and one asserts it oneself: once', async () => {
    await world.api.records.$executeRaw`update edge set visibility = 'RESTRICTED'`;
    const asserted = await assert();
    expect(asserted).toMatchObject({ __typename: 'AssertEdgeSuccess', edge: { id: expect.any(String) } });
    expect(await assertedBy()).toEqual([world.author.actorId, world.colleague.actorId]);
    expect(await assert()).toMatchObject({ __typename: 'ConflictError', existing: asserted.edge });
  });

  it('is told twice to whoever sees both, and leads to one thing, as where two teams assert it', async () => {
    const lineage = `query { lineageNode(ref: "dataset:lab/late@1") { lineage { nodes { label } edges { kind } }
      ... on DatasetVersion { id } } }`;
    const whole = (await world.api.as(world.auditor)(lineage)).data.lineageNode.lineage;
    expect(whole.nodes).toHaveLength(2);
    expect(whole.edges).toEqual([{ kind: 'DERIVED_FROM' }, { kind: 'DERIVED_FROM' }]);
    const colleague = (await world.api.as(world.colleague)(lineage)).data.lineageNode.lineage;
    expect(colleague.edges).toEqual([{ kind: 'DERIVED_FROM' }]);
  });
});
