import type { Context } from '../context.ts';
import type { MeasurementRow } from '../evaluation/evaluation.ts';
import { measurementsOfRun } from '../evaluation/read-eval-runs.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import type { SeenNow } from '../lineage/resident/seen-now.ts';
import { MOST_LISTED, totalOf } from '../platform/listed.ts';

/** A list that is too long to be shown whole, or something that memory does not know: the lists are then read one by one. */
export class NotAtOnce extends Error {}

function upstream(memory: SeenNow, kind: Parameters<SeenNow['upstream']>[1], id: bigint): bigint[] {
  const found = memory.upstream(id, kind);
  if (found === undefined || found.length > MOST_LISTED) throw new NotAtOnce();
  return found;
}

/** The same as `modelVersionsOfIncident` of each incident, from memory; throws NotAtOnce. */
export function modelVersionsOfMany(memory: SeenNow, incidents: readonly bigint[]): LineageNodeRow[][] {
  const rows = new Map<bigint, LineageNodeRow>();
  const row = (id: bigint): LineageNodeRow => {
    const held = rows.get(id) ?? memory.node(id);
    if (held === undefined) throw new NotAtOnce();
    rows.set(id, held);
    return held;
  };
  return incidents.map((incident) => {
    const ids = new Set(upstream(memory, 'EXHIBITED_BY', incident));
    for (const run of upstream(memory, 'OBSERVED_IN', incident))
      for (const model of upstream(memory, 'EVALUATED', run)) ids.add(model);
    if (ids.size > MOST_LISTED) throw new NotAtOnce();
    return [...ids].map(row);
  });
}

/** The same as `measurementsOfIncident` of each incident, in one statement; rejects with NotAtOnce. */
export async function measurementsOfMany(
  context: Context,
  memory: SeenNow,
  incidents: readonly bigint[],
): Promise<MeasurementRow[][]> {
  const runs = incidents.map((incident) => upstream(memory, 'OBSERVED_IN', incident));
  const lists = await Promise.all(
    runs.map((ids) => Promise.all(ids.map((id) => context.load(measurementsOfRun, id)))),
  );
  return lists.map((ofRuns) => {
    const all = ofRuns.flat();
    if (all.length > MOST_LISTED || ofRuns.some((list) => totalOf(list) !== list.length))
      throw new NotAtOnce();
    return all;
  });
}
