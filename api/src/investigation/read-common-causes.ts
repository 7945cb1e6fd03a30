import type { Context } from '../context.ts';
import type { BehaviorRow } from '../evaluation/evaluation.ts';
import { upstreamBy } from '../evaluation/read-eval-runs.ts';
import {
  behaviorsOfIncident,
  evalRunsOfIncident,
  modelVersionsOfIncident,
} from '../incident/read-incidents.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import type { Examined, ReachedApart } from '../lineage/reached-apart.ts';
import { readLots } from '../lineage/read-exposure-ranges.ts';
import { resolveRefs } from '../lineage/resolve-refs.ts';
import { listed, totalOf } from '../platform/listed.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { type ExaminedRow, type Finding, selectExamined, selectRunsOf } from './common-causes.store.ts';
import { type Cause, commonCauses } from './common-causes.ts';

export const MOST_INCIDENTS = 50;
/** Each model version has a whole lineage behind it. */
export const MOST_CASES = 200;
export const MOST_OTHERS = 300;
/** What published shares are rounded by: less is hardly known to be there. */
export const THRESHOLD = 0.001;
export const MOST_FIRST = 100;

export interface CauseView extends Cause {
  readonly comparison: ComparisonView;
}

export interface ComparisonView {
  readonly incidents: LineageNodeRow[];
  readonly behaviors: BehaviorRow[];
  readonly threshold: number;
  readonly knownOn: Date;
  readonly cases: LineageNodeRow[];
  readonly others: LineageNodeRow[];
  /** Of the model versions examined for the behaviours that are of none of the incidents. */
  readonly showing: number;
  readonly open: number;
  readonly tested: number;
  readonly causes: readonly Cause[];
  readonly apart: (Omit<ReachedApart, 'node'> & { node: LineageNodeRow })[];
}

/**
 * What the model versions behind some incidents were exposed to, and others that were examined for the same
 * behaviours and showed none of them were not: on the viewer's part of everything, as it is known now.
 */
export async function compareIncidents(
  context: Context,
  asked: { incidents: readonly string[]; threshold?: number | null },
): Promise<ComparisonView> {
  const threshold = asked.threshold ?? THRESHOLD;
  if (!(threshold >= 0 && threshold < 1))
    throw new InputRefusal(['threshold'], 'A threshold is a share.', 'from 0 to less than 1');
  const incidents = await incidentsOf(context, asked.incidents);
  const behaviors = await unionOf(incidents, (incident) => context.load(behaviorsOfIncident, incident.id));
  const all = await unionOf(incidents, (incident) => context.load(modelVersionsOfIncident, incident.id));
  const cases = all.slice(0, MOST_CASES);
  const knownOn = await context.knownOn();
  const behaviorIds = behaviors.map(({ id }) => id);
  const examined = await selectExamined(
    context.db,
    context.viewer,
    behaviorIds,
    all.map(({ id }) => id),
    MOST_OTHERS,
  );
  const of = (finding: Finding): ExaminedRow[] => examined.filter((row) => row.finding === finding);
  const read = await readLots(
    context,
    await withRuns(context, incidents, behaviorIds, [cases, of('ABSENT')]),
    knownOn,
  );
  const shown = (lot: number) => read.lots[lot]!.map(({ model }) => read.nodes.get(model)!);
  const { causes, tested } = commonCauses(
    (['SOURCE', 'CONTENT_TAG'] as const).map((by) => ({
      cases: read.ranges(0, by),
      others: read.ranges(1, by),
    })),
    threshold,
  );
  return {
    incidents,
    behaviors,
    threshold,
    knownOn,
    cases: listed(shown(0), totalOf(all)),
    others: listed(shown(1), of('ABSENT')[0]?.total ?? 0),
    showing: of('SHOWN')[0]?.total ?? 0,
    open: of('OPEN')[0]?.total ?? 0,
    tested,
    causes,
    apart: read.apart().map((reached) => ({ ...reached, node: read.nodes.get(reached.node)! })),
  };
}

async function incidentsOf(context: Context, refs: readonly string[]): Promise<LineageNodeRow[]> {
  if (refs.length === 0 || refs.length > MOST_INCIDENTS)
    throw new InputRefusal(['incidents'], `Name 1 to ${MOST_INCIDENTS} incidents.`, `1 to ${MOST_INCIDENTS}`);
  const found = await resolveRefs(
    context,
    refs.map((ref, i) => ({ ref, path: ['incidents', i], kinds: ['INCIDENT' as const] })),
  );
  return [...new Map(found.map((incident) => [incident.id, incident])).values()];
}

/** Each once, in the order found; the total is not known where one of the lists is cut. */
async function unionOf<T extends { id: bigint }>(
  incidents: readonly LineageNodeRow[],
  load: (incident: LineageNodeRow) => Promise<T[]>,
): Promise<T[]> {
  const lists = await Promise.all(incidents.map(load));
  const union = [...new Map(lists.flat().map((one) => [one.id, one])).values()];
  const whole = lists.every((one) => totalOf(one) === one.length);
  return listed(union, whole ? union.length : null);
}

/** With each model version the runs that measured the behaviours, and those in which the incidents were observed. */
async function withRuns(
  context: Context,
  incidents: readonly LineageNodeRow[],
  behaviorIds: readonly bigint[],
  lots: readonly (readonly { id: bigint }[])[],
): Promise<[Examined[], Examined[]]> {
  const runs = new Map<bigint, Set<bigint>>();
  const add = (model: bigint, run: bigint) => runs.set(model, (runs.get(model) ?? new Set()).add(run));
  const models = lots.flat().map(({ id }) => id);
  for (const { id, run } of await selectRunsOf(context.db, context.viewer, behaviorIds, models)) add(id, run);
  const observed = await unionOf(incidents, (incident) => context.load(evalRunsOfIncident, incident.id));
  await Promise.all(
    observed.map(async (run) => {
      for (const model of await upstreamBy(context, 'EVALUATED', run.id)) add(model.id, run.id);
    }),
  );
  const examined = lots.map((lot) =>
    lot.map(({ id }) => ({ model: id, evalRuns: [...(runs.get(id) ?? [])] })),
  );
  return [examined[0]!, examined[1]!];
}

/** The first of the causes. */
export function firstCauses(comparison: ComparisonView, first: number | null | undefined): CauseView[] {
  const most = first ?? 20;
  if (most < 0 || most > MOST_FIRST)
    throw new InputRefusal(['first'], `first must be from 0 to ${MOST_FIRST}.`, `0 to ${MOST_FIRST}`);
  return comparison.causes.slice(0, most).map((cause) => ({ ...cause, comparison }));
}
