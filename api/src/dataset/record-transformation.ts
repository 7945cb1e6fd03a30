import type { Change } from '../access/change.ts';
import { holdNarrowest } from '../access/hold-widest.ts';
import type { CitationInput, TransformationInput } from '../lineage/inputs.ts';
import type { TransformationEffect } from '../lineage/kinds.ts';
import type { LineageNodeRow, VisibilityWord } from '../lineage/node.ts';
import { neighboursOf } from '../lineage/read-assertions.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { recordComposition } from '../lineage/record-composition.ts';
import { type EdgeToRecord, insertEdges } from '../lineage/record-edges.ts';
import { insertNode } from '../lineage/record-node.ts';
import { labelOf } from '../lineage/records.ts';
import { resolveRef, resolveRefs } from '../lineage/resolve-refs.ts';
import { retractDerivations } from '../lineage/retract-derivations.ts';
import { ConflictRefusal, type InputPath } from '../platform/refusal.ts';
import { insertTransformationRow } from './dataset.store.ts';

/** Records a transformation by itself; what it read and made is said of it later. */
export async function recordBareTransformation(
  change: Change,
  input: { name: string; effect: TransformationEffect; visibility: VisibilityWord },
): Promise<{ transformationId: bigint }> {
  const { name, effect, visibility } = input;
  const id = await insertNode(change, { kind: 'TRANSFORMATION', name, visibility });
  await insertTransformationRow(change.tx, { id, effect, code: null, config: null, occurredAt: null });
  await change.event(
    { type: 'TRANSFORMATION_RECORDED', ref: name, output: null },
    { nodes: [id], visibility },
  );
  return { transformationId: id };
}

/** Records what made a dataset version, with what it read; as widely visible as that version. */
export async function insertTransformation(
  change: Change,
  output: Pick<LineageNodeRow, 'id' | 'visibility'>,
  input: TransformationInput,
  path: InputPath,
  citationId: bigint | null,
): Promise<bigint> {
  const { visibility } = output;
  const id = await insertNode(change, { kind: 'TRANSFORMATION', name: input.name, visibility, citationId }, [
    ...path,
    'name',
  ]);
  await insertTransformationRow(change.tx, {
    id,
    effect: input.effect,
    code: input.code ?? null,
    config: input.config ?? null,
    occurredAt: input.occurredAt ?? null,
  });
  await recordComposition(change, {
    node: { id, kind: 'TRANSFORMATION' },
    kind: 'USED',
    input: input.composition,
    path: [...path, 'composition'],
    visibility,
    occurredAt: input.occurredAt ?? null,
  });
  const writers = input.synthesizedBy ?? [];
  const writerPath = (i: number): InputPath => [...path, 'synthesizedBy', i];
  const models = await resolveRefs(
    { ...change.context, tx: change.tx },
    writers.map((ref, i) => ({ ref, path: writerPath(i), kinds: ['MODEL_VERSION'] as const })),
  );
  const common = { citationId, visibility, occurredAt: input.occurredAt ?? null };
  const edges: EdgeToRecord[] = [
    ...models.map((model) => ({
      kind: 'SYNTHESIZED_BY' as const,
      downstream: id,
      upstream: model.id,
      ...common,
    })),
    { kind: 'GENERATED_BY', downstream: output.id, upstream: id, ...common },
  ];
  await insertEdges(change, edges, (i) => (i < models.length ? writerPath(i) : [...path, 'name']));
  return id;
}

/**
 * Records what made a dataset version that is recorded already; the team's derivations of it are taken back in the
 * same transaction. ConflictRefusal where a transformation is recorded.
 */
export async function recordTransformation(
  change: Change,
  input: { output: string; transformation: TransformationInput; citation?: CitationInput | null | undefined },
): Promise<{ transformationId: bigint }> {
  const { context } = change;
  const output = await resolveRef(
    { ...context, tx: change.tx },
    input.output,
    ['output'],
    ['DATASET_VERSION'],
  );
  const [maker] = await neighboursOf(context, output.id, 'UPSTREAM', 'GENERATED_BY');
  if (maker !== undefined) {
    throw new ConflictRefusal(['output'], `What made ${labelOf(output)} is recorded already.`, {
      existing: { type: 'Transformation', id: maker.to },
    });
  }
  const visibility = await holdNarrowest(change, [output.id]);
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  await retractDerivations(change, output.id);
  const path = ['transformation'];
  // As wide as the output is by now, which may have been narrowed while this waited to hold it.
  const held = { ...output, visibility };
  const id = await insertTransformation(change, held, input.transformation, path, citationId);
  await change.event(
    {
      type: 'TRANSFORMATION_RECORDED',
      ref: input.transformation.name,
      output: labelOf(output),
    },
    { nodes: [id, output.id], visibility, tells: { node: [id, output.id] } },
  );
  return { transformationId: id };
}
