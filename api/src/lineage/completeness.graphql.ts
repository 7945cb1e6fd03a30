import { builder } from '../graphql/builder.ts';
import { connectionOf, forwardArguments } from '../graphql/connection.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { ExposureLossRef, ModelVersionRef, StageExposureRef } from './lineage.refs.ts';
import { CompletenessRef } from './lineage-graph.refs.ts';
import { MOST_LOOKED_AT, readLargestUnknowns, type UnknownStageView } from './read-completeness.ts';
import { allOn, on } from './views.ts';

CompletenessRef.implement({
  description:
    "How much of a thing's mass is accounted for: what ends in a source, or in a model that wrote it, over all. Of a training run, of its own data; of a model version, of all its stages by their tokens.",
  fields: (t) => ({
    truncations: truncationsOf(t),
    knownOn: t.expose('knownOn', { type: 'DateTime', description: 'The moment that the answer holds for.' }),
    share: t.exposeFloat('share', {
      description:
        'The accounted part, from 0 to 1: the least where parties differ, and over what stages may weigh that do not state their tokens.',
    }),
    shareUpper: t.exposeFloat('shareUpper', { description: 'The most over the same.' }),
    losses: t.field({
      type: [ExposureLossRef],
      description: 'Where the rest is lost, and why: the largest first, by the least and then by the most.',
      resolve: (found) => allOn(found.losses, found.knownOn),
    }),
  }),
});

const UnknownStage = builder.objectRef<UnknownStageView>('UnknownStage').implement({
  description: 'A stage of training of which some is unaccounted.',
  fields: (t) => ({
    modelVersion: t.field({
      type: ModelVersionRef,
      description: 'What came of the training; of several model versions, the newest of those looked at.',
      resolve: (stage) => stage.node,
    }),
    stage: t.field({
      type: StageExposureRef,
      description: 'The stage, by source, with where it is lost and why.',
      resolve: (stage) => on(stage.exposure, stage.knownOn),
    }),
    unaccountedTokens: t.field({
      type: 'BigInt',
      nullable: true,
      description:
        'The unaccounted share of its tokens, the least where parties differ; null where the stage does not state its tokens.',
      resolve: (stage) => (stage.tokens === null ? null : BigInt(stage.tokens)),
    }),
  }),
});

type Unknowns = Awaited<ReturnType<typeof readLargestUnknowns>>;
const UnknownStageConnection = connectionOf('UnknownStage', UnknownStage);

builder.objectFields(UnknownStageConnection, (t) => ({
  lookedAt: t.int({
    description: 'How many model versions were looked at.',
    resolve: (unknowns) => (unknowns as Unknowns).lookedAt,
  }),
  cut: t.boolean({
    description: `Whether the viewer may see more than ${MOST_LOOKED_AT} model versions: the ${MOST_LOOKED_AT} that were recorded last were looked at, with all that they were trained from.`,
    resolve: (unknowns) => (unknowns as Unknowns).cut,
  }),
  knownOn: t.field({
    type: 'DateTime',
    description: 'The moment that the answer holds for.',
    resolve: (unknowns) => (unknowns as Unknowns).knownOn,
  }),
}));

builder.queryField('largestUnknowns', (t) =>
  t.field({
    type: UnknownStageConnection,
    description:
      'The stages of training that leave most unaccounted, each training once, as the model version that had seen most of it. First the stages that state their tokens, by the tokens unaccounted (share × tokens); then those that do not, among them trainings that are not recorded, by the share unaccounted. Both by the least where parties differ, equal ones by the most, then what was recorded later first. Stages that leave nothing are not in the list.',
    args: forwardArguments(t),
    resolve: (_root, args, context) => readLargestUnknowns(context, args),
  }),
);
