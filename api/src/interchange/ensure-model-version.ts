import type { Change } from '../access/change.ts';
import { reading } from '../evaluation/named-thing.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { insertNode } from '../lineage/record-node.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { NotFoundRefusal } from '../platform/refusal.ts';
import type { PlannedModel } from './import-plan.ts';

export interface EnsuredModel {
  id: bigint;
  visibility: VisibilityWord;
}

/** The model version of that name, or a new one of which no training is recorded. */
export async function ensureModelVersion(
  change: Change,
  model: PlannedModel,
  visibility: VisibilityWord,
): Promise<EnsuredModel> {
  const ref = formatNodeRef({ kind: 'MODEL_VERSION', ...model });
  try {
    return await resolveRef(reading(change), ref, ['model'], ['MODEL_VERSION']);
  } catch (error) {
    if (!(error instanceof NotFoundRefusal)) throw error;
  }
  const id = await insertNode(change, { kind: 'MODEL_VERSION', ...model, visibility }, ['model']);
  const { namespace } = await change.tx.team.findUniqueOrThrow({
    where: { id: change.teamId },
    select: { namespace: true },
  });
  const { id: modelId } = await change.tx.model.upsert({
    where: { namespace_name: { namespace, name: model.name } },
    create: { namespace, name: model.name, visibility, teamId: change.teamId, actorId: change.by.actorId },
    update: {},
    select: { id: true },
  });
  await change.tx.modelVersion.create({ data: { nodeId: id, modelId }, select: { nodeId: true } });
  await change.event(
    { type: 'MODEL_VERSION_REGISTERED', ref, trainingRun: null },
    { nodes: [id], visibility },
  );
  return { id, visibility };
}
