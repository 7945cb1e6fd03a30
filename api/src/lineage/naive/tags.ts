import type { EdgeRow, TagMeasurement } from '../graph.ts';
import { type AmountUnit, MEASUREMENT_METHODS } from '../kinds.ts';
import type { Choice } from './choices.ts';
import { type Making, makings } from './shares.ts';
import { weigh } from './weights.ts';
import type { NaiveWorld } from './world.ts';

/** How much carries a tag: an interval. */
export interface TagShare {
  readonly lower: number;
  readonly upper: number;
}

const UNMEASURED: TagShare = { lower: 0, upper: 1 };

/** The measurement of a tag that counts, of those in the unit that is asked for: the best by method, then the newest. */
function counting(
  world: NaiveWorld,
  dataset: bigint,
  tag: bigint,
  unit: AmountUnit | null,
): TagMeasurement | null {
  const ofTag = (world.node(dataset).tags ?? []).filter((measurement) => measurement.tag === tag);
  const all = ofTag.filter((measurement) => unit === null || measurement.unit === unit);
  if (all.length === 0 && ofTag.length > 0) world.tally.hit('tag in another unit: unmeasured');
  const rank = ({ method }: TagMeasurement) => MEASUREMENT_METHODS.indexOf(method);
  const best = all.filter((one) => all.every((other) => rank(one) <= rank(other)));
  if (best.length > 0 && best.length < all.length) world.tally.hit('best method');
  const when = ({ measuredAt }: TagMeasurement) => measuredAt ?? Number.NEGATIVE_INFINITY;
  const newest = best.filter((one) => best.every((other) => when(one) >= when(other)));
  if (newest.length > 0 && newest.length < best.length) world.tally.hit('newest measurement');
  return newest.at(-1) ?? null;
}

/** Over the inputs of one statement, asked for in a unit, or in whichever there is (null). */
function behind(
  world: NaiveWorld,
  choice: Choice,
  { statement, effect }: Pick<Making, 'statement' | 'effect'>,
  tag: bigint,
  unit: AmountUnit | null,
): TagShare {
  if (!statement) return UNMEASURED;
  const { inputs, lost } = weigh(world, statement, effect === 'PRESERVES');
  if (inputs.length === 1 && inputs[0]!.weight === 1) {
    if (unit !== statement.unit) world.tally.hit('sole whole input passes a tag in any unit');
    return tagShareOf(world, choice, inputs[0]!.of, tag, unit);
  }
  if (unit !== null && unit !== statement.unit) return UNMEASURED;
  let [lower, upper] = [0, lost];
  for (const { of, weight } of inputs) {
    if (!weight) continue;
    const share = tagShareOf(world, choice, of, tag, statement.unit);
    lower += weight * share.lower;
    upper += weight * share.upper;
  }
  return { lower, upper: Math.min(1, upper) };
}

function tagShareOf(
  world: NaiveWorld,
  choice: Choice,
  id: bigint,
  tag: bigint,
  unit: AmountUnit | null,
): TagShare {
  if (world.node(id).kind === 'SOURCE') return UNMEASURED;
  const own = counting(world, id, tag, unit);
  if (own) {
    world.tally.hit('own measurement');
    if (own.lower !== null && own.upper !== null) world.tally.hit('measurement with an interval');
    return { lower: own.lower ?? own.fraction, upper: own.upper ?? own.fraction };
  }
  const ways = makings(world, id);
  if (ways.length === 0) return UNMEASURED;
  const way = choice.of(String(id), ways);
  if (way.effect !== 'PRESERVES') {
    world.tally.hit(way.effect === null ? 'tag not through a derivation' : 'tag not through anything else');
    return UNMEASURED;
  }
  world.tally.hit('tag through what preserves');
  return behind(world, choice, way, tag, unit);
}

/** How much of what a training run was given carries a tag, under one choice. */
export function runTagShare(world: NaiveWorld, choice: Choice, run: bigint, tag: bigint): TagShare {
  const statements = world.statements(run);
  if (statements.length === 0) return UNMEASURED;
  return behind(world, choice, { statement: choice.of(String(run), statements), effect: null }, tag, null);
}

/** Every tag that is measured of anything upstream of a training run, a dataset version or a source. */
export function tagsUpstream(world: NaiveWorld, id: bigint): Set<bigint> {
  const own = (world.node(id).tags ?? []).map((measurement) => measurement.tag);
  const { kind } = world.node(id);
  const stated = kind === 'TRAINING_RUN' ? world.statements(id).flatMap((row) => world.inputs(row)) : [];
  const direct = stated.length > 0 || kind !== 'TRAINING_RUN' ? stated : world.bare(id);
  const edges =
    kind === 'DATASET_VERSION' ? makings(world, id).flatMap((making) => everyInput(world, making)) : direct;
  return new Set([...own, ...edges.flatMap((edge) => [...tagsUpstream(world, edge.upstream)])]);
}

function everyInput(world: NaiveWorld, { at, statement }: Making): readonly EdgeRow[] {
  return statement ? world.inputs(statement) : world.bare(at);
}
