import type { Change } from '../access/change.ts';
import type { CitationInput, TrainingRunInput } from '../lineage/inputs.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { recordClaims } from '../lineage/record-claims.ts';
import { recordComposition } from '../lineage/record-composition.ts';
import { insertEdges } from '../lineage/record-edges.ts';
import { insertNode } from '../lineage/record-node.ts';
import { resolveRefs } from '../lineage/resolve-refs.ts';
import { type InputPath, InputRefusal } from '../platform/refusal.ts';
import { insertTrainingRunRow } from './model.store.ts';

const BASES = ['MODEL_VERSION', 'TRAINING_RUN'] as const;
const MODELS = ['MODEL_VERSION'] as const;

/** Records one stage of training with its data and the models behind it; every refusal stands below `path`. */
export async function insertTrainingRun(
  change: Change,
  input: TrainingRunInput,
  path: InputPath,
  citationId: bigint | null,
  visibility: VisibilityWord,
): Promise<bigint> {
  if (input.tokens != null && input.tokens < 0n)
    throw new InputRefusal(
      [...path, 'tokens'],
      `It cannot have seen ${input.tokens} tokens.`,
      'zero or more',
    );
  const bases = input.initializedFrom ?? [];
  if (bases.length > 0 && input.startedFrom !== 'MODEL') {
    throw new InputRefusal(
      [...path, 'startedFrom'],
      'A run that was initialised from a model did start from one.',
      'MODEL',
    );
  }
  const id = await insertNode(change, { kind: 'TRAINING_RUN', name: input.name, visibility, citationId }, [
    ...path,
    'name',
  ]);
  await insertTrainingRunRow(change.tx, {
    id,
    stage: input.stage,
    objective: input.objective ?? null,
    startedFrom: input.startedFrom,
    occurredAt: input.occurredAt ?? null,
  });
  await recordClaims(change, id, { TOKENS: input.tokens }, citationId, visibility);
  if (input.composition != null) {
    await recordComposition(change, {
      node: { id, kind: 'TRAINING_RUN' },
      kind: 'USED',
      input: input.composition,
      path: [...path, 'composition'],
      visibility,
      occurredAt: input.occurredAt ?? null,
    });
  }
  const wanted = [
    ...named('INITIALIZED_FROM', bases, [...path, 'initializedFrom'], BASES),
    ...named('REWARDED_BY', input.rewardedBy ?? [], [...path, 'rewardedBy'], MODELS),
    ...named('DISTILLED_FROM', input.distilledFrom ?? [], [...path, 'distilledFrom'], MODELS),
  ];
  const nodes = await resolveRefs({ ...change.context, tx: change.tx }, wanted);
  await insertEdges(
    change,
    nodes.map((node, i) => ({
      kind: wanted[i]!.edge,
      downstream: id,
      upstream: node.id,
      citationId,
      visibility,
      occurredAt: input.occurredAt ?? null,
    })),
    (i) => wanted[i]!.path,
  );
  return id;
}

function named<E extends string, K>(edge: E, refs: readonly string[], path: InputPath, kinds: K) {
  return refs.map((ref, i) => ({ edge, ref, path: [...path, i], kinds }));
}

/** Records a training run whose model versions are registered later, or not at all. */
export async function recordTrainingRun(
  change: Change,
  input: {
    trainingRun: TrainingRunInput;
    visibility?: VisibilityWord | null | undefined;
    citation?: CitationInput | null | undefined;
  },
): Promise<{ trainingRunId: bigint }> {
  const visibility = input.visibility ?? 'MEMBERS';
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { trainingRun } = input;
  const id = await insertTrainingRun(change, trainingRun, ['trainingRun'], citationId, visibility);
  await change.event(
    { type: 'TRAINING_RUN_RECORDED', ref: trainingRun.name, stage: trainingRun.stage },
    { nodes: [id], visibility },
  );
  return { trainingRunId: id };
}
