import { describe, expect, it } from 'vitest';
import { SmallWorld } from './small-world.ts';
import { largestUnknowns } from './unknowns.ts';

/** A model version of a run that accounts for a share of its data. */
function trained(world: SmallWorld, known: number, tokens: number | null) {
  const run = world.run({ tokensSeen: tokens === null ? [] : [tokens] });
  world.made(run, [[world.source(), known]]);
  return { run, model: world.model(run) };
}

describe('the largest unknowns', () => {
  it('are by tokens where these are stated, then by share', () => {
    const world = new SmallWorld();
    const small = trained(world, 0.25, 100);
    const large = trained(world, 0.75, 1000);
    const known = trained(world, 1, 5000);
    const half = trained(world, 0.5, null);
    const most = trained(world, 0.25, null);
    const blank = world.node('MODEL_VERSION');
    const models = [blank, most.model, half.model, known.model, large.model, small.model];
    const found = largestUnknowns(world.graph(), models);
    expect(found.map((stage) => [stage.modelVersion, stage.tokens, stage.exposure.unaccounted])).toEqual([
      [large.model, 250, 0.25],
      [small.model, 75, 0.75],
      [blank, null, 1],
      [most.model, null, 0.75],
      [half.model, null, 0.5],
    ]);
    expect(found[0]!.exposure.losses).toMatchObject([{ node: large.run, reason: 'NOT_RECORDED' }]);
    expect(found[2]!.exposure).toMatchObject({ recorded: false, trainingRun: null });
  });

  it('name each training once, as what had seen most of it', () => {
    const world = new SmallWorld();
    const run = world.run({ tokensSeen: [1000] });
    world.made(run, [[world.source(), 0.5]]);
    const early = world.model(run, 100);
    const late = world.model(run, 1000);
    const tuned = [1, 2].map(() => {
      const sft = world.run({ stage: 'SFT', startedFrom: 'MODEL', tokensSeen: [10] });
      world.made(sft, [[world.source(), 1]]);
      world.edge('INITIALIZED_FROM', sft, late);
      return world.model(sft);
    });
    for (const models of [
      [...tuned, late, early],
      [early, late, ...tuned],
    ]) {
      const found = largestUnknowns(world.graph(), models);
      expect(found.map((stage) => [stage.modelVersion, stage.exposure.trainingRun, stage.tokens])).toEqual([
        [late, run, 500],
      ]);
    }
  });

  it('are none where nothing is lost, or no data was used', () => {
    const world = new SmallWorld();
    const { model } = trained(world, 1, 10);
    const merge = world.run({ stage: 'MERGE' });
    world.made(merge, [], { complete: true });
    const merged = world.model(merge);
    expect(largestUnknowns(world.graph(), [merged, model])).toEqual([]);
  });
});
