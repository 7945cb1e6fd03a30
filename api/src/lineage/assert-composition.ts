import type { Change } from '../access/change.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import type { CompositionInput } from './inputs.ts';
import { retractOwn } from './may-retract.ts';
import type { LineageNodeRow } from './node.ts';
import { formatNodeRef } from './node-ref.ts';
import { compositionById, edgeById, neighboursOf } from './read-assertions.ts';
import { nodeById } from './read-nodes.ts';
import { selectHeldCompositions } from './record.store.ts';
import { recordComposition } from './record-composition.ts';
import { labelOf } from './records.ts';
import { resolveRef } from './resolve-refs.ts';
import { tellStated, toldOfComposition } from './tell-statements.ts';

/**
 * States what a thing was made of; with `replaces`, takes an earlier statement of the same thing back in the same
 * transaction. ConflictRefusal where the team states it already and does not say that it replaces it.
 */
export async function assertComposition(
  change: Change,
  input: {
    node: string;
    output?: string | null | undefined;
    composition: CompositionInput;
    replaces?: string | null | undefined;
    reason?: string | null | undefined;
  },
): Promise<{ compositionId: bigint }> {
  const { context } = change;
  const node = await resolveRef(
    { ...context, tx: change.tx },
    input.node,
    ['node'],
    ['TRAINING_RUN', 'TRANSFORMATION', 'DATASET_VERSION'],
  );
  const output = input.output == null ? null : await outputOf(change, node, input.output);
  await refuseBesideTransformation(change, node);
  const reason = input.reason ?? null;
  const earlier = input.replaces == null ? null : await takeBack(change, node.id, input.replaces, reason);
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  for (const held of await selectHeldCompositions(change.tx, by, node.id, output?.id ?? null)) {
    // A statement that a colleague made and the viewer may not see is none for them.
    if ((await context.load(compositionById, held)) === null) continue;
    throw new ConflictRefusal(
      ['replaces'],
      'Your team states already what this was made of; say which statement this one replaces.',
      { existing: { type: 'Composition', id: held } },
    );
  }
  const compositionId = await recordComposition(change, {
    node,
    output,
    kind: node.kind === 'DATASET_VERSION' ? 'DERIVED_FROM' : 'USED',
    input: input.composition,
    path: ['composition'],
    visibility: node.visibility,
  });
  const { edge = [] } = await toldOfComposition(change, node.id, compositionId);
  const tells = { edge, node: output === null ? [] : [output.id] };
  await tellStated(
    change,
    { type: 'COMPOSITION_ASSERTED', node: labelOf(node) },
    reason,
    { node, visibility: node.visibility, tells },
    earlier,
  );
  return { compositionId };
}

async function takeBack(change: Change, nodeId: bigint, replaces: string, reason: string | null) {
  const { id } = decodeGlobalId(change.context.ids, replaces, ['Composition'], ['replaces']);
  const earlier = await change.context.load(compositionById, id);
  if (earlier === null || earlier.nodeId !== nodeId)
    throw new InputRefusal(
      ['replaces'],
      'This is no statement about that thing.',
      'a composition of the node',
    );
  await retractOwn(change, 'Composition', earlier, reason, ['replaces']);
  return { ...earlier, target: 'Composition', tells: await toldOfComposition(change, nodeId, id) };
}

/** A team states either what a dataset version derives from, or what the transformation that made it read. */
async function refuseBesideTransformation(change: Change, node: LineageNodeRow): Promise<void> {
  if (node.kind !== 'DATASET_VERSION') return;
  const { context } = change;
  for (const maker of await neighboursOf(context, node.id, 'UPSTREAM', 'GENERATED_BY')) {
    const edge = await context.load(edgeById, maker.edgeId);
    const transformation = await context.load(nodeById, maker.to);
    if (edge?.teamId !== change.teamId || transformation === null) continue;
    const ref = formatNodeRef({ ...transformation, name: transformation.name ?? '' });
    throw new InputRefusal(
      ['node'],
      `${labelOf(node)} was made by a transformation: state what that read.`,
      ref,
    );
  }
}

async function outputOf(change: Change, node: LineageNodeRow, ref: string): Promise<LineageNodeRow> {
  if (node.kind !== 'TRANSFORMATION') {
    throw new InputRefusal(
      ['output'],
      'Only a transformation has outputs that are stated apart.',
      'no output, or a transformation as the node',
    );
  }
  const output = await resolveRef({ ...change.context, tx: change.tx }, ref, ['output'], ['DATASET_VERSION']);
  const made = await neighboursOf(change.context, node.id, 'DOWNSTREAM', 'GENERATED_BY');
  if (!made.some((pair) => pair.to === output.id)) {
    throw new InputRefusal(
      ['output'],
      `${labelOf(output)} is not recorded as made by ${labelOf(node)}.`,
      'a dataset version that it generated',
    );
  }
  return output;
}
