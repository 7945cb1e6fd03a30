import type { CompositionRow } from '../graph.ts';
import type { TransformationEffect, UnaccountedReason } from '../kinds.ts';
import type { Choice } from './choices.ts';
import type { Rule } from './rules.ts';
import { weigh } from './weights.ts';
import type { NaiveWorld } from './world.ts';

/** Shares by `KIND:id`, and what is lost by `node REASON`: together 1 under each choice. */
export interface Mixture {
  readonly shares: Map<string, number>;
  readonly lost: Map<string, number>;
  noData: boolean;
  scaled: boolean;
  assumed: boolean;
}

const PASSES: Record<Exclude<TransformationEffect, 'PRESERVES'>, Rule> = {
  SELECTS: 'single source passes a selection',
  REWRITES: 'single source passes a rewriting',
  GENERATES: 'single source passes a generation',
  UNKNOWN: 'single source passes an unknown effect',
};
const CHANGES: Record<Exclude<TransformationEffect, 'PRESERVES'>, Rule> = {
  SELECTS: 'proportions changed by a selection',
  REWRITES: 'proportions changed by a rewriting',
  GENERATES: 'proportions changed by a generation',
  UNKNOWN: 'proportions changed by an unknown effect',
};

function nothing(): Mixture {
  return { shares: new Map(), lost: new Map(), noData: false, scaled: false, assumed: false };
}

function add(to: Map<string, number>, key: string, mass: number): void {
  if (mass !== 0) to.set(key, (to.get(key) ?? 0) + mass);
}

function allLost(at: bigint, reason: UnaccountedReason): Mixture {
  const mixture = nothing();
  add(mixture.lost, `${at} ${reason}`, 1);
  return mixture;
}

/** Every source and every writing model that stands upstream, whoever says so. */
export function origins(world: NaiveWorld, id: bigint): Set<string> {
  const node = world.node(id);
  if (node.kind === 'SOURCE') return new Set([`SOURCE:${id}`]);
  if (node.kind === 'DATASET_VERSION' && world.isEnd(id)) {
    const { models } = world.writers(id);
    return new Set(models.length === 1 ? [`GENERATED_BY:${models[0]}`] : []);
  }
  const next = (['GENERATED_BY', 'USED', 'DERIVED_FROM'] as const).flatMap((kind) => world.up(id, kind));
  return new Set(next.flatMap((edge) => [...origins(world, edge.upstream)]));
}

/** Adds up what stands behind each input of one statement. */
function mixed(
  world: NaiveWorld,
  choice: Choice,
  statement: CompositionRow,
  keeps: boolean,
  into: Mixture,
): void {
  const weighed = weigh(world, statement, keeps);
  into.scaled ||= weighed.scaled;
  if (weighed.lost > 1e-12) add(into.lost, `${statement.node} ${weighed.reason}`, weighed.lost);
  for (const { of, weight } of weighed.inputs) {
    if (!weight) continue;
    const behind = shareOf(world, choice, of);
    into.scaled ||= behind.scaled;
    for (const [group, share] of behind.shares) add(into.shares, group, weight * share);
    for (const [place, share] of behind.lost) add(into.lost, place, weight * share);
  }
}

/** The statements of what a transformation put into one output. */
export function statementsFor(
  world: NaiveWorld,
  transformation: bigint,
  output: bigint,
): { key: string; statements: CompositionRow[]; assumed: boolean } {
  const all = world.statements(transformation);
  const own = all.filter((row) => row.outputId === output);
  if (own.length > 0) {
    world.tally.hit('output with a statement of its own');
    return { key: `${transformation}/${output}`, statements: own, assumed: false };
  }
  const assumed = world.outputs(transformation) > 1;
  if (assumed) world.tally.hit('output that inherits: assumed');
  const statements = all.filter((row) => row.outputId === null);
  return { key: String(transformation), statements, assumed };
}

function transformed(world: NaiveWorld, choice: Choice, transformation: bigint, output: bigint): Mixture {
  const { key, statements, assumed } = statementsFor(world, transformation, output);
  if (statements.length === 0) {
    const bare = world.bare(transformation).length > 0;
    if (bare) world.tally.hit('bare edge has no weight');
    return allLost(transformation, bare ? 'AMOUNT_UNKNOWN' : 'NOT_RECORDED');
  }
  if (statements.length > 1) world.tally.hit('parties differ about a transformation');
  const effect = world.node(transformation).effect ?? 'UNKNOWN';
  const mixture = nothing();
  mixture.assumed = assumed;
  mixed(world, choice, choice.of(key, statements), effect === 'PRESERVES', mixture);
  const several = origins(world, transformation).size > 1;
  if (effect === 'PRESERVES') {
    if (several) world.tally.hit('preserves passes several sources');
    return mixture;
  }
  if (!several) {
    if (mixture.shares.size > 0) world.tally.hit(PASSES[effect]);
    return mixture;
  }
  if (mixture.lost.size > 0) world.tally.hit('what was lost further up stays there');
  for (const share of mixture.shares.values()) {
    world.tally.hit(CHANGES[effect]);
    add(mixture.lost, `${transformation} PROPORTIONS_CHANGED`, share);
  }
  mixture.shares.clear();
  return mixture;
}

function end(world: NaiveWorld, dataset: bigint): Mixture {
  const { models, ofTransformation } = world.writers(dataset);
  if (models.length === 0) {
    world.tally.hit('origin not recorded');
    return allLost(dataset, 'ORIGIN_NOT_RECORDED');
  }
  if (models.length > 1) {
    world.tally.hit('several writers: amount unknown');
    return allLost(dataset, 'AMOUNT_UNKNOWN');
  }
  world.tally.hit(
    ofTransformation
      ? 'generated by the writer of the transformation'
      : 'generated by the writer of the dataset version',
  );
  const mixture = nothing();
  add(mixture.shares, `GENERATED_BY:${models[0]}`, 1);
  return mixture;
}

/** The ways in which a dataset version is said to have been made. */
export type Making = { derived: CompositionRow } | { by: bigint };

export function makings(world: NaiveWorld, dataset: bigint): Making[] {
  return [
    ...world.statements(dataset).map((derived) => ({ derived })),
    ...world.up(dataset, 'GENERATED_BY').map((edge) => ({ by: edge.upstream })),
  ];
}

/** What a source or a dataset version is made of, under one choice. */
export function shareOf(world: NaiveWorld, choice: Choice, id: bigint): Mixture {
  if (world.node(id).kind === 'SOURCE') {
    const mixture = nothing();
    add(mixture.shares, `SOURCE:${id}`, 1);
    return mixture;
  }
  if (world.isEnd(id)) return end(world, id);
  const ways = makings(world, id);
  if (ways.length === 0) {
    world.tally.hit('bare edge has no weight');
    return allLost(id, 'AMOUNT_UNKNOWN');
  }
  if (ways.length > 1) world.tally.hit('parties differ about a dataset version');
  const way = choice.of(String(id), ways);
  if ('by' in way) return transformed(world, choice, way.by, id);
  world.tally.hit('derivation passes shares');
  const mixture = nothing();
  mixed(world, choice, way.derived, false, mixture);
  return mixture;
}

/** What a training run was given, under one choice, by source or by direct input. */
export function runMixture(
  world: NaiveWorld,
  choice: Choice,
  run: bigint,
  by: 'SOURCE' | 'DATASET_VERSION',
): Mixture {
  const statements = world.statements(run);
  if (statements.length === 0) {
    const bare = world.bare(run).length > 0;
    world.tally.hit(bare ? 'bare edge has no weight' : 'run without a statement: not recorded');
    return allLost(run, bare ? 'AMOUNT_UNKNOWN' : 'NOT_RECORDED');
  }
  if (statements.length > 1) world.tally.hit('parties differ about a run');
  const statement = choice.of(String(run), statements);
  const mixture = nothing();
  if (statement.complete && !statement.inputsHidden && world.inputs(statement).length === 0) {
    world.tally.hit('run declared without data');
    mixture.noData = true;
    return mixture;
  }
  if (by === 'SOURCE') {
    mixed(world, choice, statement, false, mixture);
    return mixture;
  }
  const weighed = weigh(world, statement, false);
  mixture.scaled = weighed.scaled;
  if (weighed.lost > 1e-12) add(mixture.lost, `${run} ${weighed.reason}`, weighed.lost);
  for (const { of, weight } of weighed.inputs) {
    const { kind } = world.node(of);
    world.tally.hit(kind === 'SOURCE' ? 'direct input is a source' : 'direct input is a dataset version');
    add(mixture.shares, `${kind}:${of}`, weight ?? 0);
  }
  return mixture;
}
