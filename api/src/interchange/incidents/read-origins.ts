import type { Context } from '../../context.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import { nodeById } from '../../lineage/read-nodes.ts';
import { joined, listed, totalOf } from '../../platform/listed.ts';
import { groupRows, loadsMany } from '../../platform/loader.ts';
import { type ImportRow, NO_REPORT } from '../import.ts';
import { type OriginRow, selectIncidentsOfImports, selectOriginsOf } from './origin.store.ts';

export const originsOfIncident = loadsMany<Context, OriginRow>('originsOfIncident', async (context, ids) =>
  groupRows(await selectOriginsOf(context.db, context.viewer, ids), (row) => row.incidentId),
);

const broughtBy = loadsMany<Context, { importId: bigint; incidentId: bigint }>(
  'incidentsOfImport',
  async (context, ids) =>
    groupRows(await selectIncidentsOfImports(context.db, context.viewer, ids), (row) => row.importId),
);

/** The incidents that an import made or added to, and those that it found recorded already, as far as they may be seen. */
export async function incidentsOfImport(context: Context, row: ImportRow): Promise<LineageNodeRow[]> {
  const made = await context.load(broughtBy, row.id);
  const ids = made.map(({ incidentId }) => incidentId);
  const before = ((row.report ?? NO_REPORT).incidentsRecordedBefore ?? []).map(BigInt);
  const nodes = async (wanted: readonly bigint[]) =>
    (await Promise.all(wanted.map((id) => context.load(nodeById, id)))).filter((node) => node !== null);
  const own = listed(await nodes(ids), totalOf(made));
  const others = await nodes(before.filter((id) => !ids.includes(id)));
  return joined([own, others]);
}
