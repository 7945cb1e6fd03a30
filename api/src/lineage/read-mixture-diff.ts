import type { Context } from '../context.ts';
import { InputRefusal } from '../platform/refusal.ts';
import {
  type ExposureGrouping,
  type ExposureGroupKind,
  exposure,
  mixtureExposure,
  type StageExposure,
} from './exposure.ts';
import { loadUpstream } from './load-graph.ts';
import { type MixtureDiffRow, mixtureDiff, revisionsIn } from './mixture-diff.ts';
import type { LineageNodeRow } from './node.ts';
import type { EdgeRecord } from './records.ts';
import { sourceOn } from './source-on.ts';
import { nodeOn } from './views.ts';
import { MOST_NODES, whole } from './whole.ts';

export interface MixtureDiffView {
  from: LineageNodeRow;
  to: LineageNodeRow;
  by: ExposureGrouping;
  knownOn: Date;
  rows: MixtureDiffRow[];
}

const MIXED = new Set(['MODEL_VERSION', 'TRAINING_RUN', 'DATASET_VERSION', 'TRANSFORMATION']);

/** How the mixtures behind two things differ: two model versions, or two of what has inputs of its own. */
export async function readMixtureDiff(
  context: Context,
  from: LineageNodeRow,
  to: LineageNodeRow,
  by: ExposureGrouping,
  asked: Date | null | undefined,
): Promise<MixtureDiffView> {
  for (const [name, node] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!MIXED.has(node.kind)) {
      throw new InputRefusal(
        [name],
        'A mixture is made of data: this is none.',
        'a model version, training run, dataset version or transformation',
      );
    }
  }
  const knownOn = await context.knownOn(asked);
  const { graph } = await loadUpstream(context, [from.id, to.id], knownOn);
  const stages = (node: LineageNodeRow) =>
    node.kind === 'MODEL_VERSION'
      ? exposure(graph, node.id, by).stages
      : [mixtureExposure(graph, node.id, by)];
  const before = stages(from);
  const after = to.id === from.id ? before : stages(to);
  const earlier = versionsIn(before);
  const later = earlier.length === 0 ? [] : versionsIn(after);
  const revisions = revisionsIn(graph, await readRevisions(context, later, knownOn));
  const ends = { from: nodeOn(from, knownOn), to: nodeOn(to, knownOn) };
  return { ...ends, by, knownOn, rows: mixtureDiff(before, after, revisions) };
}

const VERSIONS: ReadonlySet<ExposureGroupKind> = new Set(['DATASET_VERSION', 'GENERATED_BY']);

/** The groups of some stages that may have earlier versions: sources and tags have none. */
const versionsIn = (stages: readonly StageExposure[]): bigint[] => [
  ...new Set(
    stages.flatMap(({ shares }) =>
      shares.flatMap(({ groupKind, group }) => (VERSIONS.has(groupKind) ? group : [])),
    ),
  ),
];

/**
 * The REVISES edges from some versions to their end, as far as the viewer sees them known on the moment. They are read
 * apart from the lineage, since what lies upstream of an earlier version is in neither mixture.
 */
async function readRevisions(
  context: Context,
  later: readonly bigint[],
  on: Date,
): Promise<readonly EdgeRecord[]> {
  if (later.length === 0) return [];
  const source = await sourceOn(context, on);
  const { ids, edges } = await source.upstream(later, ['REVISES'], ['REVISES'], MOST_NODES);
  whole(ids);
  return edges;
}
