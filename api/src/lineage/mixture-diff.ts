import type { Exposure, ExposureGroupKind, ExposureShare, StageExposure } from './exposure.ts';
import type { Graph } from './graph.ts';
import type { TrainingStage } from './kinds.ts';

export type MixtureChange = 'ADDED' | 'REMOVED' | 'REWEIGHTED' | 'REVISED' | 'UNCHANGED';

export interface MixtureDiffRow {
  readonly stage: TrainingStage | null;
  /** The first, second… stage of this kind, from 0: shares of different stages are never added. */
  readonly ordinal: number;
  /** The training run that is compared on each side; null where there is no such stage, or none is recorded. */
  readonly fromRun: bigint | null;
  readonly toRun: bigint | null;
  /** Null in the row of what is unaccounted. */
  readonly groupKind: ExposureGroupKind | null;
  readonly group: bigint | null;
  readonly unaccounted: boolean;
  /** Null where the group is not in that mixture, or the mixture has no such stage. */
  readonly from: number | null;
  readonly fromUpper: number | null;
  readonly to: number | null;
  readonly toUpper: number | null;
  /** to − from, what is absent counting as 0. */
  readonly difference: number;
  readonly change: MixtureChange;
  /** The earlier version that `group` replaces. */
  readonly revisedFrom: bigint | null;
}

/** Whether `later` is a later version of what `earlier` is a version of. */
export type Revision = (later: bigint, earlier: bigint) => boolean;

const SAME = 1e-9;

/** Versions of one dataset or model (`family`), or joined by REVISES edges whatever their number. */
export function revisionsIn(graph: Graph): Revision {
  return (later, earlier) => {
    const start = graph.indexOf.get(later);
    const goal = graph.indexOf.get(earlier);
    if (start === undefined || goal === undefined || start === goal) return false;
    const family = graph.nodes[start]!.family ?? null;
    if (family !== null && family === (graph.nodes[goal]!.family ?? null)) return true;
    const seen = new Set([start]);
    for (const node of seen) {
      for (let i = graph.upStart[node]!; i < graph.upStart[node + 1]!; i++) {
        const edge = graph.upEdges[i]!;
        if (graph.edges[edge]!.kind === 'REVISES') seen.add(graph.edgeUp[edge]!);
      }
    }
    return seen.has(goal);
  };
}

/**
 * What differs between two mixtures: for each stage kind and group, the share in each and why they differ. Several
 * stages of one kind are compared in their order. Two versions of one thing, each in one mixture only, are one row:
 * REVISED. `from` and `to` are the stages of exposures by the same grouping.
 */
export function mixtureDiff(
  from: readonly StageExposure[],
  to: readonly StageExposure[],
  revises: Revision,
): MixtureDiffRow[] {
  const before = byKind(from);
  const after = byKind(to);
  const kinds = [...new Set([...before.keys(), ...after.keys()])];
  return kinds.flatMap((stage) => {
    const a = before.get(stage) ?? [];
    const b = after.get(stage) ?? [];
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
      stageRows(stage, i, a[i] ?? null, b[i] ?? null, revises),
    ).flat();
  });
}

/** `mixtureDiff` of two exposures. */
export function exposureDiff(from: Exposure, to: Exposure, revises: Revision): MixtureDiffRow[] {
  if (from.by !== to.by) throw new RangeError('mixtures are compared by one grouping');
  return mixtureDiff(from.stages, to.stages, revises);
}

function byKind(stages: readonly StageExposure[]): Map<TrainingStage | null, StageExposure[]> {
  const kinds = new Map<TrainingStage | null, StageExposure[]>();
  for (const stage of stages) kinds.set(stage.stage, [...(kinds.get(stage.stage) ?? []), stage]);
  return kinds;
}

const keyOf = (share: ExposureShare): string => `${share.groupKind} ${share.group}`;

function stageRows(
  stage: TrainingStage | null,
  ordinal: number,
  from: StageExposure | null,
  to: StageExposure | null,
  revises: Revision,
): MixtureDiffRow[] {
  const earlier = new Map((from?.shares ?? []).map((share) => [keyOf(share), share]));
  const later = new Map((to?.shares ?? []).map((share) => [keyOf(share), share]));
  const removed = new Set([...earlier.values()].filter((share) => !later.has(keyOf(share))));
  const compared = {
    stage,
    ordinal,
    fromRun: from?.trainingRun ?? null,
    toRun: to?.trainingRun ?? null,
  };
  const rows: MixtureDiffRow[] = [];
  for (const share of later.values()) {
    const same = earlier.get(keyOf(share)) ?? null;
    const revised = same ? null : ([...removed].find((old) => revises(share.group, old.group)) ?? null);
    if (revised) removed.delete(revised);
    rows.push({ ...compared, ...row(same ?? revised, share, revised?.group ?? null) });
  }
  for (const share of removed) rows.push({ ...compared, ...row(share, null, null) });
  rows.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const rest = (of: StageExposure | null) => of && { share: of.unaccounted, shareUpper: of.unaccountedUpper };
  const unaccounted = values(rest(from), rest(to));
  if ((from?.unaccountedUpper ?? 0) > 0 || (to?.unaccountedUpper ?? 0) > 0) {
    const nothing = { groupKind: null, group: null, revisedFrom: null };
    rows.push({ ...compared, ...nothing, unaccounted: true, ...unaccounted });
  }
  return rows;
}

type Range = { readonly share: number; readonly shareUpper: number } | null;

function values(
  from: Range,
  to: Range,
): Pick<MixtureDiffRow, 'from' | 'fromUpper' | 'to' | 'toUpper' | 'difference' | 'change'> {
  const moved =
    from &&
    to &&
    (Math.abs(to.share - from.share) > SAME || Math.abs(to.shareUpper - from.shareUpper) > SAME);
  return {
    from: from?.share ?? null,
    fromUpper: from?.shareUpper ?? null,
    to: to?.share ?? null,
    toUpper: to?.shareUpper ?? null,
    difference: (to?.share ?? 0) - (from?.share ?? 0),
    change: !from ? 'ADDED' : !to ? 'REMOVED' : moved ? 'REWEIGHTED' : 'UNCHANGED',
  };
}

function row(
  from: ExposureShare | null,
  to: ExposureShare | null,
  revisedFrom: bigint | null,
): Omit<MixtureDiffRow, 'stage' | 'ordinal' | 'fromRun' | 'toRun'> {
  const { groupKind, group } = (to ?? from)!;
  const compared = values(from, to);
  const change = revisedFrom === null ? compared.change : 'REVISED';
  return { groupKind, group, unaccounted: false, ...compared, change, revisedFrom };
}
