import type { LineageRows } from '../graph.ts';
import { underEveryChoice } from './choices.ts';
import type { Tally } from './rules.ts';
import { runMixture } from './shares.ts';
import { naiveStages } from './stages.ts';
import { runTagShare, tagsUpstream } from './tags.ts';
import { NaiveWorld } from './world.ts';

export type Grouping = 'SOURCE' | 'DATASET_VERSION' | 'CONTENT_TAG';
export type Range = readonly [least: number, most: number];

export interface StageAnswer {
  readonly run: bigint | null;
  readonly at: bigint;
  readonly tokens: number | null;
  readonly averaged: boolean;
  readonly noData: boolean;
  readonly scaled: boolean;
  readonly assumed: boolean;
  readonly shares: ReadonlyMap<string, Range>;
  readonly unaccounted: Range;
  /** By `node REASON`. */
  readonly losses: ReadonlyMap<string, Range>;
}

export interface Answer {
  readonly stages: readonly StageAnswer[];
  readonly tokens: number | null;
  /** Shares of all tokens; null where some stage does not state its tokens. */
  readonly pooled: ReadonlyMap<string, Range> | null;
}

const sum = (masses: Iterable<number>) => [...masses].reduce((total, mass) => total + mass, 0);

/** Least and most of each key over all choices; what one choice does not name is nothing there. */
function ranges(choices: readonly ReadonlyMap<string, number>[]): Map<string, Range> {
  const keys = new Set(choices.flatMap((choice) => [...choice.keys()]));
  return new Map(
    [...keys].map((key) => {
      const values = choices.map((choice) => choice.get(key) ?? 0);
      return [key, [Math.min(...values), Math.max(...values)] as const];
    }),
  );
}

function tagShares(world: NaiveWorld, run: bigint): Map<string, Range> {
  const shares = new Map<string, Range>();
  for (const tag of tagsUpstream(world, run)) {
    const found = underEveryChoice((choice) => runTagShare(world, choice, run, tag));
    const least = Math.min(...found.map(({ lower }) => lower));
    shares.set(`CONTENT_TAG:${tag}`, [least, Math.max(...found.map(({ upper }) => upper))]);
  }
  return shares;
}

function runAnswer(world: NaiveWorld, run: bigint, by: Grouping) {
  const how = by === 'SOURCE' ? by : 'DATASET_VERSION';
  const choices = underEveryChoice((choice) => runMixture(world, choice, run, how));
  for (const { shares, lost, noData } of choices) {
    const whole = sum(shares.values()) + sum(lost.values());
    if (Math.abs(whole - (noData ? 0 : 1)) > 1e-9)
      throw new Error(`The shares of ${run} add up to ${whole}.`);
  }
  const whole =
    how === 'SOURCE' ? choices : underEveryChoice((choice) => runMixture(world, choice, run, 'SOURCE'));
  const noData = choices.every((choice) => choice.noData);
  const unaccounted = choices.map(({ lost }) => sum(lost.values()));
  return {
    noData,
    scaled: whole.some((choice) => choice.scaled),
    assumed: whole.some((choice) => choice.assumed),
    shares:
      by !== 'CONTENT_TAG'
        ? ranges(choices.map(({ shares }) => shares))
        : noData
          ? new Map<string, Range>()
          : tagShares(world, run),
    losses: ranges(choices.map(({ lost }) => lost)),
    unaccounted: [Math.min(...unaccounted), Math.max(...unaccounted)] as const,
  };
}

/** Where a stage measures nothing of a tag, anything between nothing and all of it may carry it. */
function pooled(stages: readonly StageAnswer[], tokens: number, by: Grouping): Answer['pooled'] {
  if (tokens === 0) return new Map();
  const keys = new Set(stages.flatMap((stage) => [...stage.shares.keys()]));
  const absent: Range = by === 'CONTENT_TAG' ? [0, 1] : [0, 0];
  const seen = (key: string, end: 0 | 1) =>
    sum(stages.map((stage) => (stage.shares.get(key) ?? absent)[end] * stage.tokens!));
  return new Map([...keys].map((key) => [key, [seen(key, 0) / tokens, seen(key, 1) / tokens] as const]));
}

/** What a model version was exposed to, from the definitions alone: every path, under every choice. */
export function naiveExposure(rows: LineageRows, model: bigint, by: Grouping, tally: Tally): Answer {
  const world = new NaiveWorld(rows, tally);
  const noData = (run: bigint) => runAnswer(world, run, 'DATASET_VERSION').noData;
  const stages = naiveStages(world, model, noData).map(({ run, at, tokens, averaged }): StageAnswer => {
    if (run !== null) return { run, at, tokens, averaged, ...runAnswer(world, run, by) };
    const losses = new Map([[`${at} TRAINING_NOT_RECORDED`, [1, 1] as const]]);
    const none = { noData: false, scaled: false, assumed: false, shares: new Map() };
    return { run, at, tokens, averaged, ...none, losses, unaccounted: [1, 1] };
  });
  const all = stages.every((stage) => stage.tokens !== null) ? sum(stages.map((s) => s.tokens!)) : null;
  tally.hit(all === null ? 'not pooled' : 'pooled');
  return { stages, tokens: all, pooled: all === null ? null : pooled(stages, all, by) };
}
