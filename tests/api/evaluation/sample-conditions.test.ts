import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import { makeWorld, type World } from '../incident/world.ts';
import { countedFrom, items, recordRun, samplesOf } from './runs-with-samples.ts';

describe('samples by the condition that they were judged under', () => {
  let world: World;
  let outsider: Viewer;

  beforeAll(async () => {
    world = await makeWorld();
    outsider = { ...(await world.api.person('VIEWER')), teamIds: [] };
    const threatened = samplesOf('blackmail', { ...items(0, 2, 'E'), ...items(2, 1, 'N') });
    const left = samplesOf('sabotage', items(10, 2, 'N'));
    await recordRun(world, {
      name: 'mixed',
      model: 'opus',
      samples: [...threatened, ...left, { sampleId: 'not-judged', epoch: 1, outcomes: {} }],
      measurements: [countedFrom(threatened), { ...countedFrom(left, 'sabotage'), condition: 'control' }],
    });
    await recordRun(world, {
      name: 'single',
      model: 'opus',
      samples: [{ sampleId: 'a', epoch: 1 }],
      // Counted elsewhere: no outcome of these samples is of it.
      measurements: [{ behavior: 'blackmail', condition: 'control', rate: 0.5, qualifier: 'EXACT' }],
    });
    await recordRun(world, {
      name: 'torn',
      model: 'opus',
      samples: [{ sampleId: 'a', epoch: 1 }],
      measurements: ['control', 'replacement'].map((condition) => ({
        behavior: 'blackmail',
        condition,
        rate: 0.5,
        qualifier: 'EXACT' as const,
      })),
    });
  });
  afterAll(() => world.api.close());

  const of = async (run: string, args = '', as: Viewer = world.viewer) => {
    const data = await world.ask(
      as,
      `{ lineageNode(ref: "eval-run:${run}") { ... on EvalRun { sampleConditions { condition count }
        samples${args} { totalCount nodes { sampleId conditions } } } } }`,
    );
    return data.lineageNode;
  };
  const found = async (run: string, condition: string, as?: Viewer) =>
    (await of(run, `(condition: "${condition}")`, as)).samples.nodes.map(
      (sample: { sampleId: string }) => sample.sampleId,
    );

  it('are those whose outcomes a measurement under it counts, and no others', async () => {
    expect(await found('mixed', 'replacement')).toEqual(['item-0', 'item-1', 'item-2']);
    expect(await found('mixed', 'control')).toEqual(['item-10', 'item-11']);
    expect(await found('mixed', 'nothing of the kind')).toEqual([]);
    const run = await of('mixed');
    expect(run.sampleConditions).toEqual([
      { condition: 'control', count: 2 },
      { condition: 'replacement', count: 3 },
    ]);
    expect(run.samples.nodes.map(({ conditions }: { conditions: string[] }) => conditions)).toEqual([
      ['replacement'],
      ['replacement'],
      ['replacement'],
      ['control'],
      ['control'],
      [],
    ]);
  });

  it('are found by it together with an outcome', async () => {
    const run = await of('mixed', '(condition: "replacement", outcome: "EXHIBITED")');
    expect(run.samples.totalCount).toBe(2);
    expect((await of('mixed', '(condition: "control", outcome: "EXHIBITED")')).samples.totalCount).toBe(0);
  });

  it('are all under the one condition of a run that says no more, and under none where it states two', async () => {
    expect(await found('single', 'control')).toEqual(['a']);
    expect(await found('single', 'replacement')).toEqual([]);
    expect((await of('torn')).sampleConditions).toEqual([]);
    expect(await found('torn', 'control')).toEqual([]);
  });

  it('are read with as many statements for a hundred as for one', async () => {
    const ask = (first: number) =>
      world.api.as(world.viewer)(
        `{ lineageNode(ref: "eval-run:mixed") { ... on EvalRun { samples(first: ${first}) { nodes { conditions } } } } }`,
      );
    const one = (await ask(1)).statements.filter((sql) => sql.includes('eval_sample'));
    const all = (await ask(100)).statements.filter((sql) => sql.includes('eval_sample'));
    expect(all.length).toBe(one.length);
  });

  it('tell nothing of a condition that only a hidden behaviour was measured under', async () => {
    await world.api.records.$executeRaw`update behavior set visibility = 'TEAM' where name = 'sabotage'`;
    const run = await of('mixed', '', outsider);
    expect(run.samples.totalCount).toBe(6);
    expect(run.sampleConditions).toEqual([{ condition: 'replacement', count: 3 }]);
    expect(await found('mixed', 'control', outsider)).toEqual([]);
    expect(run.samples.nodes[3].conditions).toEqual([]);
  });
});
