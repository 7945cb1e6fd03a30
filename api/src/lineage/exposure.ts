import { byRecordOrder, type Graph, nodeIndex } from './graph.ts';
import type { NodeKind, TrainingStage, UnaccountedReason } from './kinds.ts';
import { type MassFlow, massFlow } from './mass-flow.ts';
import { type ShareRange, type Shares, sharesOf } from './shares.ts';
import { type Stage, stagesOf, type TokensUnknown } from './stages.ts';
import { tagShares, tagsIn } from './tags.ts';

export type ExposureGrouping = 'SOURCE' | 'DATASET_VERSION' | 'CONTENT_TAG';
export type ExposureGroupKind = 'SOURCE' | 'GENERATED_BY' | 'DATASET_VERSION' | 'CONTENT_TAG';

export interface ExposureShare extends ShareRange {
  readonly groupKind: ExposureGroupKind;
  /** The source, dataset version or content tag; for GENERATED_BY the model version that wrote the text. */
  readonly group: bigint;
  /** share × the stage's tokens, rounded; null where those are not stated. */
  readonly tokens: number | null;
  readonly tokensUpper: number | null;
}

export interface ExposureLoss extends ShareRange {
  readonly node: bigint;
  readonly reason: UnaccountedReason;
  /** Where proportions changed, the sources (and writing models) that the mass is among, at most AMONG_LIMIT. */
  readonly among: readonly bigint[];
  readonly amongMore: boolean;
}

export interface StageExposure {
  readonly stage: TrainingStage | null;
  /** Null where the training is not recorded, and in the mixture of a dataset version or transformation. */
  readonly trainingRun: bigint | null;
  readonly modelVersion: bigint | null;
  readonly recorded: boolean;
  readonly noData: boolean;
  readonly tokens: number | null;
  readonly tokensUnknown: TokensUnknown | null;
  /** Shares are the average of the whole run, of which this model saw a part. */
  readonly averaged: boolean;
  /** Some statement on the way added up to a little more than 1 and was scaled. */
  readonly scaled: boolean;
  /** Some statement was made of a transformation with several outputs, and taken to hold for this one. */
  readonly assumed: boolean;
  /** How many parties' statements hold of this very run. */
  readonly compositions: number;
  /** The largest first. */
  readonly shares: readonly ExposureShare[];
  readonly unaccounted: number;
  readonly unaccountedUpper: number;
  readonly losses: readonly ExposureLoss[];
  /** Inputs looked at, the measure of the work. */
  readonly steps: number;
}

export interface Exposure {
  readonly by: ExposureGrouping;
  /** All tokens seen; null where some stage does not state them. */
  readonly tokens: number | null;
  readonly stages: readonly StageExposure[];
  /** The stages that do not state their tokens. */
  readonly tokensMissing: readonly StageExposure[];
  /** Over all stages by their tokens; null where some stage does not state them. */
  readonly pooled: readonly ExposureShare[] | null;
}

/**
 * What a model version was exposed to, stage by stage. For SOURCE and DATASET_VERSION shares + unaccounted = 1 in
 * every stage with data, inside each choice among the parties' statements; ranges are over those choices, as
 * `sharesOf` says. For CONTENT_TAG, shares are intervals of a fraction each, and `unaccounted` is the direct inputs'.
 */
export function exposure(graph: Graph, modelVersion: bigint, by: ExposureGrouping): Exposure {
  const stages = stagesOf(graph, nodeIndex(graph, modelVersion));
  const exposures = stages.map((stage) => exposureOfStage(graph, stage, by));
  const tokensMissing = exposures.filter((stage) => stage.tokens === null);
  const tokens = tokensMissing.length > 0 ? null : exposures.reduce((sum, stage) => sum + stage.tokens!, 0);
  const pooled = tokens === null ? null : (pool(graph, stages, by)?.shares ?? []);
  return { by, tokens, stages: exposures, tokensMissing, pooled };
}

/** The mixture of one node with inputs: a training run (all of it), a dataset version or a transformation. */
export function mixtureExposure(graph: Graph, node: bigint, by: ExposureGrouping): StageExposure {
  const index = nodeIndex(graph, node);
  if (graph.nodes[index]!.kind === 'TRAINING_RUN') {
    const own = stagesOf(graph, index).find((stage) => stage.run === index)!;
    return exposureOfStage(graph, own, by);
  }
  return {
    ...BLANK,
    ...measured(graph, [index], [1], by, null),
    ...notes(massFlow(graph, [index])),
    recorded: true,
  };
}

const BLANK = {
  stage: null,
  trainingRun: null,
  modelVersion: null,
  recorded: false,
  noData: false,
  tokens: null,
  tokensUnknown: null,
  averaged: false,
  scaled: false,
  assumed: false,
  compositions: 0,
  shares: [],
  unaccounted: 0,
  unaccountedUpper: 0,
  losses: [],
  steps: 0,
} as const satisfies StageExposure;

/** One stage alone. A training that is not recorded is unaccounted whole. */
export function exposureOfStage(graph: Graph, stage: Stage, by: ExposureGrouping): StageExposure {
  const id = (index: number | null): bigint | null => (index === null ? null : graph.nodes[index]!.id);
  const facts = {
    stage: stage.stage,
    trainingRun: id(stage.run),
    modelVersion: id(stage.model),
    recorded: stage.run !== null,
    noData: stage.noData,
    tokens: stage.tokens,
    tokensUnknown: stage.tokensUnknown,
    averaged: stage.averaged,
  };
  if (stage.run === null) {
    const node = graph.nodes[stage.model ?? stage.before!]!.id;
    const lost = { share: 1, shareUpper: 1, among: [], amongMore: false };
    return {
      ...BLANK,
      ...facts,
      unaccounted: 1,
      unaccountedUpper: 1,
      losses: [{ node, reason: 'TRAINING_NOT_RECORDED', ...lost }],
    };
  }
  if (stage.noData) return { ...BLANK, ...facts, compositions: 1 };
  const flow = massFlow(graph, [stage.run]);
  return { ...BLANK, ...facts, ...measured(graph, [stage.run], [1], by, stage.tokens, flow), ...notes(flow) };
}

function notes(flow: MassFlow): Pick<StageExposure, 'scaled' | 'assumed' | 'compositions'> {
  return {
    scaled: flow.mixtures.some((choices) => choices.some((mixture) => mixture.scaledFrom !== null)),
    assumed: flow.mixtures.some((choices) => choices.some((mixture) => mixture.assumed)),
    compositions: flow.mixtures[flow.roots[0]!]!.filter((mixture) => mixture.composition !== null).length,
  };
}

export type Measured = Pick<
  StageExposure,
  'shares' | 'unaccounted' | 'unaccountedUpper' | 'losses' | 'steps'
>;

function measured(
  graph: Graph,
  roots: readonly number[],
  weights: readonly number[],
  by: ExposureGrouping,
  tokens: number | null,
  whole: MassFlow = massFlow(graph, roots),
): Measured {
  const found = sharesOf(by === 'SOURCE' ? whole : massFlow(graph, roots, true), weights);
  const shares =
    by === 'CONTENT_TAG'
      ? tagExposure(graph, whole, weights, tokens)
      : groupExposure(graph, found.groups, tokens);
  return {
    shares,
    unaccounted: found.unaccounted.share,
    unaccountedUpper: found.unaccounted.shareUpper,
    losses: lossesOf(graph, found),
    steps: found.steps,
  };
}

const NO_TOKENS = { tokens: null, tokensUpper: null };

function tokensIn(range: ShareRange, tokens: number | null): Pick<ExposureShare, 'tokens' | 'tokensUpper'> {
  if (tokens === null) return NO_TOKENS;
  return { tokens: Math.round(range.share * tokens), tokensUpper: Math.round(range.shareUpper * tokens) };
}

/** The order of shares and losses: by the least, then by the most. */
export const largestFirst = (a: ShareRange, b: ShareRange): number =>
  b.share - a.share || b.shareUpper - a.shareUpper;

function groupExposure(graph: Graph, groups: Shares['groups'], tokens: number | null): ExposureShare[] {
  return [...groups]
    .sort(([a, of], [b, other]) => largestFirst(of, other) || byRecordOrder(graph.nodes[a]!, graph.nodes[b]!))
    .map(([index, range]) => {
      const { id, kind } = graph.nodes[index]!;
      const { tokens: least, tokensUpper } = tokensIn(range, tokens);
      const { share, shareUpper } = range;
      return { groupKind: groupKindOf(kind), group: id, share, shareUpper, tokens: least, tokensUpper };
    });
}

function groupKindOf(kind: NodeKind): ExposureGroupKind {
  if (kind === 'MODEL_VERSION') return 'GENERATED_BY';
  return kind === 'SOURCE' ? 'SOURCE' : 'DATASET_VERSION';
}

function tagExposure(
  graph: Graph,
  flow: MassFlow,
  weights: readonly number[],
  tokens: number | null,
): ExposureShare[] {
  return tagsIn(graph, flow)
    .map((tag) => {
      const range = { share: 0, shareUpper: 0 };
      tagShares(graph, flow, tag).forEach((root, k) => {
        range.share += weights[k]! * root.share;
        range.shareUpper += weights[k]! * root.shareUpper;
      });
      range.shareUpper = Math.min(1, range.shareUpper);
      return { groupKind: 'CONTENT_TAG' as const, group: tag, ...range, ...tokensIn(range, tokens) };
    })
    .sort((a, b) => largestFirst(a, b) || (a.group < b.group ? -1 : 1));
}

function lossesOf(graph: Graph, found: Shares): ExposureLoss[] {
  return found.losses
    .map(({ at, among, ...loss }) => ({
      node: graph.nodes[at]!.id,
      reason: loss.reason,
      share: loss.share,
      shareUpper: loss.shareUpper,
      among: among.map((index) => graph.nodes[index]!.id),
      amongMore: loss.amongMore,
    }))
    .sort((a, b) => largestFirst(a, b) || (a.node < b.node ? -1 : 1));
}

/**
 * The stages that state their tokens, together: one flow from all runs at once, each by its tokens, so that what
 * they have in common is chosen once. Null where no stage states any.
 */
export function pool(graph: Graph, stages: readonly Stage[], by: ExposureGrouping): Measured | null {
  const counted = stages.filter((stage) => stage.run !== null && stage.tokens !== null && stage.tokens > 0);
  if (counted.length === 0) return null;
  const tokens = counted.reduce((sum, stage) => sum + stage.tokens!, 0);
  const roots = counted.map((stage) => stage.run!);
  return measured(
    graph,
    roots,
    counted.map((stage) => stage.tokens! / tokens),
    by,
    tokens,
  );
}
