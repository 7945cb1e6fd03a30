import type { Change } from '../access/change.ts';
import { registerDatasetVersion } from '../dataset/register-dataset-version.ts';
import { reading } from '../evaluation/named-thing.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { ConflictRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { selectHidden } from './import.store.ts';
import { noWiderThanHeld } from './no-wider-than-held.ts';
import type { PlannedDataset } from './planned.ts';

export type EnsuredDataset = { id: bigint; refused?: undefined } | { id: null; refused: string };

/**
 * The dataset version of that name and revision, by alias too, or a new one of which no origin is recorded. What is
 * ambiguous, or taken by what the importer may not see, is refused with a sentence: a run is evidence without it as well.
 */
export async function ensureDatasetVersion(
  change: Change,
  { name: dataset, version }: PlannedDataset,
  visibility: VisibilityWord,
): Promise<EnsuredDataset> {
  const ref = formatNodeRef({ kind: 'DATASET_VERSION', name: dataset, version });
  try {
    return { id: (await resolveRef(reading(change), ref, ['dataset'], ['DATASET_VERSION'])).id };
  } catch (error) {
    if (!(error instanceof NotFoundRefusal)) throw error;
    if (error.message.includes('several things'))
      return { id: null, refused: `${ref} means several things: the run is linked to none of them.` };
  }
  const unseen = `The name ${ref} is taken by something that you may not see: the run is linked to no dataset of that name.`;
  const hidden = await selectHidden(change.tx, change.context.viewer, change.teamId, { dataset: [dataset] });
  if (hidden.length > 0) return { id: null, refused: unseen };
  try {
    const wide = await noWiderThanHeld(change, 'dataset', dataset, visibility);
    const input = { dataset, version, visibility: wide };
    return { id: (await registerDatasetVersion(change, input)).datasetVersionId };
  } catch (error) {
    // Who came between, a moment ago, has broken the transaction off: that is no name that was taken before.
    if (!(error instanceof ConflictRefusal) || error.existing === null) throw error;
    return { id: null, refused: unseen };
  }
}
