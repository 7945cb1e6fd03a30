import { describe, expect, it } from 'vitest';
import { exposureRanges, groupKey } from './exposure-range.ts';
import { SmallWorld } from './small-world.ts';

function ranges(world: SmallWorld, model: bigint, by: 'SOURCE' | 'CONTENT_TAG' = 'SOURCE') {
  const [found] = exposureRanges(world.graph(), [model], by);
  const of = (source: bigint) => {
    const range = found!.groups.get(groupKey(by, source));
    return range && [range.least, range.most].map((share) => Number(share.toFixed(9)));
  };
  return { of, elsewhere: found!.elsewhere };
}

describe('the range of an exposure', () => {
  it('takes in what is unaccounted, which may have come from anywhere', () => {
    const world = new SmallWorld();
    const books = world.source();
    const run = world.run();
    world.made(run, [[books, 0.7]]);
    const { of, elsewhere } = ranges(world, world.model(run));
    expect(of(books)).toEqual([0.7, 1]);
    expect(elsewhere).toBeCloseTo(0.3, 12);
  });

  it('gives what lost its proportions to what it is known to be among, and to nothing else', () => {
    const world = new SmallWorld();
    const [books, crawl, code] = [world.source(), world.source(), world.source()];
    const filter = world.node('TRANSFORMATION', { effect: 'SELECTS' });
    world.made(filter, [
      [books, 0.5],
      [crawl, 0.5],
    ]);
    const filtered = world.dataset();
    world.edge('GENERATED_BY', filtered, filter);
    const run = world.run();
    world.made(run, [
      [filtered, 0.4],
      [code, 0.6],
    ]);
    const { of, elsewhere } = ranges(world, world.model(run));
    expect([of(books), of(crawl), of(code)]).toEqual([
      [0, 0.4],
      [0, 0.4],
      [0.6, 0.6],
    ]);
    expect(elsewhere).toBe(0);
  });

  it('takes the largest of the stages, never their sum, and anything where a training is not recorded', () => {
    const world = new SmallWorld();
    const books = world.source();
    const base = world.run();
    world.made(base, [[books, 1]]);
    const tuning = world.run({ stage: 'SFT', startedFrom: 'MODEL' });
    world.edge('INITIALIZED_FROM', tuning, world.model(base));
    world.made(tuning, [[books, 1]]);
    expect(ranges(world, world.model(tuning)).of(books)).toEqual([1, 1]);
    const bare = world.node('MODEL_VERSION');
    expect(ranges(world, bare)).toMatchObject({ elsewhere: 1 });
  });

  it('is nothing of a training that is declared to have used no data', () => {
    const world = new SmallWorld();
    const merge = world.run({ stage: 'MERGE' });
    world.made(merge, [], { complete: true });
    expect(ranges(world, world.model(merge))).toMatchObject({ elsewhere: 0 });
  });

  it('is anything of a tag that nobody measured', () => {
    const world = new SmallWorld();
    const run = world.run();
    world.made(run, [[world.source(), 1]]);
    expect(ranges(world, world.model(run), 'CONTENT_TAG').elsewhere).toBe(1);
  });
});
