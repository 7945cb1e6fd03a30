import type { Context } from '../../context.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import { nodeById } from '../../lineage/read-nodes.ts';
import { cutList } from '../../platform/listed.ts';
import { groupRows, loadsMany } from '../../platform/loader.ts';
import type { ImportRow } from '../import.ts';
import { evalRunsOfImport } from '../read-imports.ts';
import { type StatedDatasetRow, selectStatedDatasets } from './stated-datasets.store.ts';

export const statedDatasetsOfRun = loadsMany<Context, StatedDatasetRow>(
  'statedDatasetsOfRun',
  async (context, ids) =>
    groupRows(await selectStatedDatasets(context.db, context.viewer, ids), (row) => row.runId),
);

/** What a file names, over the runs that are shown of it, each once. */
export async function statedDatasetsOfImport(context: Context, row: ImportRow): Promise<StatedDatasetRow[]> {
  const runs = cutList(await evalRunsOfImport(context, row));
  const stated = (await Promise.all(runs.map((run) => context.load(statedDatasetsOfRun, run.id)))).flat();
  const keyOf = (one: StatedDatasetRow) =>
    JSON.stringify([one.name, one.version, one.part, String(one.recordedAs)]);
  return [...new Map(stated.map((one) => [keyOf(one), one])).values()];
}

/** What it was recorded as; null where that is nothing, or may not be seen. */
export async function recordedAs(
  context: Context,
  { recordedAs: id }: StatedDatasetRow,
): Promise<LineageNodeRow | null> {
  return id === null ? null : context.load(nodeById, id);
}
