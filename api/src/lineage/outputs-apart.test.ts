import { describe, expect, it } from 'vitest';
import { edgeShares, unaccountedAt } from './edge-share.ts';
import { exposure } from './exposure.ts';
import type { NodeKind } from './kinds.ts';
import { impact, lineage, shortestPath } from './reach.ts';
import { type ApartGroup, reachedApart } from './reached-apart.ts';
import { shortestPaths } from './shortest-paths.ts';
import { SmallWorld } from './small-world.ts';

type Amounts = readonly [x: number, y: number];

/** A transformation made two outputs of two sources, each with a statement of its own, and a run used both. */
function twoOutputs(first: Amounts = [1, 0], second: Amounts = [0, 1]) {
  const world = new SmallWorld();
  const [x, y] = [world.source(), world.source()];
  const split = world.node('TRANSFORMATION', { effect: 'PRESERVES' });
  const [one, two] = [world.dataset(), world.dataset()];
  world.edge('GENERATED_BY', one, split);
  world.edge('GENERATED_BY', two, split);
  const inputs = ([ofX, ofY]: Amounts) => {
    const all: [bigint, number][] = [
      [x, ofX],
      [y, ofY],
    ];
    return all.filter(([, amount]) => amount > 0);
  };
  world.made(split, inputs(first), { output: one });
  world.made(split, inputs(second), { output: two });
  const run = world.run();
  world.made(run, [
    [one, 0.5],
    [two, 0.5],
  ]);
  return { world, x, y, split, one, two, run, model: world.model(run) };
}

const shown = (world: SmallWorld, root: bigint, kinds: readonly NodeKind[]) =>
  lineage(world.graph(), root, { direction: 'UPSTREAM', kinds })
    .links.filter((link) => link.contracted)
    .map((link) => [link.downstream, link.upstream, link.share, link.shareUpper]);

const reached = (world: SmallWorld, root: bigint, direction: 'UPSTREAM' | 'DOWNSTREAM') =>
  new Set(lineage(world.graph(), root, { direction }).nodes.map((node) => node.id));

const ofImpact = (world: SmallWorld, root: bigint) => {
  const { byKind } = impact(world.graph(), root);
  return new Set([...byKind.values()].flatMap((ids) => [...ids].map(BigInt)));
};

describe('what is stated of one output of a transformation', () => {
  const ends: readonly NodeKind[] = ['DATASET_VERSION', 'SOURCE'];

  it('is no share of another one', () => {
    const { world, x, y, one, two, model } = twoOutputs();
    expect(shown(world, model, ends)).toEqual([
      [model, one, 0.5, 0.5],
      [model, two, 0.5, 0.5],
      [one, x, 1, 1],
      [two, y, 1, 1],
    ]);
  });

  it('is the share of each where both name the same inputs', () => {
    const { world, x, y, one, two, model, run } = twoOutputs([0.9, 0.1], [0.1, 0.9]);
    expect(shown(world, model, ends).slice(2)).toEqual([
      [one, x, 0.9, 0.9],
      [one, y, 0.1, 0.1],
      [two, x, 0.1, 0.1],
      [two, y, 0.9, 0.9],
    ]);
    const sources = shown(world, run, ['SOURCE']).map(([, of, share]) => [of, Number(share).toFixed(9)]);
    expect(sources).toEqual([
      [x, '0.500000000'],
      [y, '0.500000000'],
    ]);
  });

  it('leads from an input to that output alone, and back', () => {
    const { world, x, y, split, one, two, run, model } = twoOutputs();
    expect(reached(world, one, 'UPSTREAM')).toEqual(new Set([one, split, x]));
    expect(reached(world, two, 'UPSTREAM')).toEqual(new Set([two, split, y]));
    expect(reached(world, x, 'DOWNSTREAM')).toEqual(new Set([x, split, one, run, model]));
    expect(ofImpact(world, y)).toEqual(new Set([split, two, run, model]));
    // Of the transformation itself everything is told: it did use both, and made both.
    expect(reached(world, split, 'UPSTREAM')).toEqual(new Set([split, x, y]));
    expect(reached(world, split, 'DOWNSTREAM')).toEqual(new Set([split, one, two, run, model]));
  });

  it('lies on no path from another one', () => {
    const { world, x, split, one, two } = twoOutputs();
    const graph = world.graph();
    expect(shortestPath(graph, two, x)).toBeNull();
    expect(shortestPath(graph, x, two)).toBeNull();
    expect(shortestPaths(graph, two, x, 3)).toEqual([]);
    expect(shortestPath(graph, one, x)!.nodes).toEqual([one, split, x]);
    expect(shortestPath(graph, x, split)!.nodes).toEqual([x, split]);
    expect(shortestPath(graph, split, x)!.nodes).toEqual([split, x]);
  });

  it('is what a path from it is weighed by, though another was recorded first', () => {
    const { world, x, run, split, one, two } = twoOutputs([0.9, 0.1], [0.1, 0.9]);
    const graph = world.graph();
    expect(shortestPath(graph, two, x)!.share).toBeCloseTo(0.1, 12);
    expect(shortestPath(graph, x, two)!.share).toBeCloseTo(0.1, 12);
    for (const [from, to] of [
      [run, x],
      [x, run],
    ] as const) {
      const paths = shortestPaths(graph, from, to, 5);
      expect(paths.map((path) => [path.nodes, path.share!.toFixed(9)])).toEqual(
        [[[run, one, split, x], '0.450000000'] as const, [[run, two, split, x], '0.050000000'] as const].map(
          ([nodes, share]) => [from === run ? nodes : [...nodes].reverse(), share],
        ),
      );
    }
  });

  it('takes the place of what its team states of all of them, for that output alone', () => {
    const { world, x, y, split, one, two } = twoOutputs([1, 0], [0, 1]);
    const [third, z] = [world.dataset(), world.source()];
    world.edge('GENERATED_BY', third, split);
    world.made(split, [
      [x, 0.5],
      [z, 0.5],
    ]);
    const graph = world.graph();
    expect(reached(world, one, 'UPSTREAM')).toEqual(new Set([one, split, x]));
    expect(reached(world, third, 'UPSTREAM')).toEqual(new Set([third, split, x, z]));
    expect(ofImpact(world, z)).toEqual(new Set([split, third]));
    expect(shortestPath(graph, z, two)).toBeNull();
    // Another team's word on all of them holds beside it.
    world.made(split, [[z, 1]], { teamId: 2n });
    expect(shown(world, one, ['SOURCE'])).toEqual([
      [one, x, 0, 1],
      [one, z, 0, 1],
    ]);
    expect(reached(world, two, 'UPSTREAM')).toEqual(new Set([two, split, y, z]));
    expect(shown(world, third, ['SOURCE'])).toEqual([
      [third, x, 0, 0.5],
      [third, z, 0.5, 1],
    ]);
  });

  it('is the share of an edge that states it, as a range over who speaks of that output', () => {
    const { world, x, y, split } = twoOutputs([0.9, 0.1], [0.1, 0.9]);
    const ofInputs = () => {
      const graph = world.graph();
      const { lower, upper } = edgeShares(graph);
      return graph.edges.flatMap((edge, i) =>
        edge.downstream === split ? [[edge.upstream, lower[i], upper[i]]] : [],
      );
    };
    expect(ofInputs()).toEqual([
      [x, 0.9, 0.9],
      [y, 0.1, 0.1],
      [x, 0.1, 0.1],
      [y, 0.9, 0.9],
    ]);
    world.made(split, [[x, 0.3]], { teamId: 2n });
    expect(ofInputs()).toEqual([
      [x, 0.3, 0.9],
      [y, 0, 0.1],
      [x, 0.1, 0.3],
      [y, 0, 0.9],
      [x, 0.3, 0.3],
    ]);
  });

  it('ranges over the outputs in what is told of the transformation itself', () => {
    const world = new SmallWorld();
    const [x, y] = [world.source(), world.source()];
    const [mixX, mixY] = [world.dataset(), world.dataset()];
    world.made(mixX, [[x, 1]]);
    world.made(mixY, [[y, 1]]);
    const split = world.node('TRANSFORMATION', { effect: 'PRESERVES' });
    const [one, two] = [world.dataset(), world.dataset()];
    world.edge('GENERATED_BY', one, split);
    world.edge('GENERATED_BY', two, split);
    world.made(split, [[mixX, 1]], { output: one });
    world.made(split, [[mixY, 1]], { output: two });
    expect(shown(world, split, ['SOURCE'])).toEqual([
      [split, x, 0, 1],
      [split, y, 0, 1],
    ]);
  });

  it('leads to the writer of the text alone from every output', () => {
    const { world, split, one, model, run } = twoOutputs();
    const writer = world.node('MODEL_VERSION');
    world.edge('SYNTHESIZED_BY', split, writer);
    const found = lineage(world.graph(), one, { direction: 'UPSTREAM', via: ['DATA', 'INFLUENCE'] });
    expect(found.nodes.map((node) => node.id)).toContain(writer);
    const group: ApartGroup = 'INFLUENCE';
    expect(reachedApart(world.graph(), [{ model, evalRuns: [] }], [])).toEqual([
      { group, node: writer, first: 1, second: 0 },
    ]);
    expect(run).toBeDefined();
  });

  it('goes on from where a limit or a depth cut', () => {
    const { world, x, y, split, one, two, run } = twoOutputs();
    const cut = lineage(world.graph(), run, { direction: 'UPSTREAM', maxDepth: 2 });
    expect(cut.truncated).toEqual({ reason: 'MAX_DEPTH', frontier: [split], skip: null });
    expect(cut.nodes.map((node) => node.id)).toEqual([run, one, two, split]);
    const down = lineage(world.graph(), x, { direction: 'DOWNSTREAM', maxDepth: 1 });
    expect(down.truncated!.frontier).toEqual([split]);
    const whole = lineage(world.graph(), run, { direction: 'UPSTREAM', maxDepth: 3 });
    expect(whole.truncated).toBeNull();
    expect(whole.nodes.map((node) => node.id)).toEqual([run, one, two, split, x, y]);
    expect(whole.links).toHaveLength(6);
  });
});

describe('the choice between what is said to have made a dataset version', () => {
  const bySource = (world: SmallWorld, run: bigint) => {
    const model = world.model(run);
    const [stage] = exposure(world.graph(), model, 'SOURCE').stages;
    return stage!.shares.map((share) => [share.share, share.shareUpper]);
  };

  /** One team derived it from a source, another says that a transformation of another source made it. */
  function derivedOrMade(derived = 1) {
    const world = new SmallWorld();
    const [first, second, dataset] = [world.source(), world.source(), world.dataset()];
    world.made(dataset, [[first, derived]], { teamId: 1n });
    const maker = world.node('TRANSFORMATION', { effect: 'PRESERVES' });
    world.edge('GENERATED_BY', dataset, maker);
    world.made(maker, [[second, 1]], { teamId: 2n });
    return { world, first, second, dataset, maker };
  }

  it('is in the shares of its edges, contracted or not, as in exposure', () => {
    const { world, first, second, dataset, maker } = derivedOrMade();
    const links = lineage(world.graph(), dataset, { direction: 'UPSTREAM' }).links;
    expect(links.map((link) => [link.downstream, link.upstream, link.share, link.shareUpper])).toEqual([
      [dataset, first, 0, 1],
      [dataset, maker, 0, 1],
      [maker, second, 1, 1],
    ]);
    expect(shown(world, dataset, ['SOURCE'])).toEqual([[dataset, second, 0, 1]]);
    expect(shortestPath(world.graph(), dataset, second)!.share).toBe(0);
    const run = world.run();
    world.made(run, [[dataset, 1]]);
    expect(shown(world, run, ['SOURCE'])).toEqual([
      [run, first, 0, 1],
      [run, second, 0, 1],
    ]);
    expect(bySource(world, run)).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('adds nothing up that is one thing or the other', () => {
    const world = new SmallWorld();
    const [source, dataset] = [world.source(), world.dataset()];
    for (const teamId of [1n, 2n]) {
      const maker = world.node('TRANSFORMATION', { effect: 'PRESERVES' });
      world.edge('GENERATED_BY', dataset, maker);
      world.made(maker, [[source, 1]], { teamId });
    }
    expect(shown(world, dataset, ['SOURCE'])).toEqual([[dataset, source, 1, 1]]);
    const run = world.run();
    world.made(run, [[dataset, 0.75]]);
    expect(shown(world, run, ['SOURCE'])).toEqual([[run, source, 0.75, 0.75]]);
    const { links } = lineage(world.graph(), dataset, { direction: 'UPSTREAM' });
    const made = links.filter((link) => link.downstream === dataset);
    expect(made.map((link) => [link.share, link.shareUpper])).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(bySource(world, run)).toEqual([[0.75, 0.75]]);
  });

  it('is between training runs too, whose shares are never added', () => {
    const world = new SmallWorld();
    const source = world.source();
    const runs = [world.run(), world.run()];
    for (const run of runs) world.made(run, [[source, 1]]);
    const model = world.model(runs[0]!);
    world.edge('GENERATED_BY', model, runs[1]!);
    expect(shown(world, model, ['SOURCE'])).toEqual([[model, source, 1, 1]]);
  });

  it('leaves unaccounted at the dataset version what is lost there in one of the choices', () => {
    const { world, dataset } = derivedOrMade(0.6);
    const found = unaccountedAt(world.graph(), [dataset]);
    expect(found.map(({ reason, share, shareUpper }) => [reason, share, shareUpper.toFixed(9)])).toEqual([
      ['NOT_RECORDED', 0, '0.400000000'],
    ]);
  });

  it('gives no share where a transformation changed proportions in one of the choices', () => {
    const { world, dataset, maker, second } = derivedOrMade();
    const other = world.source();
    const filter = world.node('TRANSFORMATION', { effect: 'SELECTS' });
    world.edge('GENERATED_BY', dataset, filter);
    world.made(filter, [
      [second, 0.5],
      [other, 0.5],
    ]);
    expect(maker).toBeDefined();
    expect(shown(world, dataset, ['SOURCE'])).toEqual([
      [dataset, second, null, null],
      [dataset, other, null, null],
    ]);
  });
});
