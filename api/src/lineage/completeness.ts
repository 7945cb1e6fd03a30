import { type ExposureLoss, exposureOfStage, largestFirst, mixtureExposure, pool } from './exposure.ts';
import { type Graph, nodeIndex } from './graph.ts';
import type { NodeKind } from './kinds.ts';
import type { ShareRange } from './shares.ts';
import { stagesOf } from './stages.ts';

/** How much of a thing's mass is known to come from somewhere, of all: [share, shareUpper], from 0 to 1. */
export interface Completeness extends ShareRange {
  /** What is missing to 1, the largest first. */
  readonly losses: readonly ExposureLoss[];
}

type Part = ShareRange & { readonly losses: readonly ExposureLoss[] };

/** Kinds that carry mass. */
export const CARRIERS: ReadonlySet<NodeKind> = new Set([
  'DATASET_VERSION',
  'TRANSFORMATION',
  'TRAINING_RUN',
  'MODEL_VERSION',
]);

/**
 * The completeness of a node: 1 less what is unaccounted, as in its exposure by source. A training run's is that of
 * its own data; a model version's that of all its stages by their tokens. What a stage without stated tokens weighs
 * is not known: it may be nothing or nearly all, and the range is over that too. Null where there is no mass: for
 * other kinds, and for training that used no data.
 */
export function completeness(graph: Graph, node: bigint): Completeness | null {
  const { kind } = graph.nodes[nodeIndex(graph, node)]!;
  if (!CARRIERS.has(kind)) return null;
  return kind === 'MODEL_VERSION' ? ofModel(graph, node) : ofMixture(graph, node);
}

function ofMixture(graph: Graph, node: bigint): Completeness | null {
  const mixture = mixtureExposure(graph, node, 'SOURCE');
  return mixture.noData ? null : over([partOf(mixture)]);
}

function ofModel(graph: Graph, node: bigint): Completeness | null {
  const stages = stagesOf(graph, nodeIndex(graph, node));
  const stated = pool(graph, stages, 'SOURCE');
  const unweighed = stages
    .filter((stage) => stage.tokens === null)
    .map((stage) => exposureOfStage(graph, stage, 'SOURCE'));
  const parts = [...(stated === null ? [] : [stated]), ...unweighed].map(partOf);
  return parts.length === 0 ? null : over(parts);
}

function partOf(of: {
  unaccounted: number;
  unaccountedUpper: number;
  losses: readonly ExposureLoss[];
}): Part {
  return { share: 1 - of.unaccountedUpper, shareUpper: 1 - of.unaccounted, losses: of.losses };
}

/** What holds whatever the parts weigh: from the least to the most of them, a loss being none where it is not. */
function over(parts: readonly Part[]): Completeness {
  const losses = new Map<string, ExposureLoss[]>();
  for (const loss of parts.flatMap((part) => part.losses)) {
    const key = `${loss.reason} ${loss.node}`;
    losses.set(key, [...(losses.get(key) ?? []), loss]);
  }
  return {
    share: Math.max(0, Math.min(...parts.map((part) => part.share))),
    shareUpper: Math.max(...parts.map((part) => part.shareUpper)),
    losses: [...losses.values()]
      .map((same) => ({
        ...same[0]!,
        share: same.length < parts.length ? 0 : Math.min(...same.map((loss) => loss.share)),
        shareUpper: Math.max(...same.map((loss) => loss.shareUpper)),
      }))
      .sort((a, b) => largestFirst(a, b) || (a.node < b.node ? -1 : 1)),
  };
}
