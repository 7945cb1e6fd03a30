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
        measurements: [
          { behavior: 'blackmail', exhibited: 5, notExhibited: SAMPLES - 5, qualifier: 'EXACT' },
        ],
        scores: [],
        samples: Array.from({ length: SAMPLES }, (_, i) => ({
          sampleId: `sample-${i}`,
          epoch: 1,
          // Logs hold what Postgres cannot: NUL and half a surrogate pair.
          input: i === 0 ? 'a\u0000b\ud800c' : `input ${i}`,
          target: i === 7 ? 'a 100% rare_target' : 'common',
          error: i % 2_000 === 5 ? 'the tool broke' : null,
          limitReached: i === 9 ? 'token' : null,
          scores:
            i < 3
              ? { judge: { value: null, parts: { harmful: i, note: 'x' }, answer: null } }
              : { judge: i % 2, ...(i === 3 && { other: { value: 'C', parts: null, answer: 'yes' } }) },
          outcomes: {
            blackmail: i % 1000 === 0 ? 'EXHIBITED' : 'NOT_EXHIBITED',
            // Of a behaviour that nobody recorded.
            unheard_of: i === 11 ? 'GRADER_ERROR' : 'EXHIBITED',
          },
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
      scores: { judge: { value: null, parts: { harmful: 0, note: 'x' }, answer: null } },
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

  const found = async (args: string) =>
    (await samples(args)).samples.nodes.map((s: { sampleId: string }) => Number(s.sampleId.slice(7)));

  it('are found by what they say, what a scorer gave, and by having failed', async () => {
    expect(await found('search: "RARE_target"')).toEqual([7]);
    expect(await found('search: "100%"')).toEqual([7]);
    expect(await found('search: "tool broke"')).toEqual([5, 2005, 4005]);
    expect(await found('search: "sample-4099"')).toEqual([4099]);
    expect(await found('errorOnly: true, outcome: "NOT_EXHIBITED"')).toEqual([5, 2005, 4005]);
    expect(await found('score: { scorer: "judge", part: "harmful", equals: "2" }')).toEqual([2]);
    expect(await found('score: { scorer: "other", equals: "C" }')).toEqual([3]);
    expect(await found('score: { scorer: "judge", equals: null }')).toEqual([0, 1, 2]);
    expect((await samples('score: { scorer: "judge", equals: "1" }')).samples.totalCount).toBe(2_049);
    expect(await found('behavior: "blackmail", first: 2')).toEqual([0, 1]);
    expect(await found('behavior: "blackmail", outcome: "exhibited", first: 2')).toEqual([0, 1000]);
  });

  it('tell nothing of behaviours that the viewer does not see', async () => {
    expect(await found('behavior: "unheard_of"')).toEqual([]);
    expect(await found('outcome: "GRADER_ERROR"')).toEqual([]);
    const run = await world.ask(
      world.viewer,
      `{ lineageNode(ref: "eval-run:imported") { ... on EvalRun { sampleOutcomes { behavior outcome count }
        samples(first: 1) { nodes { outcomes { behavior outcome } target limitReached } } } } }`,
    );
    expect(run.lineageNode.sampleOutcomes).toEqual([
      { behavior: 'blackmail', outcome: 'EXHIBITED', count: 5 },
      { behavior: 'blackmail', outcome: 'NOT_EXHIBITED', count: 4_095 },
    ]);
    expect(run.lineageNode.samples.nodes).toEqual([
      { outcomes: [{ behavior: 'blackmail', outcome: 'EXHIBITED' }], target: 'common', limitReached: null },
    ]);
  });

  it('are counted by what scorers gave', async () => {
    const run = await world.ask(
      world.viewer,
      '{ lineageNode(ref: "eval-run:imported") { ... on EvalRun { sampleScores { scorer part value count } } } }',
    );
    expect(run.lineageNode.sampleScores).toEqual([
      { scorer: 'judge', part: null, value: '1', count: 2_049 },
      { scorer: 'judge', part: null, value: '0', count: 2_048 },
      { scorer: 'judge', part: 'harmful', value: '0', count: 1 },
      { scorer: 'judge', part: 'harmful', value: '1', count: 1 },
      { scorer: 'judge', part: 'harmful', value: '2', count: 1 },
      { scorer: 'judge', part: 'note', value: 'x', count: 3 },
      { scorer: 'other', part: null, value: 'C', count: 1 },
    ]);
  });

  it('come in the order that is asked for, page by page', async () => {
    const inOrder = async (orderBy: string, after: string | null = null) => {
      const { samples: page } = await samples(
        `first: 3, orderBy: ${orderBy}${after === null ? '' : `, after: "${after}"`}`,
      );
      return { ids: page.nodes.map((s: { sampleId: string }) => s.sampleId), end: page.pageInfo.endCursor };
    };
    const errors = await inOrder('ERRORS_FIRST');
    expect(errors.ids).toEqual(['sample-5', 'sample-2005', 'sample-4005']);
    expect((await inOrder('ERRORS_FIRST', errors.end)).ids).toEqual(['sample-0', 'sample-1', 'sample-2']);
    const named = await inOrder('SAMPLE_ID');
    expect(named.ids).toEqual(['sample-0', 'sample-1', 'sample-10']);
    expect((await inOrder('SAMPLE_ID', named.end)).ids).toEqual(['sample-100', 'sample-1000', 'sample-1001']);
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
