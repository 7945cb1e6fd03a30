import { describe, expect, it } from 'vitest';
import { edgeShares, unaccountedAt } from './edge-share.ts';
import { impact, shortestPath } from './reach.ts';
import { SmallWorld } from './small-world.ts';

function story() {
  const world = new SmallWorld();
  const source = world.source();
  const [dataset, revision] = [world.dataset(), world.dataset()];
  world.made(dataset, [[source, 0.5]]);
  world.edge('REVISES', revision, dataset);
  const run = world.run();
  world.made(run, [[dataset, 0.8]]);
  const model = world.model(run);
  const evaluation = world.node('EVAL_RUN');
  world.edge('EVALUATED', evaluation, model);
  const incident = world.node('INCIDENT');
  world.edge('OBSERVED_IN', incident, evaluation);
  const judged = world.node('EVAL_RUN');
  world.edge('JUDGED_BY', judged, model);
  const verdict = world.node('INCIDENT');
  world.edge('OBSERVED_IN', verdict, judged);
  return { world, source, dataset, revision, run, model, evaluation, incident, judged, verdict };
}

describe('the blast radius', () => {
  it('reaches incidents by data and observation, and reports revisions and judging apart', () => {
    const { world, source, dataset, revision, model, evaluation, incident, judged, verdict } = story();
    const found = impact(world.graph(), source);
    const ids = (reached?: Float64Array) => [...(reached ?? [])].map(BigInt);
    expect(ids(found.byKind.get('INCIDENT'))).toEqual([incident]);
    expect(ids(found.byKind.get('EVAL_RUN'))).toEqual([evaluation]);
    expect(ids(found.byKind.get('MODEL_VERSION'))).toEqual([model]);
    expect(ids(found.byKind.get('DATASET_VERSION'))).toEqual([dataset]);
    expect(ids(found.influenced)).toEqual([revision, judged, verdict]);
  });
});

describe('the shortest path', () => {
  it('goes upstream, or downstream if there is none upstream, and says which', () => {
    const { world, source, dataset, run, model, revision } = story();
    const graph = world.graph();
    const up = shortestPath(graph, model, source)!;
    expect(up).toMatchObject({ direction: 'UPSTREAM', nodes: [model, run, dataset, source] });
    expect(up.share).toBeCloseTo(0.4, 12);
    const down = shortestPath(graph, source, model)!;
    expect(down).toMatchObject({ direction: 'DOWNSTREAM', nodes: [source, dataset, run, model] });
    expect(down.edges).toEqual([...up.edges].reverse());
    expect(down.share).toBeCloseTo(0.4, 12);
    expect(shortestPath(graph, source, revision)).toBeNull();
    expect(shortestPath(graph, model, model)).toMatchObject({ nodes: [model], edges: [] });
  });

  it('takes, of several, the one whose edges were recorded first', () => {
    const world = new SmallWorld();
    const [end, late, early, start] = [world.source(), world.dataset(), world.dataset(), world.run()];
    world.edge('USED', start, early);
    world.edge('USED', start, late);
    world.edge('DERIVED_FROM', late, end);
    world.edge('DERIVED_FROM', early, end);
    expect(shortestPath(world.graph(), start, end)!.nodes).toEqual([start, early, end]);
  });
});

describe('the share of an edge', () => {
  it('is its weight, as a range over the parties that state the same input, and none where nobody weighs it', () => {
    const world = new SmallWorld();
    const [a, b, c, run] = [world.source(), world.source(), world.source(), world.run()];
    world.made(run, [
      [a, 0.5],
      [b, 0.3],
      [c, null],
    ]);
    world.made(run, [[a, 0.7]], { teamId: 2n });
    world.model(run);
    const graph = world.graph();
    const { lower, upper } = edgeShares(graph);
    expect(graph.edges.map((edge, i) => [edge.upstream, lower[i], upper[i]])).toEqual([
      [a, 0.5, 0.7],
      [b, 0, 0.3],
      [c, Number.NaN, Number.NaN],
      [a, 0.5, 0.7],
      [run, 1, 1],
    ]);
  });
});

describe('what is unaccounted at a node', () => {
  it('is stated with its reason where mass is lost, and nowhere else', () => {
    const { world, source, dataset, revision, run, model } = story();
    const base = world.node('MODEL_VERSION');
    const found = unaccountedAt(world.graph(), [source, dataset, revision, run, model, base]);
    expect(found.map(({ node, reason, share }) => [node, reason, Number(share.toFixed(9))])).toEqual([
      [dataset, 'NOT_RECORDED', 0.5],
      [revision, 'ORIGIN_NOT_RECORDED', 1],
      [run, 'NOT_RECORDED', 0.2],
      [base, 'TRAINING_NOT_RECORDED', 1],
    ]);
  });

  it('is at the transformation that changed proportions, not at what it made', () => {
    const world = new SmallWorld();
    const [a, b, made] = [world.source(), world.source(), world.dataset()];
    const filter = world.node('TRANSFORMATION', { effect: 'SELECTS' });
    world.made(filter, [
      [a, 0.6],
      [b, 0.4],
    ]);
    world.edge('GENERATED_BY', made, filter);
    expect(unaccountedAt(world.graph(), [made, filter])).toEqual([
      { node: filter, reason: 'PROPORTIONS_CHANGED', share: 1, shareUpper: 1 },
    ]);
  });
});
