import type { Change } from '../access/change.ts';
import type { Told } from '../access/guards.store.ts';
import { someSeenWithNode } from '../access/told-visibility.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import type { CompositionInput } from './inputs.ts';
import { retractOwn } from './may-retract.ts';
import type { LineageNodeRow } from './node.ts';
import { formatNodeRef } from './node-ref.ts';
import { compositionById, edgeById, neighboursOf } from './read-assertions.ts';
import { nodeById } from './read-nodes.ts';
import { selectHeldCompositions, selectInputsOf } from './record.store.ts';
import { recordComposition } from './record-composition.ts';
import { labelOf } from './records.ts';
import { resolveRef } from './resolve-refs.ts';

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
  if (input.replaces != null) {
    const { id } = decodeGlobalId(context.ids, input.replaces, ['Composition'], ['replaces']);
    const earlier = await context.load(compositionById, id);
    if (earlier === null || earlier.nodeId !== node.id) {
      throw new InputRefusal(
        ['replaces'],
        'This is no statement about that thing.',
        'a composition of the node',
      );
    }
    await retractOwn(change, 'Composition', earlier, input.reason ?? null, ['replaces']);
  }
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
  await change.event(
    {
      type: 'COMPOSITION_ASSERTED',
      node: labelOf(node),
      replaced: input.replaces != null,
      reason: input.reason ?? null,
    },
    {
      nodes: [node.id],
      visibility: node.visibility,
      tells: await toldByInputs(change, node.id, compositionId),
    },
  );
  return { compositionId };
}

/** Whoever sees none of its inputs sees no statement: so all are told of, unless one is seen by all who see the thing. */
async function toldByInputs({ tx }: Change, nodeId: bigint, compositionId: bigint): Promise<Told> {
  const inputs = await selectInputsOf(tx, compositionId);
  return (await someSeenWithNode(tx, nodeId, inputs)) ? {} : { node: inputs };
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
