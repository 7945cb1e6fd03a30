import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import { writeEvalRun } from '../../../api/src/evaluation/record-eval-run.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { makeWorld, type World } from '../incident/world.ts';

const SAMPLES = 4_100;

describe('samples of an eval run', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
    const context = requestContext(world.api.services, world.reporter);
    const { db } = context;
    const [version] = await db.$queryRaw<{ id: bigint }[]>`select id from evaluation_version`;
    const [model] = await db.$queryRaw<{ id: bigint }[]>`select id from node where name = 'opus'`;
    await inChange(context, 'write:evals', (change) =>
      writeEvalRun(change, {
        name: 'imported',
        evaluationVersionId: version?.id ?? 0n,
        modelVersionId: model?.id ?? 0n,
        startedAt: null,
        status: 'SUCCESS',
        epochs: 1,
        visibility: 'MEMBERS',
        citation: null,
        measurements: [],
        scores: [],
        samples: Array.from({ length: SAMPLES }, (_, i) => ({
          sampleId: `sample-${i}`,
          epoch: 1,
          // Logs hold what Postgres cannot: NUL and half a surrogate pair.
          input: i === 0 ? 'a\u0000b\ud800c' : `input ${i}`,
          scores: { judge: i % 2 },
          outcomes: { blackmail: i % 1000 === 0 ? 'EXHIBITED' : 'NOT_EXHIBITED' },
        })),
      }),
    );
  });
  afterAll(() => world.api.close());

  const samples = async (args: string, as = world.viewer) => {
    const data = await world.ask(
      as,
      `{ lineageNode(ref: "eval-run:imported") { ... on EvalRun { sampleCount samples(${args}) {
        totalCount pageInfo { hasNextPage endCursor } nodes { id sampleId epoch input scores } } } } }`,
    );
    return data.lineageNode;
  };

  it('are recorded by the thousand and read in the order of the log', async () => {
    const run = await samples('first: 3');
    expect(run.sampleCount).toBe(SAMPLES);
    expect(run.samples.totalCount).toBe(SAMPLES);
    expect(run.samples.nodes[0]).toMatchObject({
      sampleId: 'sample-0',
      input: 'a\ufffdb\ufffdc',
      scores: { judge: 0 },
    });
    const next = await samples(`first: 2, after: "${run.samples.pageInfo.endCursor}"`);
    expect(next.samples.nodes.map((s: { sampleId: string }) => s.sampleId)).toEqual(['sample-3', 'sample-4']);
  });

  it('are found by their outcome', async () => {
    const run = await samples('first: 100, outcome: "EXHIBITED"');
    expect(run.samples.totalCount).toBe(5);
    expect(run.samples.nodes.map((s: { sampleId: string }) => s.sampleId)).toEqual(
      [0, 1000, 2000, 3000, 4000].map((i) => `sample-${i}`),
    );
    expect((await samples('outcome: "nothing"')).samples).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('refuse a cursor of another list and a page too large', async () => {
    const asked = (args: string) =>
      world.api.as(world.viewer)(
        `{ lineageNode(ref: "eval-run:imported") { ... on EvalRun { samples(${args}) { totalCount } } } }`,
      );
    expect((await asked('after: "nonsense"')).errors[0]?.message).toContain('cursor');
    expect((await asked('first: 101')).errors[0]?.message).toContain('100');
  });
});
