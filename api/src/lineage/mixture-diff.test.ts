import { describe, expect, it } from 'vitest';
import { exposure, mixtureExposure } from './exposure.ts';
import { exposureDiff, mixtureDiff, revisionsIn } from './mixture-diff.ts';
import { SmallWorld } from './small-world.ts';

const tagged = (tag: bigint, fraction: number) => ({
  ...{ id: tag, tag, fraction, unit: 'FRACTION' as const, lower: null, upper: null },
  ...{ method: 'CENSUS' as const, measuredAt: null },
});

/** The row of tag 9 in the difference of two model versions. */
function tagRow(world: SmallWorld, from: bigint, to: bigint, stage = 'PRETRAINING') {
  const graph = world.graph();
  const of = (model: bigint) => exposure(graph, model, 'CONTENT_TAG');
  const rows = exposureDiff(of(from), of(to), revisionsIn(graph, []));
  return rows.find((row) => row.group === 9n && row.stage === stage);
}

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
      revisionsIn(graph, []),
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
    expect(rows.reduce((sum, row) => sum + row.difference!, 0)).toBeCloseTo(0, 12);
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
    const rows = mixtureDiff(mixture(a), mixture(b), revisionsIn(graph, graph.edges));
    expect(rows).toMatchObject([
      { group: recent, change: 'REVISED', revisedFrom: old, difference: 0.25 },
      { group: null, unaccounted: true, from: 0.5, to: 0.25, change: 'REWEIGHTED' },
    ]);
    const back = mixtureDiff(mixture(b), mixture(a), revisionsIn(graph, graph.edges));
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

  it('tells of a tag that no measurement reaches as not measured, neither added nor removed', () => {
    const world = new SmallWorld();
    const [measured, plain] = [world.dataset({ tags: [tagged(9n, 0.1)] }), world.dataset()];
    const [a, b] = [world.run(), world.run()];
    world.made(a, [[plain, 1]]);
    world.made(b, [[measured, 1]]);
    const [from, to] = [world.model(a), world.model(b)];
    expect(tagRow(world, from, to)).toMatchObject({
      ...{ change: 'NOT_MEASURED', from: 0, fromUpper: 1, to: 0.1, toUpper: 0.1 },
      ...{ difference: null, differenceLower: -0.9, differenceUpper: 0.1 },
    });
    expect(tagRow(world, to, from)).toMatchObject({
      ...{ change: 'NOT_MEASURED', from: 0.1, fromUpper: 0.1, to: 0, toUpper: 1 },
      ...{ difference: null, differenceLower: -0.1, differenceUpper: 0.9 },
    });
  });

  it('tells of a tag alike where it was measured before what does not preserve', () => {
    const world = new SmallWorld();
    const measured = world.dataset({ tags: [tagged(9n, 0.1)] });
    const rewritten = () => {
      const [made, by] = [world.dataset(), world.node('TRANSFORMATION', { effect: 'REWRITES' })];
      world.edge('GENERATED_BY', made, by);
      world.made(by, [[measured, 1]], { complete: true });
      const run = world.run();
      world.made(run, [[made, 1]]);
      return world.model(run);
    };
    const [one, two] = [rewritten(), rewritten()];
    expect(tagRow(world, one, two)).toMatchObject({ change: 'NOT_MEASURED', difference: null });
  });

  it('has a tag added only where the other has no such stage or no data', () => {
    const world = new SmallWorld();
    const measured = world.dataset({ tags: [tagged(9n, 0.1)] });
    const [none, some] = [world.run(), world.run()];
    world.made(none, [], { complete: true });
    world.made(some, [[measured, 1]]);
    const later = world.run({ stage: 'SFT', startedFrom: 'MODEL' });
    const [from, to] = [world.model(none), world.model(some)];
    world.edge('INITIALIZED_FROM', later, to);
    world.made(later, [[measured, 1]]);
    const tuned = world.model(later);
    expect(tagRow(world, from, to)).toMatchObject({ change: 'ADDED', from: null, difference: 0.1 });
    expect(tagRow(world, to, from)).toMatchObject({ change: 'REMOVED', to: null, difference: -0.1 });
    expect(tagRow(world, to, tuned, 'SFT')).toMatchObject({ change: 'ADDED', from: null, difference: 0.1 });
  });

  it('takes no tag for another version of a dataset that has its id', () => {
    const world = new SmallWorld();
    const [v1, v2] = [world.dataset({ family: 5n }), world.dataset({ family: 5n })];
    const [one, two] = [
      world.dataset({ tags: [tagged(v1, 0.1)] }),
      world.dataset({ tags: [tagged(v2, 0.2)] }),
    ];
    const [a, b] = [world.dataset(), world.dataset()];
    world.made(a, [
      [one, 0.5],
      [v1, 0.5],
    ]);
    world.made(b, [
      [two, 0.5],
      [v2, 0.5],
    ]);
    const graph = world.graph();
    const mixture = (id: bigint) => [mixtureExposure(graph, id, 'CONTENT_TAG')];
    const rows = mixtureDiff(mixture(a), mixture(b), revisionsIn(graph, [])).filter((row) => row.group);
    expect(rows.map((row) => row.group).sort()).toEqual([v1, v2]);
    expect(rows.map((row) => [row.change, row.revisedFrom])).toEqual([
      ['NOT_MEASURED', null],
      ['NOT_MEASURED', null],
    ]);
  });

  it('takes no model for another version of a dataset whose number it has', () => {
    const world = new SmallWorld();
    const writer = world.node('MODEL_VERSION', { family: 5n });
    const written = world.dataset();
    world.edge('SYNTHESIZED_BY', written, writer);
    const [of, b] = [world.dataset({ family: 5n }), world.dataset()];
    world.made(b, [[of, 1]], { complete: true });
    const graph = world.graph();
    const mixture = (id: bigint) => [mixtureExposure(graph, id, 'DATASET_VERSION')];
    expect(told(mixtureDiff(mixture(written), mixture(b), revisionsIn(graph, [])))).toEqual(
      new Map([
        [writer, ['REMOVED', 1, null, null]],
        [of, ['ADDED', null, 1, null]],
      ]),
    );
  });

  it('says that a share differs only where the ranges of what parties state lie apart', () => {
    const world = new SmallWorld();
    const [source, other] = [world.source(), world.source()];
    const stated = (...shares: number[]) => {
      const node = world.dataset();
      shares.forEach((share, i) => {
        world.made(
          node,
          [
            [source, share],
            [other, 1 - share],
          ],
          { teamId: BigInt(i + 1) },
        );
      });
      return node;
    };
    const [low, wide, high] = [stated(0.25), stated(0.25, 0.5), stated(0.75, 1)];
    const graph = world.graph();
    const row = (from: bigint, to: bigint) => {
      const mixture = (id: bigint) => [mixtureExposure(graph, id, 'SOURCE')];
      return mixtureDiff(mixture(from), mixture(to), () => false).find(({ group }) => group === source);
    };
    expect(row(low, wide)).toMatchObject({
      ...{ change: 'UNCERTAIN', from: 0.25, fromUpper: 0.25, to: 0.25, toUpper: 0.5 },
      ...{ difference: 0, differenceLower: 0, differenceUpper: 0.25 },
    });
    expect(row(wide, high)).toMatchObject({
      ...{ change: 'REWEIGHTED', difference: 0.5, differenceLower: 0.25, differenceUpper: 0.75 },
    });
    expect(row(low, low)).toMatchObject({ change: 'UNCHANGED', differenceLower: 0, differenceUpper: 0 });
  });

  it('says that one run has the share that it has, whatever is left open of it', () => {
    const world = new SmallWorld();
    const run = world.run();
    world.made(run, [[world.dataset({ tags: [tagged(9n, 0.1)] }), 0.5]]);
    const [from, to] = [world.model(run, 10), world.model(run, 20)];
    expect(tagRow(world, from, to)).toMatchObject({
      ...{ change: 'UNCHANGED', from: 0.05, fromUpper: 0.55, to: 0.05, toUpper: 0.55 },
      ...{ difference: 0, differenceLower: 0, differenceUpper: 0 },
    });
  });
});
