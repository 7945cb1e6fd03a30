import { describe, expect, it } from 'vitest';
import { completeness } from './completeness.ts';
import { SmallWorld } from './small-world.ts';

describe('completeness', () => {
  it('is what is known of the whole, and what is lost where, the largest first', () => {
    const world = new SmallWorld();
    const [source, orphan, mix] = [world.source(), world.dataset(), world.dataset()];
    world.made(mix, [
      [source, 0.5],
      [orphan, 0.375],
    ]);
    const graph = world.graph();
    expect(completeness(graph, mix)).toMatchObject({
      share: 0.5,
      shareUpper: 0.5,
      losses: [
        { node: orphan, reason: 'ORIGIN_NOT_RECORDED', share: 0.375, shareUpper: 0.375 },
        { node: mix, reason: 'NOT_RECORDED', share: 0.125, shareUpper: 0.125 },
      ],
    });
    expect(completeness(graph, orphan)).toMatchObject({ share: 0, shareUpper: 0 });
    expect(completeness(graph, source)).toBeNull();
  });

  it('is a range where compositions differ', () => {
    const world = new SmallWorld();
    const [source, run] = [world.source(), world.run()];
    world.made(run, [[source, 0.75]]);
    world.made(run, [[source, 0.5]], { teamId: 2n });
    expect(completeness(world.graph(), run)).toMatchObject({
      share: 0.5,
      shareUpper: 0.75,
      losses: [{ node: run, reason: 'NOT_RECORDED', share: 0.25, shareUpper: 0.5 }],
    });
  });

  it('weighs the stages of a model version by their tokens', () => {
    const world = new SmallWorld();
    const source = world.source();
    const pre = world.run({ tokensSeen: [300] });
    world.made(pre, [[source, 1]]);
    const base = world.model(pre);
    const sft = world.run({ tokensSeen: [100], startedFrom: 'MODEL', stage: 'SFT' });
    world.edge('INITIALIZED_FROM', sft, base);
    const model = world.model(sft);
    const graph = world.graph();
    expect(completeness(graph, base)).toMatchObject({ share: 1, shareUpper: 1, losses: [] });
    expect(completeness(graph, sft)).toMatchObject({ share: 0, shareUpper: 0 });
    expect(completeness(graph, model)).toMatchObject({
      share: 0.75,
      shareUpper: 0.75,
      losses: [{ node: sft, reason: 'NOT_RECORDED', share: 0.25 }],
    });
  });

  it('ranges over what a stage may weigh that does not state its tokens', () => {
    const world = new SmallWorld();
    const source = world.source();
    const pre = world.run({ tokensSeen: [300] });
    world.made(pre, [[source, 0.75]]);
    const base = world.model(pre);
    const sft = world.run({ startedFrom: 'MODEL', stage: 'SFT' });
    world.made(sft, [[source, 0.5]]);
    world.edge('INITIALIZED_FROM', sft, base);
    const model = world.model(sft);
    expect(completeness(world.graph(), model)).toMatchObject({
      share: 0.5,
      shareUpper: 0.75,
      losses: [
        { node: sft, reason: 'NOT_RECORDED', share: 0, shareUpper: 0.5 },
        { node: pre, reason: 'NOT_RECORDED', share: 0, shareUpper: 0.25 },
      ],
    });
    const unknown = world.node('MODEL_VERSION');
    expect(completeness(world.graph(), unknown)).toMatchObject({
      share: 0,
      shareUpper: 0,
      losses: [{ node: unknown, reason: 'TRAINING_NOT_RECORDED', share: 1 }],
    });
  });

  it('is none of a run that used no data, nor of what carries no mass', () => {
    const world = new SmallWorld();
    const merge = world.run({ stage: 'MERGE' });
    world.made(merge, [], { complete: true });
    const model = world.model(merge);
    const incident = world.node('INCIDENT');
    const graph = world.graph();
    expect([merge, model, incident].map((id) => completeness(graph, id))).toEqual([null, null, null]);
  });
});
