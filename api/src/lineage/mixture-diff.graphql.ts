import { builder } from '../graphql/builder.ts';
import { ExposureGroupingEnum, MixtureChangeEnum, TrainingStageEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import {
  DatasetVersionRef,
  LineageNodeRef,
  MixtureDiffRowRef,
  ModelVersionRef,
  SourceRef,
  TrainingRunRef,
} from './lineage.refs.ts';
import { MixtureDiffRef } from './lineage-graph.refs.ts';
import { KNOWN_ON } from './lineage-node.graphql.ts';
import { groupOf, nodeThen } from './nodes-of-groups.ts';
import { readMixtureDiff } from './read-mixture-diff.ts';
import { resolveRefs } from './resolve-refs.ts';
import { allOn } from './views.ts';

MixtureDiffRowRef.implement({
  description: 'How one group differs between two mixtures.',
  fields: (t) => ({
    stage: t.expose('stage', { type: TrainingStageEnum, nullable: true, description: 'In which stage.' }),
    fromRun: t.field({
      type: TrainingRunRef,
      nullable: true,
      description:
        'The training run compared, in the first; null where it has no such stage, or none recorded.',
      resolve: (row, _args, context) => nodeThen(context, row.fromRun, row.knownOn),
    }),
    toRun: t.field({
      type: TrainingRunRef,
      nullable: true,
      description:
        'The training run compared, in the second; null where it has no such stage, or none recorded.',
      resolve: (row, _args, context) => nodeThen(context, row.toRun, row.knownOn),
    }),
    ordinal: t.int({
      description: 'The first, second… stage of its kind, from 1: several are compared in their order.',
      resolve: (row) => row.ordinal + 1,
    }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'The source, where it is one.',
      resolve: (row, _args, context) => groupOf(context, row, 'SOURCE'),
    }),
    datasetVersion: t.field({
      type: DatasetVersionRef,
      nullable: true,
      description: 'The dataset version, where it is one.',
      resolve: (row, _args, context) => groupOf(context, row, 'DATASET_VERSION'),
    }),
    generatedBy: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'The model version that wrote the text, where one did.',
      resolve: (row, _args, context) => groupOf(context, row, 'GENERATED_BY'),
    }),
    unaccounted: t.exposeBoolean('unaccounted', { description: 'Whether it is what is not accounted for.' }),
    from: t.exposeFloat('from', {
      nullable: true,
      description: 'The share in the first, the least where it is a range; null where absent.',
    }),
    fromUpper: t.exposeFloat('fromUpper', {
      nullable: true,
      description: 'The most that it can be in the first; null where absent.',
    }),
    to: t.exposeFloat('to', {
      nullable: true,
      description: 'The share in the second, the least where it is a range; null where absent.',
    }),
    toUpper: t.exposeFloat('toUpper', {
      nullable: true,
      description: 'The most that it can be in the second; null where absent.',
    }),
    difference: t.exposeFloat('difference', {
      nullable: true,
      description:
        'The second less the first by the least of each, what is absent counting as 0; null where one was not measured.',
    }),
    differenceLower: t.exposeFloat('differenceLower', {
      description: 'The least that the second less the first can be.',
    }),
    differenceUpper: t.exposeFloat('differenceUpper', {
      description: 'The most that the second less the first can be.',
    }),
    change: t.expose('change', { type: MixtureChangeEnum, description: 'Why they differ.' }),
    revisedFrom: t.field({
      type: DatasetVersionRef,
      nullable: true,
      description: 'The earlier version that this one replaces.',
      resolve: async (row, _args, context) => {
        const node = await nodeThen(context, row.revisedFrom, row.knownOn);
        return node?.kind === 'DATASET_VERSION' ? node : null;
      },
    }),
  }),
});

MixtureDiffRef.implement({
  description: 'How two mixtures differ.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    from: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'The first, where it is a model version.',
      resolve: (diff) => (diff.from.kind === 'MODEL_VERSION' ? diff.from : null),
    }),
    to: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'The second, where it is a model version.',
      resolve: (diff) => (diff.to.kind === 'MODEL_VERSION' ? diff.to : null),
    }),
    fromNode: t.expose('from', { type: LineageNodeRef, description: 'The first.' }),
    toNode: t.expose('to', { type: LineageNodeRef, description: 'The second.' }),
    by: t.expose('by', { type: ExposureGroupingEnum, description: 'What it is split by.' }),
    knownOn: t.expose('knownOn', { type: 'DateTime', description: 'The moment that the answer holds for.' }),
    rows: t.field({
      type: [MixtureDiffRowRef],
      description: 'By stage; in it, the largest difference first and what is unaccounted last.',
      resolve: (diff) => allOn(diff.rows, diff.knownOn),
    }),
  }),
});

builder.queryField('mixtureDiff', (t) =>
  t.field({
    type: MixtureDiffRef,
    description: 'How the data behind two model versions, or two other mixtures, differs.',
    args: {
      from: t.arg({ type: 'NodeRef', required: true, description: 'The first.' }),
      to: t.arg({ type: 'NodeRef', required: true, description: 'The second.' }),
      by: t.arg({
        type: ExposureGroupingEnum,
        required: true,
        defaultValue: 'SOURCE',
        description: 'What to split by.',
      }),
      knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }),
    },
    resolve: async (_root, args, context) => {
      const [from, to] = await resolveRefs(context, [
        { ref: args.from, path: ['from'] },
        { ref: args.to, path: ['to'] },
      ]);
      return readMixtureDiff(context, from!, to!, args.by, args.knownOn);
    },
  }),
);
