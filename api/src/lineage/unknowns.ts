import { exposureOfStage, type StageExposure } from './exposure.ts';
import { byRecordOrder, type Graph, nodeIndex } from './graph.ts';
import { type Stage, stagesOf } from './stages.ts';

/** A training stage of which some is unaccounted. */
export interface UnknownStage {
  /** What came of the training; of several, the newest of those looked at. */
  readonly modelVersion: bigint;
  readonly exposure: StageExposure;
  /** Unaccounted tokens, at least; null where the stage does not state its tokens. */
  readonly tokens: number | null;
  /** Tells the stage from all others. */
  readonly key: string;
}

/**
 * The stages of some model versions that leave something unaccounted, each training once: with the most tokens that
 * any of these had seen of it. First those that state their tokens, by the tokens unaccounted at least; then the
 * others, by the share unaccounted at least. Equal ones by the most, then what was recorded later first.
 */
export function largestUnknowns(graph: Graph, newestFirst: readonly bigint[]): UnknownStage[] {
  const found = new Map<string, { stage: Stage; model: number }>();
  for (const id of newestFirst) {
    const index = nodeIndex(graph, id);
    for (const stage of stagesOf(graph, index)) {
      if (stage.noData) continue;
      const key = keyOf(graph, stage);
      const held = found.get(key);
      if (held && (held.stage.tokens ?? -1) >= (stage.tokens ?? -1)) continue;
      found.set(key, { stage, model: stage.model ?? held?.model ?? index });
    }
  }
  return [...found]
    .map(([key, { stage, model }]) => {
      const exposure = exposureOfStage(graph, stage, 'SOURCE');
      const tokens = stage.tokens === null ? null : Math.round(exposure.unaccounted * stage.tokens);
      return { modelVersion: graph.nodes[model]!.id, exposure, tokens, key };
    })
    .filter(({ exposure }) => exposure.unaccountedUpper > LEAST)
    .sort((a, b) => bySize(a, b) || -byRecordOrder(nodeOf(graph, a), nodeOf(graph, b)));
}

/** Less is what adding up fractions leaves over. */
const LEAST = 1e-9;

function keyOf(graph: Graph, { run, model, before }: Stage): string {
  if (run !== null) return `run ${graph.nodes[run]!.id}`;
  return `not recorded ${graph.nodes[model ?? before!]!.id}`;
}

function nodeOf(graph: Graph, { exposure, modelVersion }: UnknownStage) {
  return graph.nodes[nodeIndex(graph, exposure.trainingRun ?? modelVersion)]!;
}

function bySize(a: UnknownStage, b: UnknownStage): number {
  if ((a.tokens === null) !== (b.tokens === null)) return a.tokens === null ? 1 : -1;
  return (
    (b.tokens ?? 0) - (a.tokens ?? 0) ||
    b.exposure.unaccounted - a.exposure.unaccounted ||
    b.exposure.unaccountedUpper - a.exposure.unaccountedUpper
  );
}
