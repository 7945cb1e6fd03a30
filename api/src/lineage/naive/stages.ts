import type { EdgeRow } from '../graph.ts';
import type { NaiveWorld } from './world.ts';

/** A training run, or the place where a training is not recorded. */
export interface NaiveStage {
  readonly run: bigint | null;
  /** The run, or where the training is not recorded: a model version, or the run that started from it. */
  readonly at: bigint;
  readonly tokens: number | null;
  readonly averaged: boolean;
}

/** How a run is reached: by a model version that it generated, or by a run that went on from it (null). */
type Arrival = { run: bigint; by: EdgeRow | null };

/** Every way in which runs are reached from a model version or a run, and every model version without a run. */
function arrivals(world: NaiveWorld, id: bigint, found: Arrival[], without: Set<bigint>): void {
  if (world.node(id).kind === 'MODEL_VERSION') {
    const made = world.up(id, 'GENERATED_BY');
    if (made.length === 0) without.add(id);
    for (const by of made) {
      found.push({ run: by.upstream, by });
      arrivals(world, by.upstream, found, without);
    }
    return;
  }
  for (const edge of world.up(id, 'INITIALIZED_FROM')) {
    if (world.node(edge.upstream).kind === 'TRAINING_RUN') {
      world.tally.hit('run initialized from a run');
      found.push({ run: edge.upstream, by: null });
    }
    arrivals(world, edge.upstream, found, without);
  }
}

/** Whether `upper` stands anywhere upstream of `lower` by training. */
function isBefore(world: NaiveWorld, upper: bigint, lower: bigint): boolean {
  return (['GENERATED_BY', 'INITIALIZED_FROM'] as const)
    .flatMap((kind) => world.up(lower, kind))
    .some((edge) => edge.upstream === upper || isBefore(world, upper, edge.upstream));
}

function tokensOf(world: NaiveWorld, run: bigint): number | null {
  const claims = new Set(world.node(run).tokensSeen ?? []);
  if (claims.size > 1) world.tally.hit('claims of tokens conflict');
  if (claims.size === 0) world.tally.hit('tokens not stated');
  return claims.size === 1 ? [...claims][0]! : null;
}

function seen(
  world: NaiveWorld,
  model: bigint,
  ways: readonly Arrival[],
): Pick<NaiveStage, 'tokens' | 'averaged'> {
  const run = ways[0]!.run;
  const whole = tokensOf(world, run);
  const several = world.outputs(run) > 1;
  const by = [...new Set(ways.map((way) => way.by?.downstream ?? null))];
  if (by.length < ways.length) world.tally.hit('several parties generated one output, once');
  let atOdds = false;
  const each = by.map((output) => {
    const said = ways
      .flatMap((way) => (way.by !== null && way.by.downstream === output ? [way.by] : []))
      .filter((edge) => edge.amount !== null && (edge.amountUnit ?? 'TOKENS') === 'TOKENS')
      .map((edge) => edge.amount!);
    if (said.length > 0) {
      world.tally.hit(
        output === model
          ? 'checkpoint counts its tokens'
          : 'checkpoint counts its tokens through a later run',
      );
      if (new Set(said).size === 1) return said[0]!;
      world.tally.hit('parties differ about a checkpoint: tokens null');
      atOdds = true;
      return null;
    }
    if (several) world.tally.hit('several outputs: tokens null');
    return several ? null : whole;
  });
  if (each.length > 1) world.tally.hit('run reached in two ways, once');
  const tokens = each.includes(null) ? null : Math.max(...each.map((one) => one!));
  const averaged = tokens === null ? several || atOdds : tokens !== whole;
  if (averaged) world.tally.hit('shares averaged over the run');
  return { tokens, averaged };
}

/** The stages of a model version, what comes first first, and of what could come first the first recorded. */
export function naiveStages(
  world: NaiveWorld,
  model: bigint,
  noData: (run: bigint) => boolean,
): NaiveStage[] {
  const ways: Arrival[] = [];
  const without = new Set<bigint>();
  arrivals(world, model, ways, without);
  const left = new Set([...ways.map(({ run }) => run), ...without]);
  const stages: NaiveStage[] = [];
  const notRecorded = (at: bigint) => stages.push({ run: null, at, tokens: null, averaged: false });
  while (left.size > 0) {
    const free = [...left].filter((one) => ![...left].some((other) => isBefore(world, other, one)));
    const recorded = (id: bigint) => world.node(id).recordedAt;
    const next = free.sort((a, b) => recorded(a) - recorded(b) || Number(a - b))[0]!;
    left.delete(next);
    if (without.has(next)) {
      world.tally.hit('model without a run: training not recorded');
      notRecorded(next);
      continue;
    }
    const startedFrom = world.node(next).startedFrom ?? 'UNKNOWN';
    const found = world.up(next, 'INITIALIZED_FROM').length > 0;
    if (startedFrom === 'UNKNOWN' && found) {
      world.tally.hit('started from something unknown that was found: recorded');
    } else if (startedFrom !== 'SCRATCH' && !found) {
      world.tally.hit(
        startedFrom === 'UNKNOWN'
          ? 'started from something unknown: training not recorded'
          : 'started from a model that is not recorded: training not recorded',
      );
      notRecorded(next);
    }
    const { tokens, averaged } = seen(
      world,
      model,
      ways.filter(({ run }) => run === next),
    );
    const none = noData(next);
    stages.push({ run: next, at: next, tokens: none ? 0 : tokens, averaged: averaged && !none });
  }
  return stages;
}
