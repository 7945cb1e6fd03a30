import type { Context } from '../context.ts';
import {
  type Exposure,
  type ExposureGrouping,
  exposure,
  mixtureExposure,
  type StageExposure,
} from './exposure.ts';
import { nodeIndex, upstreamEdges } from './graph.ts';
import { upstreamOf } from './load-graph.ts';
import { mixturesOf } from './mixture.ts';
import type { LineageNodeRow } from './node.ts';
import { compositionById } from './read-assertions.ts';
import { linkOf, shareOf } from './read-lineage.ts';
import { stagesOf } from './stages.ts';
import { type CompositionView, type EdgeView, type On, on } from './views.ts';

/** What a model version was exposed to, on the viewer's part of the graph. */
export async function readExposure(
  context: Context,
  model: LineageNodeRow,
  by: ExposureGrouping,
  asked: Date | null | undefined,
): Promise<On<Exposure>> {
  const knownOn = await context.knownOn(asked);
  const loaded = await upstreamOf(context, model.id, knownOn);
  if (loaded === null) throw new Error('The model version is not visible.');
  return on(exposure(loaded.graph, model.id, by), knownOn);
}

/** The mixture of one training run, all of it. */
export async function readRunExposure(
  context: Context,
  run: LineageNodeRow,
  by: ExposureGrouping,
  asked: Date | null | undefined,
): Promise<On<StageExposure>> {
  const knownOn = await context.knownOn(asked);
  const loaded = await upstreamOf(context, run.id, knownOn);
  if (loaded === null) throw new Error('The training run is not visible.');
  return on(mixtureExposure(loaded.graph, run.id, by), knownOn);
}

/** The recorded training runs behind a model version, the base's included, the earliest first. */
export async function readTrainingRuns(
  context: Context,
  model: LineageNodeRow,
  asked: Date | null | undefined,
): Promise<LineageNodeRow[]> {
  const loaded = await upstreamOf(context, model.id, await context.knownOn(asked));
  if (loaded === null) return [];
  return stagesOf(loaded.graph, nodeIndex(loaded.graph, model.id)).flatMap((stage) =>
    stage.run === null ? [] : (loaded.nodes.get(loaded.graph.nodes[stage.run]!.id) ?? []),
  );
}

export interface TrainingInputView {
  node: LineageNodeRow;
  edge: EdgeView;
  share: number | null;
  shareUpper: number | null;
  tokens: bigint | null;
  epochs: number | null;
}

/** The direct inputs of a training run, each once, the largest share first. */
export async function readTrainingInputs(
  context: Context,
  run: LineageNodeRow,
  asked: Date | null | undefined,
): Promise<TrainingInputView[]> {
  const loaded = await upstreamOf(context, run.id, await context.knownOn(asked));
  if (loaded === null) return [];
  const { graph } = loaded;
  const index = nodeIndex(graph, run.id);
  const seen = new Set(graph.nodes[index]!.tokensSeen ?? []);
  const tokens = seen.size === 1 ? [...seen][0]! : null;
  const inputs = new Map<bigint, TrainingInputView>();
  for (const place of upstreamEdges(graph, index, 'USED')) {
    const { id, upstream, epochs } = graph.edges[place]!;
    if (inputs.has(upstream)) continue;
    const { share, shareUpper } = shareOf(loaded, id);
    inputs.set(upstream, {
      node: loaded.nodes.get(upstream)!,
      edge: linkOf(loaded, id),
      share,
      shareUpper,
      tokens: share === null || tokens === null ? null : BigInt(Math.round(share * tokens)),
      epochs,
    });
  }
  return [...inputs.values()].sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
}

/** What no direct input of a training run accounts for; null where it is declared to have used no data. */
export async function readRunUnaccounted(context: Context, run: LineageNodeRow): Promise<number | null> {
  const stage = await readRunExposure(context, run, 'DATASET_VERSION', null);
  return stage.noData ? null : stage.unaccounted;
}

/** What the weights of a composition leave over, and whether they were scaled; nulls for one that does not hold. */
export async function readWeighing(
  context: Context,
  composition: CompositionView,
): Promise<{ unaccounted: number | null; scaled: boolean }> {
  const about = composition.outputId ?? composition.nodeId;
  const loaded = await upstreamOf(context, about, composition.knownOn);
  const index = loaded?.graph.indexOf.get(about);
  const mixture =
    index === undefined
      ? undefined
      : mixturesOf(loaded!.graph, index).find((m) => m.composition?.id === composition.id);
  if (mixture === undefined) return { unaccounted: null, scaled: false };
  return { unaccounted: mixture.unaccounted, scaled: mixture.scaledFrom !== null };
}

/** The share of an edge that came without one: in what its composition is about, a node or one output of it. */
export async function readShare(context: Context, edge: EdgeView) {
  if (edge.share !== undefined) return { share: edge.share, shareUpper: edge.shareUpper ?? null };
  if (edge.record === null) return { share: null, shareUpper: null };
  const { compositionId } = edge.record;
  const composition = compositionId === null ? null : await context.load(compositionById, compositionId);
  const about = composition?.outputId ?? edge.downstream;
  return shareOf(await upstreamOf(context, about, edge.knownOn), edge.id);
}
