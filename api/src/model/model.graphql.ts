import { builder } from '../graphql/builder.ts';
import { pageArguments } from '../graphql/connection.ts';
import { ExposureGroupingEnum, StartedFromEnum, TrainingStageEnum } from '../graphql/enums.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import {
  CitationRef,
  CompositionRef,
  cited,
  LineageNodeRef,
  ModelVersionRef,
  StageExposureRef,
  TrainingRunRef,
} from '../lineage/lineage.refs.ts';
import { ModelVersionConnection } from '../lineage/lineage-connections.refs.ts';
import { ExposureRef, TrainingInputRef } from '../lineage/lineage-graph.refs.ts';
import { claimOf, compositionsOf, countOf, neighbourNodes } from '../lineage/read-assertions.ts';
import {
  readExposure,
  readRunExposure,
  readRunUnaccounted,
  readTrainingInputs,
  readTrainingRuns,
} from '../lineage/read-exposure.ts';
import { ModelConnection, ModelRef } from './model.refs.ts';
import {
  modelById,
  modelByName,
  modelOf,
  pageOfModels,
  pageOfModelVersions,
  trainedTokensOf,
  trainingRunFactsOf,
} from './read-models.ts';

const KNOWN_ON = 'As known on this moment; now where left out.';
const BY = 'What to split by.';

ModelRef.implement({
  description: 'What model versions are versions of.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('Model')),
    name: t.string({
      description: "Its name, with the team's namespace where it has one.",
      resolve: ({ namespace, name }) => (namespace === '' ? name : `${namespace}/${name}`),
    }),
    title: t.exposeString('title', { nullable: true, description: 'Its title.' }),
    developer: t.exposeString('developer', { nullable: true, description: 'Who made it.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is.' }),
    versions: t.field({
      type: ModelVersionConnection,
      description: 'Its versions, the newest first.',
      args: pageArguments(t),
      resolve: (model, args, context) => pageOfModelVersions(context, model.id, args),
    }),
  }),
});

ModelVersionRef.implement({
  description: 'One version of a model: a checkpoint. Its name and digest never change; all else is claimed.',
  interfaces: [NodeInterface, LineageNodeRef],
  fields: (t) => ({
    model: t.field({
      type: ModelRef,
      description: 'What it is a version of.',
      resolve: (version, _args, context) => modelOf(context, version),
    }),
    version: t.string({ description: 'Its version.', resolve: (version) => version.version ?? '' }),
    digest: t.exposeString('digest', { nullable: true, description: 'A digest of its weights.' }),
    releasedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was released, as claimed.',
      resolve: async (version, _args, context) =>
        (await claimOf(context, version, 'RELEASED_AT'))?.valueTime ?? null,
    }),
    trainedTokens: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Tokens that its run had seen by then, or that it is claimed to have seen.',
      resolve: (version, _args, context) => trainedTokensOf(context, version),
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where it is described.',
      ...cited,
    }),
    revises: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'The earlier version that it replaces.',
      resolve: async (version, _args, context) =>
        (await neighbourNodes(context, version.id, 'UPSTREAM', 'REVISES'))[0] ?? null,
    }),
    trainingRuns: t.field({
      type: [TrainingRunRef],
      description: "The whole chain of its training, the base's included, the earliest first.",
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: (version, args, context) => readTrainingRuns(context, version, args.knownOn),
    }),
    exposure: t.field({
      type: ExposureRef,
      description: 'What it was exposed to, stage by stage.',
      args: {
        by: t.arg({
          type: ExposureGroupingEnum,
          required: true,
          defaultValue: 'SOURCE',
          description: BY,
        }),
        stage: t.arg({
          type: TrainingStageEnum,
          description:
            'Only stages of this kind; the tokens of all and what is pooled stay those of all stages.',
        }),
        knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }),
      },
      resolve: async (version, { by, stage, knownOn }, context) => {
        const exposure = await readExposure(context, version, by, knownOn);
        if (stage == null) return exposure;
        return { ...exposure, stages: exposure.stages.filter((one) => one.stage === stage) };
      },
    }),
  }),
});

TrainingRunRef.implement({
  description: 'One stage of training.',
  interfaces: [NodeInterface, LineageNodeRef],
  fields: (t) => ({
    name: t.string({ description: 'Its name.', resolve: (run) => run.name ?? '' }),
    stage: t.field({
      type: TrainingStageEnum,
      description: 'What kind of training.',
      resolve: async (run, _args, context) => (await trainingRunFactsOf(context, run)).stage,
    }),
    objective: t.string({
      nullable: true,
      description: 'What it was trained for.',
      resolve: async (run, _args, context) => (await trainingRunFactsOf(context, run)).objective,
    }),
    startedFrom: t.field({
      type: StartedFromEnum,
      description: 'What it started from.',
      resolve: async (run, _args, context) => (await trainingRunFactsOf(context, run)).startedFrom,
    }),
    tokens: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Tokens seen by the whole run, as claimed.',
      resolve: (run, _args, context) => countOf(context, run, 'TOKENS'),
    }),
    occurredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ran.',
      resolve: async (run, _args, context) => (await trainingRunFactsOf(context, run)).occurredAt,
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where it is described.',
      ...cited,
    }),
    inputs: t.field({
      type: [TrainingInputRef],
      description: 'Its direct inputs, the largest share first.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: (run, args, context) => readTrainingInputs(context, run, args.knownOn),
    }),
    compositions: t.field({
      type: [CompositionRef],
      description: 'What data it used, as each party states it.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: async (run, args, context) => {
        const knownOn = await context.knownOn(args.knownOn);
        return (await compositionsOf(context, run.id, knownOn)).map((row) => ({ ...row, knownOn }));
      },
    }),
    unaccounted: t.float({
      nullable: true,
      description: 'What no direct input accounts for; null for a run that used no data.',
      resolve: (run, _args, context) => readRunUnaccounted(context, run),
    }),
    initializedFrom: t.field({
      type: [LineageNodeRef],
      description: 'The model versions, or training runs, that it started from.',
      resolve: (run, _args, context) => neighbourNodes(context, run.id, 'UPSTREAM', 'INITIALIZED_FROM'),
    }),
    rewardedBy: t.field({
      type: [ModelVersionRef],
      description: 'Reward or preference models.',
      resolve: (run, _args, context) => neighbourNodes(context, run.id, 'UPSTREAM', 'REWARDED_BY'),
    }),
    distilledFrom: t.field({
      type: [ModelVersionRef],
      description: 'Teacher models.',
      resolve: (run, _args, context) => neighbourNodes(context, run.id, 'UPSTREAM', 'DISTILLED_FROM'),
    }),
    outputs: t.field({
      type: [ModelVersionRef],
      description: 'What it made.',
      resolve: (run, _args, context) => neighbourNodes(context, run.id, 'DOWNSTREAM', 'GENERATED_BY'),
    }),
    exposure: t.field({
      type: StageExposureRef,
      description: 'What it was exposed to, the whole run.',
      args: {
        by: t.arg({
          type: ExposureGroupingEnum,
          required: true,
          defaultValue: 'SOURCE',
          description: BY,
        }),
        knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }),
      },
      resolve: (run, args, context) => readRunExposure(context, run, args.by, args.knownOn),
    }),
  }),
});

builder.queryFields((t) => ({
  model: t.field({
    type: ModelRef,
    nullable: true,
    description: 'The model of this name; null where there is none that the viewer may see.',
    args: { name: t.arg.string({ required: true, description: 'Its name, or namespace/name.' }) },
    resolve: (_root, { name }, context) => modelByName(context, name),
  }),
  models: t.field({
    type: ModelConnection,
    description: 'Models by name.',
    args: {
      search: t.arg.string({ description: 'Only those whose name, title or developer holds this.' }),
      ...pageArguments(t),
    },
    resolve: (_root, { search, ...args }, context) => pageOfModels(context, search ?? null, args),
  }),
}));

registerNode('Model', modelById);
