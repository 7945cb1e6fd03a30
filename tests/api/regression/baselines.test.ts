import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countedFrom, items, recordRun, samplesOf } from '../evaluation/runs-with-samples.ts';
import { THRESHOLD, type WatchedWorld, watchedWorld } from './watched-world.ts';

let world: WatchedWorld;
beforeEach(async () => {
  world = await watchedWorld();
});
afterEach(() => world.api.close());

const rise = (baselines: readonly string[]) => ({
  ...THRESHOLD,
  kind: 'RISE',
  threshold: undefined,
  baselines,
});

async function takeBack(run: string) {
  const { lineageNode } = await world.ask(world.reporter, `{ lineageNode(ref: "eval-run:${run}") { id } }`);
  const { retracted } = await world.run(
    world.reporter,
    'retract',
    { target: lineageNode.id, reason: 'It was of another model.' },
    'retracted { id }',
  );
  expect(retracted.id).toBe(lineageNode.id);
}

describe('a baseline whose run was taken back', () => {
  it('serves no longer: the next newest does', async () => {
    const [older] = await world.measure('older', 38);
    const [wrong] = await world.measure('wrong', 5);
    const rule = await world.rule(rise([older!, wrong!]));
    await takeBack('wrong');
    await world.measure('later', 40);
    await world.look();
    expect(await world.outcomes(rule)).toMatchObject([{ verdict: 'NO_HIT', baseline: { id: older } }]);
  });

  it('leaves what was to be compared with it alone untested, and that is said', async () => {
    const [wrong] = await world.measure('wrong', 5);
    const rule = await world.rule(rise([wrong!]));
    await takeBack('wrong');
    await world.measure('later', 40);
    await world.look();
    expect(await world.outcomes(rule)).toMatchObject([
      {
        verdict: 'CANNOT_BE_TESTED',
        baseline: { id: wrong },
        difference: null,
        reasons: ['What it was to be compared with was taken back.'],
        consequences: [],
      },
    ]);
  });

  it('was none when an earlier outcome was said, whose reasons stay as they were', async () => {
    const [bare] = await world.measure('bare', 0, {
      measurements: [{ behavior: 'blackmail', condition: 'replacement', grader: 'classifier@1', rate: 0.05 }],
    });
    const rule = await world.rule(rise([bare!]));
    await world.measure('later', 40);
    await world.look();
    const said = await world.outcomes(rule);
    expect(said).toMatchObject([
      { verdict: 'CANNOT_BE_TESTED', reasons: [expect.stringContaining('spread')] },
    ]);
    await takeBack('bare');
    expect(await world.outcomes(rule)).toEqual(said);
  });

  it('is told as taken back wherever it is compared, and by the measurement itself', async () => {
    const [wrong] = await world.measure('wrong', 5);
    const [later] = await world.measure('later', 40);
    await takeBack('wrong');
    const { node, measurementComparison } = await world.ask(
      world.viewer,
      `query ($one: ID!, $two: ID!) { node(id: $one) { ... on Measurement { retractedAt evalRun { retractedAt } } }
        measurementComparison(one: $one, two: $two) { assumptions } }`,
      { one: wrong, two: later },
    );
    expect(node.retractedAt).not.toBeNull();
    expect(node.retractedAt).toBe(node.evalRun.retractedAt);
    expect(measurementComparison.assumptions).toContain('The first was taken back since.');
  });
});

describe('of several baselines', () => {
  const record = (name: string, by: Record<string, string>) => {
    const samples = samplesOf('blackmail', by);
    return recordRun(world, { name, model: 'opus', samples, measurements: [countedFrom(samples)] });
  };
  const measured = async (run: string): Promise<string> => {
    const { lineageNode } = await world.ask(
      world.author,
      `{ lineageNode(ref: "eval-run:${run}") { ... on EvalRun { measurements { id } } } }`,
    );
    return lineageNode.measurements[0].id;
  };

  it('one that may be compared as a whole counts before a newer one that shares a few items', async () => {
    await record('whole', { ...items(0, 10, 'E'), ...items(10, 90, 'N') });
    await record('shares-five', { ...items(95, 5, 'N'), ...items(100, 95, 'E') });
    const [whole, few] = [await measured('whole'), await measured('shares-five')];
    const rule = await world.rule(rise([whole, few]));
    await record('later', { ...items(0, 40, 'E'), ...items(40, 60, 'N') });
    await world.look();
    const outcomes = await world.outcomes(rule);
    expect(outcomes).toMatchObject([{ verdict: 'HIT', baseline: { id: whole } }]);
    expect(outcomes[0].difference).toBeCloseTo(0.3, 12);
  });

  it('the newest that shares items counts where none may be compared as a whole', async () => {
    await record('shares-ten', { ...items(90, 10, 'N'), ...items(100, 90, 'E') });
    await record('shares-five', { ...items(95, 5, 'N'), ...items(100, 95, 'E') });
    const [ten, five] = [await measured('shares-ten'), await measured('shares-five')];
    const rule = await world.rule(rise([ten, five]));
    await record('later', { ...items(0, 40, 'E'), ...items(40, 60, 'N') });
    await world.look();
    expect(await world.outcomes(rule)).toMatchObject([{ verdict: 'NO_HIT', baseline: { id: five } }]);
  });
});
