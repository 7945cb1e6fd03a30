import { type ExposureGroupKind, exposureOfStage, type StageExposure } from './exposure.ts';
import { type Graph, nodeIndex } from './graph.ts';
import { type Stage, stagesOf } from './stages.ts';

/** The least and the most that a group can be of any one stage of a model version: stages are never added up. */
export interface ExposureRange {
  readonly groupKind: ExposureGroupKind;
  readonly group: bigint;
  readonly least: number;
  readonly most: number;
}

export interface ExposureRanges {
  /** By groupKey. */
  readonly groups: ReadonlyMap<string, ExposureRange>;
  /** The most that anything can be that is not named: what is unaccounted may have come from anywhere. */
  readonly elsewhere: number;
}

export type RangedGrouping = 'SOURCE' | 'CONTENT_TAG';

export const groupKey = (kind: ExposureGroupKind, group: bigint): string => `${kind} ${group}`;

const NOTHING: ExposureRanges = { groups: new Map(), elsewhere: 0 };
const ANYTHING: ExposureRanges = { groups: new Map(), elsewhere: 1 };

/**
 * Between what and what each model version's exposure lies, by source or by content tag, in the stage where it is
 * largest. The most takes in what is unaccounted, since that may have come from anywhere: but for what lost its
 * proportions among sources that are listed, which came from one of these. Each training is looked at once.
 */
export function exposureRanges(
  graph: Graph,
  models: readonly bigint[],
  by: RangedGrouping,
): ExposureRanges[] {
  const ofRun = new Map<number, ExposureRanges>();
  const ofStage = (stage: Stage): ExposureRanges => {
    if (stage.run === null) return ANYTHING;
    if (stage.noData) return NOTHING;
    const held = ofRun.get(stage.run) ?? stageRanges(graph, exposureOfStage(graph, stage, by), by);
    ofRun.set(stage.run, held);
    return held;
  };
  return models.map((id) => largest(stagesOf(graph, nodeIndex(graph, id)).map(ofStage)));
}

function largest(stages: readonly ExposureRanges[]): ExposureRanges {
  const groups = new Map<string, ExposureRange>();
  for (const key of new Set(stages.flatMap((stage) => [...stage.groups.keys()]))) {
    const found = stages.map((stage) => stage.groups.get(key));
    groups.set(key, {
      ...found.find((range) => range !== undefined)!,
      least: Math.max(...found.map((range) => range?.least ?? 0)),
      most: Math.max(...stages.map((stage, i) => found[i]?.most ?? stage.elsewhere)),
    });
  }
  return { groups, elsewhere: Math.max(0, ...stages.map((stage) => stage.elsewhere)) };
}

function stageRanges(graph: Graph, stage: StageExposure, by: RangedGrouping): ExposureRanges {
  const groups = new Map<string, ExposureRange>();
  const { elsewhere, among } = by === 'CONTENT_TAG' ? { elsewhere: 0, among: [] } : losses(graph, stage);
  const add = (groupKind: ExposureGroupKind, group: bigint, least: number, most: number) => {
    const key = groupKey(groupKind, group);
    const held = groups.get(key) ?? { groupKind, group, least: 0, most: elsewhere };
    groups.set(key, { ...held, least: held.least + least, most: Math.min(1, held.most + most) });
  };
  for (const { groupKind, group, share, shareUpper } of stage.shares)
    add(groupKind, group, share, shareUpper);
  for (const [group, most] of among) {
    const { kind } = graph.nodes[nodeIndex(graph, group)]!;
    add(kind === 'SOURCE' ? 'SOURCE' : 'GENERATED_BY', group, 0, most);
  }
  return { groups, elsewhere: by === 'CONTENT_TAG' ? 1 : elsewhere };
}

/** What is lost that may have come from anywhere, and what is lost among things that are listed. */
function losses(
  graph: Graph,
  stage: StageExposure,
): { elsewhere: number; among: readonly (readonly [bigint, number])[] } {
  const among = new Map<bigint, number>();
  let elsewhere = 0;
  for (const loss of stage.losses) {
    if (loss.among.length === 0 || loss.amongMore || wasRead(graph, loss.node)) elsewhere += loss.shareUpper;
    else for (const group of loss.among) among.set(group, (among.get(group) ?? 0) + loss.shareUpper);
  }
  return { elsewhere: Math.min(elsewhere, stage.unaccountedUpper), among: [...among] };
}

/** What was only read may not be all that went in, so that what is listed is not all that it may be. */
function wasRead(graph: Graph, node: bigint): boolean {
  const statements = graph.compositionsOf.get(nodeIndex(graph, node)) ?? [];
  return statements.some((statement) => graph.compositions[statement]!.basis === 'READ');
}
