import type { CompositionRow, TagMeasurement } from '../graph.ts';
import { type AmountUnit, MEASUREMENT_METHODS } from '../kinds.ts';
import type { Choice } from './choices.ts';
import { makings, statementsFor } from './shares.ts';
import { weigh } from './weights.ts';
import type { NaiveWorld } from './world.ts';

/** How much carries a tag: an interval, and the unit that the fraction counts in (null: nothing measured). */
export interface TagShare {
  readonly lower: number;
  readonly upper: number;
  readonly unit: AmountUnit | null;
}

const UNMEASURED: TagShare = { lower: 0, upper: 1, unit: null };

/** The measurement of a tag that counts: the best by method, then the newest. */
function counting(world: NaiveWorld, dataset: bigint, tag: bigint): TagMeasurement | null {
  const all = (world.node(dataset).tags ?? []).filter((measurement) => measurement.tag === tag);
  const rank = ({ method }: TagMeasurement) => MEASUREMENT_METHODS.indexOf(method);
  const best = all.filter((one) => all.every((other) => rank(one) <= rank(other)));
  if (best.length > 0 && best.length < all.length) world.tally.hit('best method');
  const when = ({ measuredAt }: TagMeasurement) => measuredAt ?? Number.NEGATIVE_INFINITY;
  const newest = best.filter((one) => best.every((other) => when(one) >= when(other)));
  if (newest.length > 0 && newest.length < best.length) world.tally.hit('newest measurement');
  return newest.at(-1) ?? null;
}

function behind(
  world: NaiveWorld,
  choice: Choice,
  statement: CompositionRow,
  keeps: boolean,
  tag: bigint,
): TagShare {
  const { inputs, lost } = weigh(world, statement, keeps);
  let [lower, upper] = [0, lost];
  const units = new Set<AmountUnit>();
  for (const { of, weight } of inputs) {
    if (!weight) continue;
    const share = tagShareOf(world, choice, of, tag);
    const matches = statement.unit === 'FRACTION' || share.unit === statement.unit;
    if (share.unit === null || !matches) {
      if (share.unit !== null) world.tally.hit('tag in another unit: unmeasured');
      upper += weight;
      continue;
    }
    units.add(share.unit);
    lower += weight * share.lower;
    upper += weight * share.upper;
  }
  if (units.size > 1) return UNMEASURED;
  return { lower, upper: Math.min(1, upper), unit: [...units][0] ?? null };
}

function tagShareOf(world: NaiveWorld, choice: Choice, id: bigint, tag: bigint): TagShare {
  if (world.node(id).kind === 'SOURCE') return UNMEASURED;
  const own = counting(world, id, tag);
  if (own) {
    world.tally.hit('own measurement');
    if (own.lower !== null && own.upper !== null) world.tally.hit('measurement with an interval');
    return { lower: own.lower ?? own.fraction, upper: own.upper ?? own.fraction, unit: own.unit };
  }
  const ways = makings(world, id);
  if (ways.length === 0) return UNMEASURED;
  const way = choice.of(String(id), ways);
  if (!('by' in way)) {
    world.tally.hit('tag not through a derivation');
    return UNMEASURED;
  }
  if (world.node(way.by).effect !== 'PRESERVES') {
    world.tally.hit('tag not through anything else');
    return UNMEASURED;
  }
  const { key, statements } = statementsFor(world, way.by, id);
  if (statements.length === 0) return UNMEASURED;
  world.tally.hit('tag through what preserves');
  return behind(world, choice, choice.of(key, statements), true, tag);
}

/** How much of what a training run was given carries a tag, under one choice. */
export function runTagShare(world: NaiveWorld, choice: Choice, run: bigint, tag: bigint): TagShare {
  const statements = world.statements(run);
  if (statements.length === 0) return UNMEASURED;
  return behind(world, choice, choice.of(String(run), statements), false, tag);
}

/** Every tag that is measured of anything upstream of a training run's inputs. */
export function tagsUpstream(world: NaiveWorld, id: bigint): Set<bigint> {
  const next = (['GENERATED_BY', 'USED', 'DERIVED_FROM'] as const).flatMap((kind) => world.up(id, kind));
  const own = (world.node(id).tags ?? []).map((measurement) => measurement.tag);
  return new Set([...own, ...next.flatMap((edge) => [...tagsUpstream(world, edge.upstream)])]);
}
