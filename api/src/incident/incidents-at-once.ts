import type { Context } from '../context.ts';
import type { BriefMeasurement, MeasurementRow } from '../evaluation/evaluation.ts';
import { briefMeasurementsOfRuns, measurementsOfRun } from '../evaluation/read-eval-runs.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import type { SeenNow } from '../lineage/resident/seen-now.ts';
import { MOST_LISTED, totalOf } from '../platform/listed.ts';

/** A list that is too long to be shown whole, or something that memory does not know: the lists are then read one by one. */
export class NotAtOnce extends Error {}

/** Measurements of a list in brief: more than these are read run by run. */
const MOST_BRIEF = 10_000;

function upstream(memory: SeenNow, kind: Parameters<SeenNow['upstream']>[1], id: bigint): bigint[] {
  const found = memory.upstream(id, kind);
  if (found === undefined || found.length > MOST_LISTED) throw new NotAtOnce();
  return found;
}

/** The eval runs that each incident was observed in; throws NotAtOnce. */
export const runsOfMany = (memory: SeenNow, incidents: readonly bigint[]): bigint[][] =>
  incidents.map((incident) => upstream(memory, 'OBSERVED_IN', incident));

/** The same as `modelVersionsOfIncident` of each incident with these runs, from memory; throws NotAtOnce. */
export function modelVersionsOfMany(
  memory: SeenNow,
  incidents: readonly bigint[],
  runs: readonly (readonly bigint[])[],
): LineageNodeRow[][] {
  const rows = new Map<bigint, LineageNodeRow>();
  const row = (id: bigint): LineageNodeRow => {
    const held = rows.get(id) ?? memory.node(id);
    if (held === undefined) throw new NotAtOnce();
    rows.set(id, held);
    return held;
  };
  return incidents.map((incident, i) => {
    const ids = new Set(upstream(memory, 'EXHIBITED_BY', incident));
    for (const run of runs[i]!) for (const model of upstream(memory, 'EVALUATED', run)) ids.add(model);
    if (ids.size > MOST_LISTED) throw new NotAtOnce();
    return [...ids].map(row);
  });
}

/** The same as `measurementsOfIncident` of each incident with these runs, in one statement; rejects with NotAtOnce. */
export async function measurementsOfMany(
  context: Context,
  runs: readonly (readonly bigint[])[],
): Promise<MeasurementRow[][]> {
  const lists = await Promise.all(
    runs.map((ids) => Promise.all(ids.map((id) => context.load(measurementsOfRun, id)))),
  );
  return lists.map((ofRuns) => {
    if (ofRuns.some((list) => totalOf(list) !== list.length)) throw new NotAtOnce();
    return together(ofRuns);
  });
}

/** The same, of which less is read. */
export async function briefMeasurementsOfMany(
  context: Context,
  runs: readonly (readonly bigint[])[],
): Promise<BriefMeasurement[][]> {
  const ids = new Set(runs.flat());
  const found = ids.size === 0 ? new Map() : await briefMeasurementsOfRuns(context, [...ids], MOST_BRIEF);
  if (found === null) throw new NotAtOnce();
  return runs.map((ofIncident) => together(ofIncident.map((run) => found.get(run) ?? [])));
}

function together<R>(lists: readonly (readonly R[])[]): R[] {
  const all = lists.flat();
  if (all.length > MOST_LISTED) throw new NotAtOnce();
  return all;
}
