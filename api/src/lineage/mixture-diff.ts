import type { Exposure, ExposureGroupKind, ExposureShare, StageExposure } from './exposure.ts';
import type { EdgeRow, Graph } from './graph.ts';
import type { TrainingStage } from './kinds.ts';
import type { ShareRange } from './shares.ts';

export type MixtureChange =
  | 'ADDED'
  | 'REMOVED'
  | 'REWEIGHTED'
  | 'REVISED'
  | 'UNCHANGED'
  | 'UNCERTAIN'
  | 'NOT_MEASURED';

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
  /**
   * Null where the group is not in that mixture, or the mixture has no such stage; from 0 to 1 where it is a tag of
   * which nothing is known there.
   */
  readonly from: number | null;
  readonly fromUpper: number | null;
  readonly to: number | null;
  readonly toUpper: number | null;
  /** to − from by the least of each, what is absent counting as 0; null where one of them was not measured. */
  readonly difference: number | null;
  /** The least and the most that to − from can be. */
  readonly differenceLower: number;
  readonly differenceUpper: number;
  readonly change: MixtureChange;
  /** The earlier version that `group` replaces. */
  readonly revisedFrom: bigint | null;
}

/** Whether `later` is a later version of what `earlier` is a version of. */
export type Revision = (later: bigint, earlier: bigint) => boolean;

const SAME = 1e-9;

/** Versions of one dataset or model (`family`), or joined by REVISES among the edges, whatever their number. */
export function revisionsIn(
  graph: Graph,
  edges: readonly Pick<EdgeRow, 'kind' | 'downstream' | 'upstream'>[],
): Revision {
  const revised = new Map<bigint, bigint[]>();
  for (const { kind, downstream, upstream } of edges) {
    if (kind !== 'REVISES') continue;
    const held = revised.get(downstream);
    if (held) held.push(upstream);
    else revised.set(downstream, [upstream]);
  }
  const earlierOf = new Map<bigint, ReadonlySet<bigint>>();
  const revisedBy = (later: bigint): ReadonlySet<bigint> => {
    const held = earlierOf.get(later);
    if (held) return held;
    const seen = new Set([later]);
    for (const node of seen) for (const earlier of revised.get(node) ?? []) seen.add(earlier);
    earlierOf.set(later, seen);
    return seen;
  };
  const nodeOf = (id: bigint) => graph.nodes[graph.indexOf.get(id) ?? -1];
  return (later, earlier) => {
    if (later === earlier) return false;
    const [one, other] = [nodeOf(later), nodeOf(earlier)];
    // Datasets and models are numbered apart: the same number is the same thing within a kind only.
    if (one === undefined || other === undefined || one.kind !== other.kind) return false;
    const family = one.family ?? null;
    return (family !== null && family === (other.family ?? null)) || revisedBy(later).has(earlier);
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
  const one = sameMixture(from, to);
  const rows: MixtureDiffRow[] = [];
  const add = (group: ExposureShare, was: ExposureShare | null, is: ExposureShare | null) => {
    const [a, b] = [was ?? untold(from, group.groupKind), is ?? untold(to, group.groupKind)];
    const row = values(a, b, { one, tag: group.groupKind === 'CONTENT_TAG' });
    const revisedFrom = was !== null && was.group !== group.group ? was.group : null;
    const change = revisedFrom === null ? row.change : 'REVISED';
    const about = { groupKind: group.groupKind, group: group.group, unaccounted: false };
    rows.push({ ...compared, ...about, ...row, change, revisedFrom });
  };
  for (const share of later.values()) {
    const same = earlier.get(keyOf(share)) ?? null;
    const revised = same ?? [...removed].find((old) => isRevision(share, old, revises)) ?? null;
    if (revised) removed.delete(revised);
    add(share, revised, share);
  }
  for (const share of removed) add(share, share, null);
  rows.sort((a, b) => size(b) - size(a));
  const rest = (of: StageExposure | null) => of && { share: of.unaccounted, shareUpper: of.unaccountedUpper };
  if ((from?.unaccountedUpper ?? 0) > 0 || (to?.unaccountedUpper ?? 0) > 0) {
    const nothing = { groupKind: null, group: null, revisedFrom: null, unaccounted: true };
    rows.push({ ...compared, ...nothing, ...values(rest(from), rest(to), { one, tag: false }) });
  }
  return rows;
}

/** Whether both are one mixture, in which a share is what it is, however wide its range. */
const sameMixture = (from: StageExposure | null, to: StageExposure | null): boolean =>
  from !== null &&
  (from === to || (from.trainingRun !== null && from.trainingRun === (to?.trainingRun ?? null)));

/** The id of a tag may be that of a node, too: tags have no versions. */
const isRevision = (share: ExposureShare, old: ExposureShare, revises: Revision): boolean =>
  share.groupKind === old.groupKind && share.groupKind !== 'CONTENT_TAG' && revises(share.group, old.group);

const size = ({ difference }: MixtureDiffRow): number => (difference === null ? -1 : Math.abs(difference));

const NONE: ShareRange = { share: 0, shareUpper: 0 };
const ANYTHING: ShareRange = { share: 0, shareUpper: 1 };
const isAnything = ({ share, shareUpper }: ShareRange): boolean => share <= SAME && shareUpper >= 1 - SAME;

/** What a mixture holds of a group of which it does not tell: of a tag anything, where it has data at all. */
function untold(stage: StageExposure | null, kind: ExposureGroupKind): ShareRange | null {
  return kind === 'CONTENT_TAG' && stage !== null && !stage.noData ? ANYTHING : null;
}

/** One less the other, without what adding up fractions leaves over. */
const less = (one: number, other: number): number => (Math.abs(one - other) > SAME ? one - other : 0);

type Values = Pick<
  MixtureDiffRow,
  'from' | 'fromUpper' | 'to' | 'toUpper' | 'difference' | 'differenceLower' | 'differenceUpper' | 'change'
>;

function values(from: ShareRange | null, to: ShareRange | null, of: { one: boolean; tag: boolean }): Values {
  const [a, b] = [from ?? NONE, to ?? NONE];
  const [differenceLower, differenceUpper] = of.one
    ? [0, 0]
    : [less(b.share, a.shareUpper), less(b.shareUpper, a.share)];
  const unmeasured = of.tag && !of.one && (isAnything(a) || isAnything(b));
  const differs = differenceLower > 0 || differenceUpper < 0;
  const told = differenceLower < differenceUpper ? 'UNCERTAIN' : 'UNCHANGED';
  const known = !differs ? told : !from ? 'ADDED' : !to ? 'REMOVED' : 'REWEIGHTED';
  return {
    from: from?.share ?? null,
    fromUpper: from?.shareUpper ?? null,
    to: to?.share ?? null,
    toUpper: to?.shareUpper ?? null,
    difference: unmeasured ? null : less(b.share, a.share),
    differenceLower,
    differenceUpper,
    change: unmeasured ? 'NOT_MEASURED' : known,
  };
}
