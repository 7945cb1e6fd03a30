import type { Change } from '../access/change.ts';
import { isWider } from '../access/narrowest.ts';
import { takenName } from '../access/taken-name.ts';
import type { CitationInput, TrainingRunInput } from '../lineage/inputs.ts';
import { namespaceOf } from '../lineage/namespace-of.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { recordClaims } from '../lineage/record-claims.ts';
import { insertEdges } from '../lineage/record-edges.ts';
import { checkName, insertNode } from '../lineage/record-node.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { ensureModelRow, improveModelRow, insertModelVersionRow } from './model.store.ts';
import { insertTrainingRun } from './record-training-run.ts';

type Maybe<T> = T | null | undefined;

export interface RegisterModelVersion {
  model: string;
  version: string;
  title?: Maybe<string>;
  developer?: Maybe<string>;
  digest?: Maybe<string>;
  releasedAt?: Maybe<Date>;
  trainedBy?: Maybe<TrainingRunInput>;
  generatedBy?: Maybe<string>;
  trainedTokens?: Maybe<bigint>;
  revises?: Maybe<string>;
  visibility?: Maybe<VisibilityWord>;
  citation?: Maybe<CitationInput>;
}

/** Records a model version with the training run that made it, in one transaction. */
export async function registerModelVersion(
  change: Change,
  input: RegisterModelVersion,
): Promise<{ modelVersionId: bigint }> {
  checkName(input.model, ['model']);
  if (input.trainedBy != null && input.generatedBy != null) {
    throw new InputRefusal(
      ['generatedBy'],
      'It was made by one run: a new one, or one that is recorded.',
      'trainedBy or generatedBy',
    );
  }
  if (input.trainedTokens != null && input.trainedTokens < 0n)
    throw new InputRefusal(['trainedTokens'], 'It cannot have seen fewer than no tokens.', 'zero or more');
  const { id: modelId, visibility } = await ensureModel(change, input);
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { model: name, version, digest } = input;
  const node = { kind: 'MODEL_VERSION' as const, name, version, digest, visibility, citationId };
  const id = await insertNode(change, node, ['model']);
  await insertModelVersionRow(change.tx, id, modelId);
  const madeBy = await runOf(change, input, citationId, visibility);
  const claims = {
    RELEASED_AT: input.releasedAt,
    TRAINED_TOKENS: madeBy === null ? input.trainedTokens : null,
  };
  await recordClaims(change, id, claims, citationId, visibility);
  if (madeBy !== null) {
    const stated = input.trainedTokens == null ? null : Number(input.trainedTokens);
    const edge = {
      kind: 'GENERATED_BY' as const,
      downstream: id,
      upstream: madeBy,
      amount: stated,
      amountUnit: stated === null ? null : ('TOKENS' as const),
      citationId,
      visibility,
    };
    await insertEdges(change, [edge], () => [input.trainedBy == null ? 'generatedBy' : 'trainedBy']);
  }
  if (input.revises != null) {
    const scope = { ...change.context, tx: change.tx };
    const earlier = await resolveRef(scope, input.revises, ['revises'], ['MODEL_VERSION']);
    const edge = { kind: 'REVISES' as const, downstream: id, upstream: earlier.id, citationId, visibility };
    await insertEdges(change, [edge], () => ['revises']);
  }
  await change.event(
    {
      type: 'MODEL_VERSION_REGISTERED',
      ref: `${name}@${version}`,
      trainingRun: input.trainedBy?.name ?? input.generatedBy ?? null,
    },
    { nodes: [id], visibility, tells: { node: madeBy === null ? [] : [madeBy] } },
  );
  return { modelVersionId: id };
}

async function runOf(
  change: Change,
  input: RegisterModelVersion,
  citationId: bigint | null,
  visibility: VisibilityWord,
): Promise<bigint | null> {
  if (input.trainedBy != null)
    return insertTrainingRun(change, input.trainedBy, ['trainedBy'], citationId, visibility);
  if (input.generatedBy == null) return null;
  const scope = { ...change.context, tx: change.tx };
  return (await resolveRef(scope, input.generatedBy, ['generatedBy'], ['TRAINING_RUN'])).id;
}

/** The model, made where it is new; shown as widely as its widest version. */
async function ensureModel(
  change: Change,
  input: RegisterModelVersion,
): Promise<{ id: bigint; visibility: VisibilityWord }> {
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const described = { title: input.title ?? null, developer: input.developer ?? null };
  const model = await ensureModelRow(change.tx, change.by, by, {
    namespace: await namespaceOf(change),
    name: input.model,
    ...described,
    visibility: input.visibility ?? 'MEMBERS',
  });
  if (!model.seen) throw takenName(['model'], input.model);
  const visibility = input.visibility ?? model.visibility;
  const widened = isWider(visibility, model.visibility) ? visibility : model.visibility;
  if (described.title !== null || described.developer !== null || widened !== model.visibility)
    await improveModelRow(change.tx, model.id, { ...described, visibility: widened });
  return { id: model.id, visibility };
}
