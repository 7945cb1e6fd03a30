import { ExposureGroupingEnum, TrainingStageEnum, UnaccountedReasonEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { present } from '../platform/present.ts';
import {
  DatasetVersionRef,
  ExposureLossRef,
  ExposureShareRef,
  LineageEdgeRef,
  LineageNodeRef,
  ModelVersionRef,
  SourceRef,
  StageExposureRef,
  TrainingRunRef,
} from './lineage.refs.ts';
import { ExposureRef, TrainingInputRef } from './lineage-graph.refs.ts';
import { groupOf, nodeThen } from './nodes-of-groups.ts';
import { nodesByIds } from './read-nodes.ts';
import { allOn, nodeOn } from './views.ts';

const whole = (value: number | null) => (value === null ? null : BigInt(Math.round(value)));

ExposureShareRef.implement({
  description: 'The share of one source, dataset version, content tag or writing model.',
  fields: (t) => ({
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'The source, where it is one.',
      resolve: (share, _args, context) => groupOf(context, share, 'SOURCE'),
    }),
    datasetVersion: t.field({
      type: DatasetVersionRef,
      nullable: true,
      description: 'The dataset version, where it is one.',
      resolve: (share, _args, context) => groupOf(context, share, 'DATASET_VERSION'),
    }),
    generatedBy: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'The model version that wrote the text, where one did.',
      resolve: (share, _args, context) => groupOf(context, share, 'GENERATED_BY'),
    }),
    share: t.exposeFloat('share', { description: 'From 0 to 1: the least where parties differ.' }),
    shareUpper: t.exposeFloat('shareUpper', { description: 'The most where parties differ.' }),
    tokens: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'The share in tokens; null where the stage does not state its tokens.',
      resolve: (share) => whole(share.tokens),
    }),
  }),
});

ExposureLossRef.implement({
  description: 'A place where mass is lost.',
  fields: (t) => ({
    node: t.field({
      type: LineageNodeRef,
      description: 'The place.',
      resolve: async (loss, _args, context) =>
        present(await nodeThen(context, loss.node, loss.knownOn), 'The place of a loss'),
    }),
    reason: t.expose('reason', { type: UnaccountedReasonEnum, description: 'Why it is lost.' }),
    share: t.exposeFloat('share', {
      description: 'How much of the whole that is told of: the least where parties differ.',
    }),
    shareUpper: t.exposeFloat('shareUpper', { description: 'The most where parties differ.' }),
    sources: t.field({
      type: [SourceRef],
      description: 'Sources that it is known to be among, 100 at most.',
      resolve: async (loss, _args, context) =>
        (await nodesByIds(context, loss.among))
          .filter((node) => node.kind === 'SOURCE')
          .map((node) => nodeOn(node, loss.knownOn)),
    }),
  }),
});

StageExposureRef.implement({
  description: 'What a model was exposed to in one stage of its training.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    stage: t.expose('stage', {
      type: TrainingStageEnum,
      nullable: true,
      description: 'What kind of training; null where it is not recorded.',
    }),
    trainingRun: t.field({
      type: TrainingRunRef,
      nullable: true,
      description: 'The run; null where the training is not recorded.',
      resolve: (stage, _args, context) => nodeThen(context, stage.trainingRun, stage.knownOn),
    }),
    modelVersion: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'The model version that came of it, where that is one.',
      resolve: (stage, _args, context) => nodeThen(context, stage.modelVersion, stage.knownOn),
    }),
    recorded: t.exposeBoolean('recorded', { description: 'Whether the training is recorded.' }),
    tokens: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Tokens that the model had seen of this run; null where not stated.',
      resolve: (stage) => whole(stage.tokens),
    }),
    averaged: t.exposeBoolean('averaged', {
      description: 'Whether the shares are the average of a run of which the model saw a part.',
    }),
    scaled: t.exposeBoolean('scaled', {
      description: 'Whether some statement summed to a little more than 1 and was scaled.',
    }),
    shares: t.field({
      type: [ExposureShareRef],
      description: 'The largest first.',
      resolve: (stage) => allOn(stage.shares, stage.knownOn),
    }),
    unaccounted: t.exposeFloat('unaccounted', {
      description: 'What is not accounted for: the least where parties differ.',
    }),
    unaccountedUpper: t.exposeFloat('unaccountedUpper', { description: 'The most where parties differ.' }),
    losses: t.field({
      type: [ExposureLossRef],
      description: 'Where it is lost, and why.',
      resolve: (stage) => allOn(stage.losses, stage.knownOn),
    }),
    compositions: t.exposeInt('compositions', {
      description: "How many parties' statements hold of this run.",
    }),
  }),
});

ExposureRef.implement({
  description: 'What a model version was exposed to, stage by stage; stages are added only by their tokens.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    knownOn: t.expose('knownOn', { type: 'DateTime', description: 'The moment that the answer holds for.' }),
    grouping: t.field({
      type: ExposureGroupingEnum,
      description: 'What it is split by.',
      resolve: (exposure) => exposure.by,
    }),
    tokens: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'All tokens seen; null where some stage does not state them.',
      resolve: (exposure) => whole(exposure.tokens),
    }),
    tokensMissing: t.field({
      type: [StageExposureRef],
      description: 'The stages that do not state their tokens.',
      resolve: (exposure) => allOn(exposure.tokensMissing, exposure.knownOn),
    }),
    stages: t.field({
      type: [StageExposureRef],
      description: 'The earliest first.',
      resolve: (exposure) => allOn(exposure.stages, exposure.knownOn),
    }),
    pooled: t.field({
      type: [ExposureShareRef],
      nullable: true,
      description: 'Over all stages by their tokens; null where some stage does not state them.',
      resolve: (exposure) => exposure.pooled && allOn(exposure.pooled, exposure.knownOn),
    }),
  }),
});

TrainingInputRef.implement({
  description: 'A direct input of a training run.',
  fields: (t) => ({
    node: t.expose('node', { type: LineageNodeRef, description: 'The dataset version or source.' }),
    datasetVersion: t.field({
      type: DatasetVersionRef,
      nullable: true,
      description: 'The dataset version, where it is one.',
      resolve: (input) => (input.node.kind === 'DATASET_VERSION' ? input.node : null),
    }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'The source, where it is one.',
      resolve: (input) => (input.node.kind === 'SOURCE' ? input.node : null),
    }),
    edge: t.expose('edge', { type: LineageEdgeRef, description: 'The edge to it.' }),
    share: t.exposeFloat('share', { nullable: true, description: 'Its weight; null where not known.' }),
    shareUpper: t.exposeFloat('shareUpper', {
      nullable: true,
      description: 'The most where parties differ.',
    }),
    tokens: t.expose('tokens', {
      type: 'BigInt',
      nullable: true,
      description: 'Its share in tokens of the whole run; null where not known.',
    }),
    epochs: t.exposeFloat('epochs', { nullable: true, description: 'How often it was repeated, as stated.' }),
  }),
});
