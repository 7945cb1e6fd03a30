import { describe, expect, it } from 'vitest';
import { exposure, mixtureExposure } from './exposure.ts';
import { SmallWorld } from './small-world.ts';

/** The Pile's components with their weights in percent, as its README states them. */
const PILE = [
  18.11, 14.4, 12.07, 10.01, 8.96, 7.59, 6.12, 5.13, 3.65, 3.07, 2.17, 1.55, 1.53, 1.24, 0.88, 0.75, 0.73,
  0.62, 0.6, 0.38, 0.3, 0.14,
];
const PYTHIA_TOKENS = 143_000 * 2_097_152;

function pythia() {
  const world = new SmallWorld();
  const sources = PILE.map(() => world.source());
  const pile = world.dataset();
  world.made(
    pile,
    sources.map((source, i) => [source, PILE[i]! / 100]),
    { complete: true },
  );
  const run = world.run({ tokensSeen: [PYTHIA_TOKENS] });
  world.made(run, [[pile]], { unit: 'TOKENS', complete: true });
  const early = world.model(run, 1000 * 2_097_152);
  const last = world.model(run, PYTHIA_TOKENS);
  return { world, sources, pile, run, early, last };
}

describe('exposure by source', () => {
  it('gives Pythia the 22 weights of The Pile, whole', () => {
    const { world, sources, last } = pythia();
    const [stage] = exposure(world.graph(), last, 'SOURCE').stages;
    const shares = new Map(stage!.shares.map((share) => [share.group, share]));
    sources.forEach((source, i) => {
      expect(shares.get(source)!.share).toBeCloseTo(PILE[i]! / 100, 9);
    });
    expect(shares.get(sources[0]!)!.tokens).toBe(Math.round(shares.get(sources[0]!)!.share * PYTHIA_TOKENS));
    expect(stage!.unaccounted).toBeCloseTo(0, 9);
    expect(stage).toMatchObject({ tokens: 299_892_736_000, averaged: false, compositions: 1 });
  });

  it('counts for a checkpoint the tokens seen by then, and says that shares are the average of the run', () => {
    const { world, early } = pythia();
    const found = exposure(world.graph(), early, 'SOURCE');
    expect(found.stages[0]).toMatchObject({ tokens: 2_097_152_000, averaged: true });
    expect(found.tokens).toBe(2_097_152_000);
  });

  it('counts the tokens of a checkpoint also for what was initialized from it', () => {
    const { world, early, pile } = pythia();
    const tuning = world.run({ stage: 'SFT', startedFrom: 'MODEL', tokensSeen: [1000] });
    world.edge('INITIALIZED_FROM', tuning, early);
    world.made(tuning, [[pile]], { complete: true });
    const tuned = world.model(tuning);
    const found = exposure(world.graph(), tuned, 'SOURCE');
    expect(found.stages.map((s) => [s.stage, s.tokens])).toEqual([
      ['PRETRAINING', 2_097_152_000],
      ['SFT', 1000],
    ]);
  });

  it('states no tokens for a run with several outputs whose checkpoint does not', () => {
    const { world, run } = pythia();
    const unknown = world.model(run);
    const found = exposure(world.graph(), unknown, 'SOURCE');
    expect(found.stages[0]).toMatchObject({ tokens: null, tokensUnknown: 'SEVERAL_OUTPUTS', averaged: true });
    expect(found.pooled).toBeNull();
    expect(found.tokensMissing).toHaveLength(1);
  });

  it('loses the proportions of several sources at a deduplication, and lists them there', () => {
    const { world, sources, pile } = pythia();
    const dedup = world.node('TRANSFORMATION', { effect: 'SELECTS' });
    world.made(dedup, [[pile]], { basis: 'READ', unit: 'TOKENS', complete: true });
    const deduplicated = world.dataset();
    world.edge('GENERATED_BY', deduplicated, dedup);
    const run = world.run();
    world.made(run, [[deduplicated]], { complete: true });
    const model = world.model(run);
    const [stage] = exposure(world.graph(), model, 'SOURCE').stages;
    expect(stage!.shares).toEqual([]);
    expect(stage!.unaccounted).toBeCloseTo(1, 9);
    expect(stage!.losses).toHaveLength(1);
    expect(stage!.losses[0]).toMatchObject({ node: dedup, reason: 'PROPORTIONS_CHANGED' });
    expect(new Set(stage!.losses[0]!.among)).toEqual(new Set(sources));
  });

  it('lets a single source pass whole through any transformation', () => {
    const world = new SmallWorld();
    const source = world.source();
    const filter = world.node('TRANSFORMATION', { effect: 'REWRITES' });
    world.made(filter, [[source]], { complete: true });
    const filtered = world.dataset();
    world.edge('GENERATED_BY', filtered, filter);
    expect(mixtureExposure(world.graph(), filtered, 'SOURCE')).toMatchObject({
      shares: [{ group: source, share: 1 }],
      unaccounted: 0,
    });
  });

  it('keeps what was already lost further upstream where it was lost', () => {
    const world = new SmallWorld();
    const [a, b, c] = [world.source(), world.source(), world.source()];
    const [first, second] = [world.dataset(), world.dataset()];
    const [inner, outer] = [
      world.node('TRANSFORMATION', { effect: 'SELECTS' }),
      world.node('TRANSFORMATION', { effect: 'REWRITES' }),
    ];
    world.made(inner, [
      [a!, 0.5],
      [b!, 0.3],
    ]);
    world.edge('GENERATED_BY', first!, inner!);
    world.made(outer, [
      [first!, 0.5],
      [c!, 0.5],
    ]);
    world.edge('GENERATED_BY', second!, outer!);
    const found = mixtureExposure(world.graph(), second!, 'SOURCE');
    const losses = found.losses.map(({ node, reason, share }) => [node, reason, Number(share.toFixed(9))]);
    expect(losses).toEqual([
      [outer, 'PROPORTIONS_CHANGED', 0.5],
      [inner, 'PROPORTIONS_CHANGED', 0.4],
      [inner, 'NOT_RECORDED', 0.1],
    ]);
    expect(found.unaccounted).toBeCloseTo(1, 9);
  });

  it('names the model that wrote what has no other origin, and else says that the origin is not recorded', () => {
    const world = new SmallWorld();
    const writer = world.node('MODEL_VERSION');
    const [written, lost] = [world.dataset(), world.dataset()];
    const generation = world.node('TRANSFORMATION', { effect: 'GENERATES' });
    world.edge('GENERATED_BY', written, generation);
    world.edge('SYNTHESIZED_BY', generation, writer);
    const run = world.run();
    world.made(run, [
      [written, 0.25],
      [lost, 0.75],
    ]);
    const model = world.model(run);
    const [stage] = exposure(world.graph(), model, 'SOURCE').stages;
    expect(stage!.shares).toMatchObject([{ groupKind: 'GENERATED_BY', group: writer, share: 0.25 }]);
    expect(stage!.losses).toMatchObject([{ node: lost, reason: 'ORIGIN_NOT_RECORDED', share: 0.75 }]);
  });

  it('ranges over what two parties state, and keeps what they share in each bound', () => {
    const world = new SmallWorld();
    const [a, b] = [world.source(), world.source()];
    const mixed = world.dataset();
    world.made(mixed, [
      [a, 0.7],
      [b, 0.3],
    ]);
    world.made(mixed, [[a, 0.5]], { teamId: 2n });
    const found = mixtureExposure(world.graph(), mixed, 'SOURCE');
    expect(found.compositions).toBe(2);
    expect(found.shares).toMatchObject([
      { group: a, share: 0.5, shareUpper: 0.7 },
      { group: b, share: 0, shareUpper: 0.3 },
    ]);
    expect([found.unaccounted, found.unaccountedUpper]).toEqual([0, 0.5]);
  });

  it('uses the statement about an output where there is one, and says where another is assumed', () => {
    const world = new SmallWorld();
    const [a, b] = [world.source(), world.source()];
    const split = world.node('TRANSFORMATION', { effect: 'PRESERVES' });
    const [train, test] = [world.dataset(), world.dataset()];
    world.edge('GENERATED_BY', train, split);
    world.edge('GENERATED_BY', test, split);
    const half = (of: bigint): [bigint, number] => [of, 0.5];
    world.made(split, [half(a), half(b)]);
    world.made(split, [[a, 1]], { output: test });
    const graph = world.graph();
    expect(mixtureExposure(graph, train, 'SOURCE')).toMatchObject({ assumed: true });
    expect(mixtureExposure(graph, test, 'SOURCE')).toMatchObject({
      assumed: false,
      shares: [{ group: a, share: 1 }],
    });
  });
});

describe('stages', () => {
  it('say where a training is not recorded, before what started from it', () => {
    const world = new SmallWorld();
    const base = world.node('MODEL_VERSION');
    const tuning = world.run({ stage: 'SFT', startedFrom: 'MODEL' });
    world.edge('INITIALIZED_FROM', tuning, base);
    const blind = world.run({ stage: 'RL', startedFrom: 'UNKNOWN' });
    const [tuned, learnt] = [world.model(tuning), world.model(blind)];
    const graph = world.graph();
    expect(exposure(graph, tuned, 'SOURCE').stages).toMatchObject([
      { trainingRun: null, modelVersion: base, recorded: false, unaccounted: 1, tokens: null },
      { trainingRun: tuning, stage: 'SFT', unaccounted: 1, losses: [{ reason: 'NOT_RECORDED' }] },
    ]);
    expect(exposure(graph, learnt, 'SOURCE').stages).toMatchObject([
      { trainingRun: null, modelVersion: null, losses: [{ node: blind, reason: 'TRAINING_NOT_RECORDED' }] },
      { trainingRun: blind },
    ]);
    expect(exposure(graph, base, 'SOURCE').stages).toHaveLength(1);
  });

  it('are each there once where a merge joins two branches of one base, the merge itself without data', () => {
    const world = new SmallWorld();
    const source = world.source();
    const base = world.run({ tokensSeen: [1000] });
    world.made(base, [[source]], { complete: true });
    const merge = world.run({ stage: 'MERGE', startedFrom: 'MODEL' });
    world.made(merge, [], { complete: true });
    for (let i = 0; i < 2; i++) {
      const branch = world.run({ stage: 'SFT', startedFrom: 'MODEL', tokensSeen: [10] });
      world.made(branch, [[source, 0.5]]);
      world.edge('INITIALIZED_FROM', branch, base);
      world.edge('INITIALIZED_FROM', merge, world.model(branch));
    }
    const merged = world.model(merge);
    const found = exposure(world.graph(), merged, 'SOURCE');
    expect(found.stages.map((s) => s.stage)).toEqual(['PRETRAINING', 'SFT', 'SFT', 'MERGE']);
    expect(found.stages[3]).toMatchObject({ noData: true, tokens: 0, shares: [], unaccounted: 0 });
    expect(found.tokens).toBe(1020);
    expect(found.pooled).toMatchObject([{ group: source, tokens: 1010 }]);
  });

  it('take no tokens from claims that conflict', () => {
    const world = new SmallWorld();
    const model = world.model(world.run({ tokensSeen: [4.06e12, 4.07e12] }));
    expect(exposure(world.graph(), model, 'SOURCE').stages[0]).toMatchObject({
      tokens: null,
      tokensUnknown: 'CLAIMS_CONFLICT',
    });
  });
});

describe('exposure by dataset version', () => {
  it('is a partition of the direct inputs, sources included', () => {
    const world = new SmallWorld();
    const [crawl, books] = [world.source(), world.source()];
    const web = world.dataset();
    world.made(web, [[crawl, 1]]);
    const run = world.run();
    world.made(run, [
      [web, 0.6],
      [books, 0.3],
    ]);
    const model = world.model(run);
    expect(exposure(world.graph(), model, 'DATASET_VERSION').stages[0]).toMatchObject({
      shares: [
        { groupKind: 'DATASET_VERSION', group: web, share: 0.6 },
        { groupKind: 'SOURCE', group: books, share: 0.3 },
      ],
      losses: [{ node: run, reason: 'NOT_RECORDED' }],
    });
  });
});

describe('exposure by content tag', () => {
  const tag = 7n;
  const measured = (fraction: number, lower: number | null = null, upper: number | null = null) => ({
    id: 1n,
    tag,
    fraction,
    unit: 'TOKENS' as const,
    lower,
    upper,
    method: 'CLASSIFIER' as const,
    measuredAt: 0,
  });

  function trainedOn(effect: 'PRESERVES' | 'SELECTS') {
    const world = new SmallWorld();
    const [tagged, plain] = [world.dataset({ tags: [measured(0.2, 0.1, 0.4)] }), world.dataset()];
    const shuffle = world.node('TRANSFORMATION', { effect });
    world.made(
      shuffle,
      [
        [tagged, 50],
        [plain, 30],
      ],
      { unit: 'TOKENS', total: 100 },
    );
    const mixed = world.dataset();
    world.edge('GENERATED_BY', mixed, shuffle);
    const run = world.run();
    world.made(run, [[mixed]], { complete: true });
    return { world, model: world.model(run), mixed };
  }

  it('is known lower to known upper + unmeasured + unaccounted, through what preserves proportions', () => {
    const { world, model } = trainedOn('PRESERVES');
    const [found] = exposure(world.graph(), model, 'CONTENT_TAG').stages[0]!.shares;
    expect(found!.share).toBeCloseTo(0.05, 12);
    expect(found!.shareUpper).toBeCloseTo(0.2 + 0.3 + 0.2, 12);
  });

  it('is unmeasured beyond anything else', () => {
    const { world, model } = trainedOn('SELECTS');
    const [found] = exposure(world.graph(), model, 'CONTENT_TAG').stages[0]!.shares;
    expect(found).toMatchObject({ group: tag, share: 0, shareUpper: 1 });
  });

  it('is unmeasured where the measurement counts in another unit than the weights', () => {
    const world = new SmallWorld();
    const tagged = world.dataset({ tags: [measured(0.2)] });
    const run = world.run();
    world.made(run, [[tagged, 50]], { unit: 'ROWS', total: 100 });
    const model = world.model(run);
    const [found] = exposure(world.graph(), model, 'CONTENT_TAG').stages[0]!.shares;
    expect(found).toMatchObject({ share: 0, shareUpper: 1 });
  });

  it('prefers a version’s own measurement, by method and then by date', () => {
    const { world, model, mixed } = trainedOn('PRESERVES');
    const own = [
      { ...measured(0.3), id: 2n, measuredAt: 5 },
      { ...measured(0.4), id: 3n, measuredAt: 9 },
      { ...measured(0.5), id: 4n, measuredAt: 99, method: 'ESTIMATE' as const },
    ];
    const at = world.nodes.findIndex((node) => node.id === mixed);
    world.nodes[at] = { ...world.nodes[at]!, tags: own };
    const [found] = exposure(world.graph(), model, 'CONTENT_TAG').stages[0]!.shares;
    expect(found).toMatchObject({ share: 0.4, shareUpper: 0.4 });
  });
});
