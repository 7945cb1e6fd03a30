import type { Change } from '../access/change.ts';
import { holdWidest } from '../access/hold-widest.ts';
import { reading } from '../evaluation/named-thing.ts';
import type { LineageNodeRow, VisibilityWord } from '../lineage/node.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { registerModelVersion } from '../model/register-model-version.ts';
import { NotFoundRefusal } from '../platform/refusal.ts';
import { noWiderThanHeld } from './no-wider-than-held.ts';
import type { PlannedModel } from './planned.ts';

export interface EnsuredModel {
  id: bigint;
  /** How wide a run of it may be that the team records. */
  visibility: VisibilityWord;
}

/** The model version that the name was confirmed to mean, or the one of that name, or a new one of which no training is recorded. */
export async function ensureModelVersion(
  change: Change,
  { name: model, version, confirmed }: PlannedModel,
  visibility: VisibilityWord,
): Promise<EnsuredModel> {
  if (confirmed !== undefined) {
    const id = change.context.ids.encode('ModelVersion', confirmed.id);
    return held(change, await resolveRef(reading(change), id, ['model'], ['MODEL_VERSION']));
  }
  const ref = formatNodeRef({ kind: 'MODEL_VERSION', name: model, version });
  try {
    return await held(change, await resolveRef(reading(change), ref, ['model'], ['MODEL_VERSION']));
  } catch (error) {
    // Ambiguous is not absent: nothing is made beside several things that it could be.
    if (!(error instanceof NotFoundRefusal) || error.message.includes('several things')) throw error;
  }
  const wide = await noWiderThanHeld(change, 'model', model, visibility);
  const { modelVersionId } = await registerModelVersion(change, { model, version, visibility: wide });
  return { id: modelVersionId, visibility: wide };
}

const held = async (change: Change, { id }: LineageNodeRow): Promise<EnsuredModel> => ({
  id,
  visibility: await holdWidest(change, { nodes: [id] }),
});
