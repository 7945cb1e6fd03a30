import { describe, expect, it } from 'vitest';
import { exposure, mixtureExposure } from './exposure.ts';
import { exposureDiff, mixtureDiff, revisionsIn } from './mixture-diff.ts';
import { SmallWorld } from './small-world.ts';

const told = (rows: ReturnType<typeof mixtureDiff>) =>
  new Map(rows.map((row) => [row.group, [row.change, row.from, row.to, row.revisedFrom]]));

describe('the difference of two mixtures', () => {
  it('says for each group what was added, removed, reweighted, revised, or kept', () => {
    const world = new SmallWorld();
    const [kept, moved, gone, added] = [world.source(), world.source(), world.source(), world.source()];
    const [v1, v2] = [world.dataset({ family: 5n }), world.dataset({ family: 5n })];
    const [a, b] = [world.run({ stage: 'SFT' }), world.run({ stage: 'SFT' })];
    world.made(a, [
      [kept, 0.25],
      [moved, 0.25],
      [gone, 0.25],
      [v1, 0.25],
    ]);
    world.made(b, [
      [kept, 0.25],
      [moved, 0.125],
      [added, 0.125],
      [v2, 0.5],
    ]);
    const [from, to] = [world.model(a), world.model(b)];
    const graph = world.graph();
    const rows = exposureDiff(
      exposure(graph, from, 'DATASET_VERSION'),
      exposure(graph, to, 'DATASET_VERSION'),
      revisionsIn(graph),
    );
    expect(rows.every((row) => row.stage === 'SFT' && row.ordinal === 0)).toBe(true);
    expect(told(rows)).toEqual(
      new Map([
        [kept, ['UNCHANGED', 0.25, 0.25, null]],
        [moved, ['REWEIGHTED', 0.25, 0.125, null]],
        [gone, ['REMOVED', 0.25, null, null]],
        [added, ['ADDED', null, 0.125, null]],
        [v2, ['REVISED', 0.25, 0.5, v1]],
      ]),
    );
    expect(rows.reduce((sum, row) => sum + row.difference, 0)).toBeCloseTo(0, 12);
  });

  it('follows REVISES whatever the names, and shows what is unaccounted in its own row', () => {
    const world = new SmallWorld();
    const [old, middle, recent] = [world.dataset(), world.dataset(), world.dataset()];
    world.edge('REVISES', recent, middle);
    world.edge('REVISES', middle, old);
    const [a, b] = [world.dataset(), world.dataset()];
    world.made(a, [[old, 0.5]]);
    world.made(b, [[recent, 0.75]]);
    const graph = world.graph();
    const mixture = (id: bigint) => [mixtureExposure(graph, id, 'DATASET_VERSION')];
    const rows = mixtureDiff(mixture(a), mixture(b), revisionsIn(graph));
    expect(rows).toMatchObject([
      { group: recent, change: 'REVISED', revisedFrom: old, difference: 0.25 },
      { group: null, unaccounted: true, from: 0.5, to: 0.25, change: 'REWEIGHTED' },
    ]);
    const back = mixtureDiff(mixture(b), mixture(a), revisionsIn(graph));
    expect(told(back).get(recent)![0]).toBe('REMOVED');
  });

  it('compares stages of one kind in their order and never adds them', () => {
    const world = new SmallWorld();
    const source = world.source();
    const chain = (shares: number[]) =>
      shares.reduce<bigint | null>((base, share) => {
        const run = world.run({ stage: 'SFT', startedFrom: base === null ? 'SCRATCH' : 'MODEL' });
        if (base !== null) world.edge('INITIALIZED_FROM', run, base);
        world.made(run, [[source, share]]);
        return world.model(run);
      }, null)!;
    const [one, two] = [chain([0.5]), chain([0.5, 0.75])];
    const graph = world.graph();
    const rows = exposureDiff(exposure(graph, one, 'SOURCE'), exposure(graph, two, 'SOURCE'), () => false);
    expect(rows.filter((row) => row.group === source)).toMatchObject([
      { ordinal: 0, change: 'UNCHANGED' },
      { ordinal: 1, change: 'ADDED', to: 0.75, fromRun: null },
    ]);
    const runs = exposure(graph, two, 'SOURCE').stages.map((stage) => stage.trainingRun);
    expect(rows.filter((row) => row.group === source).map((row) => row.toRun)).toEqual(runs);
    expect(new Set(runs).size).toBe(2);
  });
});
