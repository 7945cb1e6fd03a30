import { builder } from '../graphql/builder.ts';
import { VisibilityEnum } from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { ModelVersionRef, TrainingRunRef } from '../lineage/lineage.refs.ts';
import { CitationInputRef, TrainingRunInputRef } from '../lineage/lineage-inputs.refs.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present } from '../platform/present.ts';
import { recordTrainingRun } from './record-training-run.ts';
import { registerModelVersion } from './register-model-version.ts';

const IDEMPOTENCY =
  'The same key with the same input within 24 hours gives the same answer; with another input it is refused.';
const CITATION = 'Where it is described.';

defineMutation({
  name: 'registerModelVersion',
  description: 'Records a model version with the training run that made it and its data, in one call.',
  input: builder.inputType('RegisterModelVersionInput', {
    description: 'A model version.',
    fields: (t) => ({
      model: t.string({ required: true, description: 'The name of the model, made where it is new.' }),
      version: t.string({ required: true, description: 'The version.' }),
      title: t.string({ description: "The model's title." }),
      developer: t.string({ description: 'Who made the model.' }),
      digest: t.string({ description: 'A digest of the weights.' }),
      releasedAt: t.field({ type: 'DateTime', description: 'When it was released.' }),
      trainedBy: t.field({
        type: TrainingRunInputRef,
        description: 'The run that made it, recorded with it.',
      }),
      generatedBy: t.field({ type: 'NodeRef', description: 'The run that made it, recorded already.' }),
      trainedTokens: t.field({
        type: 'BigInt',
        description: 'Tokens that its run had seen by then, for a checkpoint.',
      }),
      revises: t.field({ type: 'NodeRef', description: 'The earlier version that it replaces.' }),
      visibility: t.field({
        type: VisibilityEnum,
        description: "Who may see it: whoever may see the model where left out; a new model's are members.",
      }),
      citation: t.field({ type: CitationInputRef, description: CITATION }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: registerModelVersion,
  success: (t) => ({
    modelVersion: t.field({
      type: ModelVersionRef,
      description: 'The model version as recorded.',
      resolve: async (made, _args, context) =>
        present(await context.load(nodeById, made.modelVersionId), 'The model version'),
    }),
  }),
});

defineMutation({
  name: 'recordTrainingRun',
  description: 'Records a stage of training without a model version that it made.',
  input: builder.inputType('RecordTrainingRunInput', {
    description: 'A training run.',
    fields: (t) => ({
      trainingRun: t.field({ type: TrainingRunInputRef, required: true, description: 'The run.' }),
      visibility: t.field({ type: VisibilityEnum, description: 'Who may see it: members where left out.' }),
      citation: t.field({ type: CitationInputRef, description: CITATION }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: recordTrainingRun,
  success: (t) => ({
    trainingRun: t.field({
      type: TrainingRunRef,
      description: 'The training run as recorded.',
      resolve: async (made, _args, context) =>
        present(await context.load(nodeById, made.trainingRunId), 'The training run'),
    }),
  }),
});
