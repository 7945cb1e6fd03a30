import type { Change } from '../access/change.ts';
import { type InputPath, InputRefusal } from '../platform/refusal.ts';
import { compositionProblems } from './composition-input.ts';
import { selectCounts } from './facts.store.ts';
import type { CompositionInput } from './inputs.ts';
import type { LineageNodeRow, VisibilityWord } from './node.ts';
import { insertCompositionRow } from './record.store.ts';
import { recordCitation } from './record-citation.ts';
import { insertEdges } from './record-edges.ts';
import { resolveRefs } from './resolve-refs.ts';

/**
 * Records one party's statement of what a node, or one output of it, was made of, with an edge for each input.
 * Everything wrong with it is refused at its place below `path`: unknown references, wrong units, sums past 1.
 */
export async function recordComposition(
  change: Change,
  statement: {
    node: Pick<LineageNodeRow, 'id' | 'kind'>;
    output?: Pick<LineageNodeRow, 'id'> | null;
    kind: 'USED' | 'DERIVED_FROM';
    input: CompositionInput;
    path: InputPath;
    visibility: VisibilityWord;
    occurredAt?: Date | null;
  },
): Promise<bigint> {
  const { input, path } = statement;
  if (input.inputs.length === 0 && !(input.complete && statement.node.kind === 'TRAINING_RUN')) {
    throw new InputRefusal(
      [...path, 'inputs'],
      'A composition names at least one input.',
      'inputs; only a training run may declare, with complete, that it used none',
    );
  }
  const { viewer, ids, db } = change.context;
  const inputs = await resolveRefs(
    { viewer, ids, db, tx: change.tx },
    input.inputs.map((item, i) => ({
      ref: item.of,
      path: [...path, 'inputs', i, 'of'],
      kinds: ['DATASET_VERSION', 'SOURCE'] as const,
    })),
  );
  const counts = await selectCounts(
    change.tx,
    viewer,
    inputs.map((node) => node.id),
  );
  const [problem] = compositionProblems({
    unit: input.unit,
    basis: input.basis,
    total: input.total ?? null,
    complete: input.complete,
    inputs: input.inputs.map((item, i) => ({
      of: inputs[i]!.id,
      amount: item.amount ?? null,
      unit: item.unit ?? null,
      epochs: item.epochs ?? null,
      counts: counts.get(inputs[i]!.id) ?? [],
    })),
  });
  if (problem) throw new InputRefusal([...path, ...problem.path], problem.message, problem.expected);
  const citationId = await recordCitation(
    change,
    input.citation,
    [...path, 'citation'],
    statement.visibility,
  );
  const id = await insertCompositionRow(
    change.tx,
    { teamId: change.teamId, actorId: change.by.actorId },
    {
      nodeId: statement.node.id,
      outputId: statement.output?.id ?? null,
      unit: input.unit,
      basis: input.basis,
      total: input.total ?? null,
      complete: input.complete,
      citationId,
      visibility: statement.visibility,
    },
  );
  await insertEdges(
    change,
    input.inputs.map((item, i) => ({
      kind: statement.kind,
      downstream: statement.node.id,
      upstream: inputs[i]!.id,
      compositionId: id,
      amount: item.amount ?? null,
      amountUnit: item.amount == null ? null : (item.unit ?? input.unit),
      epochs: item.epochs ?? null,
      citationId,
      occurredAt: statement.occurredAt ?? null,
      visibility: statement.visibility,
    })),
    (i) => [...path, 'inputs', i, 'of'],
  );
  return id;
}
