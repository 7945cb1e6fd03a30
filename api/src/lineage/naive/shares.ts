import type { CompositionRow } from '../graph.ts';
import type { TransformationEffect, UnaccountedReason } from '../kinds.ts';
import type { Choice } from './choices.ts';
import { type Rule, Tally } from './rules.ts';
import { weigh } from './weights.ts';
import { NaiveWorld } from './world.ts';

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

function note(into: Mixture, behind: Mixture): void {
  into.scaled ||= behind.scaled;
  into.assumed ||= behind.assumed;
}

/** Adds up what stands behind each input of one statement. */
function mixed(
  world: NaiveWorld,
  choice: Choice,
  statement: CompositionRow,
  effect: TransformationEffect | null,
  into: Mixture,
): void {
  const weighed = weigh(world, statement, effect === 'PRESERVES');
  into.scaled ||= weighed.scaled;
  const changed = statement.basis === 'READ' && effect !== null && effect !== 'PRESERVES';
  if (changed && weighed.reason === 'AMOUNT_UNKNOWN') world.tally.hit('read, and proportions changed');
  const reason = changed && weighed.reason === 'AMOUNT_UNKNOWN' ? 'PROPORTIONS_CHANGED' : weighed.reason;
  if (weighed.lost > 1e-12) add(into.lost, `${statement.node} ${reason}`, weighed.lost);
  for (const { of, weight } of weighed.inputs) {
    const behind = shareOf(world, choice, of);
    note(into, behind);
    for (const [group, share] of behind.shares) add(into.shares, group, (weight ?? 0) * share);
    for (const [place, share] of behind.lost) add(into.lost, place, (weight ?? 0) * share);
  }
}

/** What holds of how one output of a transformation was made, or of how a dataset version was derived. */
export interface Making {
  readonly at: bigint;
  /** Null: inputs are named, but no statement says how much of each. */
  readonly statement: CompositionRow | null;
  readonly effect: TransformationEffect | null;
  readonly assumed: boolean;
}

/** For each team, its statement about this output, or else the one about the transformation. */
function statementsFor(world: NaiveWorld, transformation: bigint, output: bigint): Making[] {
  const effect = world.node(transformation).effect ?? 'UNKNOWN';
  const all = world.statements(transformation);
  const several = world.outputs(transformation) > 1;
  return all
    .filter((row) => {
      const own = all.some((other) => other.outputId === output && other.teamId === row.teamId);
      return row.outputId === (own ? output : null);
    })
    .map((statement) => {
      const assumed = several && statement.outputId === null;
      if (statement.outputId !== null) world.tally.hit('output with a statement of its own');
      if (assumed) world.tally.hit('output that inherits: assumed');
      return { at: transformation, statement, effect, assumed };
    });
}

/** The ways in which a dataset version is said to have been made; edges outside statements count where none is made. */
export function makings(world: NaiveWorld, dataset: bigint): Making[] {
  const makers = world.up(dataset, 'GENERATED_BY').map((edge) => edge.upstream);
  const derived = { at: dataset, effect: null, assumed: false };
  const stated = [
    ...world.statements(dataset).map((statement) => ({ ...derived, statement })),
    ...makers.flatMap((maker) => statementsFor(world, maker, dataset)),
  ];
  if (stated.length > 0) return stated;
  return [...makers, dataset]
    .filter((at) => world.bare(at).length > 0)
    .map((at) => {
      const effect = at === dataset ? null : (world.node(at).effect ?? 'UNKNOWN');
      return { at, statement: null, effect, assumed: false };
    });
}

/** What a making names as its inputs, whatever their weight, but for a weight of nothing. */
export function inputsOf(world: NaiveWorld, { at, statement, effect }: Making): bigint[] {
  if (!statement) return world.bare(at).map((edge) => edge.upstream);
  const quiet = new NaiveWorld(world.rows, new Tally());
  return weigh(quiet, statement, effect === 'PRESERVES')
    .inputs.filter(({ weight }) => weight !== 0)
    .map(({ of }) => of);
}

/**
 * Every source and every writing model that stands upstream. Which inputs a transformation had, the statement says
 * that was chosen; what stands behind them, anybody may say.
 */
function origins(world: NaiveWorld, id: bigint): Set<string> {
  if (world.node(id).kind === 'SOURCE') return new Set([`SOURCE:${id}`]);
  const ways = makings(world, id);
  if (ways.length === 0) return new Set(world.writers(id).models.map((model) => `GENERATED_BY:${model}`));
  const behind = ways.flatMap((making) => inputsOf(world, making));
  return new Set(behind.flatMap((input) => [...origins(world, input)]));
}

function made(world: NaiveWorld, choice: Choice, making: Making): Mixture {
  const { at, statement, effect, assumed } = making;
  if (!statement) {
    world.tally.hit('bare edge has no weight');
    const lost = allLost(at, 'AMOUNT_UNKNOWN');
    for (const input of inputsOf(world, making)) note(lost, shareOf(world, choice, input));
    return lost;
  }
  const mixture = nothing();
  mixture.assumed = assumed;
  mixed(world, choice, statement, effect, mixture);
  if (effect === null) {
    world.tally.hit('derivation passes shares');
    return mixture;
  }
  const several = new Set(inputsOf(world, making).flatMap((input) => [...origins(world, input)])).size > 1;
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
    add(mixture.lost, `${at} PROPORTIONS_CHANGED`, share);
  }
  mixture.shares.clear();
  return mixture;
}

function end(world: NaiveWorld, dataset: bigint): Mixture {
  const { models, ofTransformation } = world.writers(dataset);
  const [maker] = world.up(dataset, 'GENERATED_BY');
  if (models.length === 0 && maker) {
    world.tally.hit('transformation without inputs: not recorded');
    return allLost(maker.upstream, 'NOT_RECORDED');
  }
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

/** What a source or a dataset version is made of, under one choice. */
export function shareOf(world: NaiveWorld, choice: Choice, id: bigint): Mixture {
  if (world.node(id).kind === 'SOURCE') {
    const mixture = nothing();
    add(mixture.shares, `SOURCE:${id}`, 1);
    return mixture;
  }
  const ways = makings(world, id);
  if (ways.length === 0) return end(world, id);
  if (ways.length > 1) {
    const derived = ways.some(({ effect }) => effect === null);
    world.tally.hit(
      derived ? 'parties differ about a dataset version' : 'parties differ about a transformation',
    );
  }
  return made(world, choice, choice.of(String(id), ways));
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
    const bare = world.bare(run);
    world.tally.hit(bare.length > 0 ? 'bare edge has no weight' : 'run without a statement: not recorded');
    const lost = allLost(run, bare.length > 0 ? 'AMOUNT_UNKNOWN' : 'NOT_RECORDED');
    for (const { upstream } of bare) note(lost, shareOf(world, choice, upstream));
    return lost;
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
    mixed(world, choice, statement, null, mixture);
    return mixture;
  }
  const weighed = weigh(world, statement, false);
  if (weighed.lost > 1e-12) add(mixture.lost, `${run} ${weighed.reason}`, weighed.lost);
  for (const { of, weight } of weighed.inputs) {
    const { kind } = world.node(of);
    world.tally.hit(kind === 'SOURCE' ? 'direct input is a source' : 'direct input is a dataset version');
    add(mixture.shares, `${kind}:${of}`, weight ?? 0);
  }
  return mixture;
}
