import { builder } from '../graphql/builder.ts';
import { AmountUnitEnum, ContentMeasurementMethodEnum, VisibilityEnum } from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { DatasetVersionRef, SourceRef, TransformationRef } from '../lineage/lineage.refs.ts';
import {
  CitationInputRef,
  CompositionInputRef,
  TransformationInputRef,
} from '../lineage/lineage-inputs.refs.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present } from '../platform/present.ts';
import { ContentMeasurementRef } from './dataset.refs.ts';
import { contentMeasurementById } from './read-datasets.ts';
import { recordContentMeasurement } from './record-content-measurement.ts';
import { recordTransformation } from './record-transformation.ts';
import { registerDatasetVersion } from './register-dataset-version.ts';
import { registerSource } from './register-source.ts';

const IDEMPOTENCY =
  'The same key with the same input within 24 hours gives the same answer; with another input it is refused.';
const CITATION = 'Where it is described.';

defineMutation({
  name: 'registerSource',
  description: 'Records where data first came from.',
  input: builder.inputType('RegisterSourceInput', {
    description: 'A source.',
    fields: (t) => ({
      name: t.string({ required: true, description: "Its name, unique in the team's namespace." }),
      title: t.string({ description: 'Its title.' }),
      description: t.string({ description: 'What it is.' }),
      url: t.string({ description: 'Where to find it: http or https.' }),
      license: t.string({ description: 'Its licence.' }),
      visibility: t.field({ type: VisibilityEnum, description: 'Who may see it: members where left out.' }),
      citation: t.field({ type: CitationInputRef, description: CITATION }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: registerSource,
  success: (t) => ({
    source: t.field({
      type: SourceRef,
      description: 'The source as recorded.',
      resolve: async (made, _args, context) =>
        present(await context.load(nodeById, made.sourceId), 'The source'),
    }),
  }),
});

defineMutation({
  name: 'registerDatasetVersion',
  description: 'Records a dataset version with where it came from, in one call.',
  input: builder.inputType('RegisterDatasetVersionInput', {
    description: 'A dataset version.',
    fields: (t) => ({
      dataset: t.string({ required: true, description: 'The name of the dataset, made where it is new.' }),
      version: t.string({ required: true, description: 'The version.' }),
      title: t.string({ description: "The dataset's title." }),
      description: t.string({ description: 'What the dataset is.' }),
      digest: t.string({ description: 'A digest of the content.' }),
      documents: t.field({ type: 'BigInt', description: 'How many documents.' }),
      rows: t.field({ type: 'BigInt', description: 'How many rows.' }),
      bytes: t.field({ type: 'BigInt', description: 'How many bytes.' }),
      tokens: t.field({ type: 'BigInt', description: 'How many tokens.' }),
      license: t.string({ description: 'Its licence.' }),
      releasedAt: t.field({ type: 'DateTime', description: 'When it was released.' }),
      derivedFrom: t.field({
        type: CompositionInputRef,
        description: 'What it was made of, where no transformation is known.',
      }),
      transformation: t.field({ type: TransformationInputRef, description: 'What made it.' }),
      synthesizedBy: t.field({ type: ['NodeRef'], description: 'Model versions that wrote its text.' }),
      revises: t.field({ type: 'NodeRef', description: 'The earlier version that it replaces.' }),
      visibility: t.field({
        type: VisibilityEnum,
        description:
          "Who may see it: whoever may see the dataset where left out; a new dataset's are members.",
      }),
      citation: t.field({ type: CitationInputRef, description: CITATION }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: registerDatasetVersion,
  success: (t) => ({
    datasetVersion: t.field({
      type: DatasetVersionRef,
      description: 'The dataset version as recorded.',
      resolve: async (made, _args, context) =>
        present(await context.load(nodeById, made.datasetVersionId), 'The dataset version'),
    }),
  }),
});

defineMutation({
  name: 'recordTransformation',
  description: "Records what made a dataset version; the team's own derivations of it are retracted.",
  input: builder.inputType('RecordTransformationInput', {
    description: 'A transformation and what it made.',
    fields: (t) => ({
      output: t.field({ type: 'NodeRef', required: true, description: 'The dataset version that it made.' }),
      transformation: t.field({
        type: TransformationInputRef,
        required: true,
        description: 'The transformation.',
      }),
      citation: t.field({ type: CitationInputRef, description: CITATION }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: recordTransformation,
  success: (t) => ({
    transformation: t.field({
      type: TransformationRef,
      description: 'The transformation as recorded.',
      resolve: async (made, _args, context) =>
        present(await context.load(nodeById, made.transformationId), 'The transformation'),
    }),
  }),
});

defineMutation({
  name: 'recordContentMeasurement',
  description: 'Records how much of a dataset version carries a content tag, which is made where it is new.',
  input: builder.inputType('RecordContentMeasurementInput', {
    description: 'A content measurement.',
    fields: (t) => ({
      datasetVersion: t.field({ type: 'NodeRef', required: true, description: 'Of what.' }),
      tag: t.string({ required: true, description: 'The content tag, such as fiction/dystopian-ai.' }),
      fraction: t.float({ required: true, description: 'How much, from 0 to 1.' }),
      lower: t.float({ description: 'The lower bound of its interval.' }),
      upper: t.float({ description: 'The upper bound of its interval.' }),
      level: t.float({ description: 'The level of the interval, such as 0.95.' }),
      unit: t.field({ type: AmountUnitEnum, required: true, description: 'What it is a fraction of.' }),
      method: t.field({
        type: ContentMeasurementMethodEnum,
        required: true,
        description: 'How it was measured.',
      }),
      methodVersion: t.string({ description: 'By which version of the method.' }),
      sampleSize: t.int({ description: 'How many were looked at.' }),
      measuredAt: t.field({ type: 'DateTime', description: 'When.' }),
      citation: t.field({ type: CitationInputRef, description: 'Where it comes from.' }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: recordContentMeasurement,
  success: (t) => ({
    contentMeasurement: t.field({
      type: ContentMeasurementRef,
      description: 'The measurement as recorded.',
      resolve: async (made, _args, context) =>
        present(await context.load(contentMeasurementById, made.contentMeasurementId), 'The measurement'),
    }),
  }),
});
