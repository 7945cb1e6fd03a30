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

/** What a file names, over the runs that are shown of it, each once: what is told alike of two is one. */
export async function statedDatasetsOfImport(context: Context, row: ImportRow): Promise<StatedDatasetRow[]> {
  const runs = cutList(await evalRunsOfImport(context, row));
  const stated = (await Promise.all(runs.map((run) => context.load(statedDatasetsOfRun, run.id)))).flat();
  const told = await Promise.all(
    stated.map(async (one) => {
      const node = await recordedAs(context, one);
      return [JSON.stringify([one.name, one.version, one.part, node && String(node.id)]), one] as const;
    }),
  );
  return [...new Map(told).values()];
}

/** A name may have been given up for another, and that one again. */
const MOST_REPLACED = 10;

/** What it was recorded as, or what stands in its place now; null where that is nothing, or may not be seen. */
export async function recordedAs(
  context: Context,
  { recordedAs: id }: StatedDatasetRow,
): Promise<LineageNodeRow | null> {
  let node = id === null ? null : await context.load(nodeById, id);
  for (let i = 0; i < MOST_REPLACED && node?.retractedAt != null && node.replacedBy !== null; i += 1)
    node = await context.load(nodeById, node.replacedBy);
  return node;
}
