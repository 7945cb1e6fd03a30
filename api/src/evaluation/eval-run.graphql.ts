import { builder } from '../graphql/builder.ts';
import { forwardArguments, pageArguments } from '../graphql/connection.ts';
import { EvalRunStatusEnum, VisibilityEnum } from '../graphql/enums.ts';
import { loaded } from '../graphql/loaded.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { NodeInterface } from '../graphql/node.ts';
import { CitationRef, cited, EvalRunRef, LineageNodeRef, ModelVersionRef } from '../lineage/lineage.refs.ts';
import { EvalRunConnection } from '../lineage/lineage-connections.refs.ts';
import { CitationInputRef } from '../lineage/lineage-inputs.refs.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present, shown } from '../platform/shown.ts';
import { EvaluationVersionRef, GraderVersionRef, MeasurementRef, ScoreRef } from './evaluation.refs.ts';
import type { EvalRunFacts } from './evaluation.ts';
import { MeasurementInputRef, ScoreInputRef } from './measurement.inputs.refs.ts';
import {
  evalRunFacts,
  evalRunsOfModelVersion,
  evaluationVersionOfRun,
  gradersOfRun,
  listEvalRuns,
  measurementsOfModel,
  measurementsOfRun,
  measurementsOfRunOn,
  scoresOfRun,
  upstreamOf,
} from './read-eval-runs.ts';
import { recordEvalRun } from './record-eval-run.ts';

const KNOWN_ON = 'As known on this moment; now where left out.';

const idOf = ({ id }: LineageNodeRow) => id;
const fact = <R>(of: (facts: EvalRunFacts) => R) =>
  loaded(evalRunFacts, idOf, (facts) => of(present(facts, 'facts')));

EvalRunRef.implement({
  interfaces: [NodeInterface, LineageNodeRef],
  description: 'One evaluation version, run on one model version.',
  fields: (t) => ({
    name: t.string({ description: 'Its name.', resolve: (row) => row.name ?? '' }),
    evaluationVersion: t.field({
      type: EvaluationVersionRef,
      description: 'What was run.',
      ...loaded(evaluationVersionOfRun, idOf, (version) => present(version, 'evaluation version')),
    }),
    modelVersion: t.field({
      type: ModelVersionRef,
      description: 'What was examined.',
      ...loaded(upstreamOf('EVALUATED'), idOf, ([model]) => present(model, 'model version')),
    }),
    status: t.field({
      type: EvalRunStatusEnum,
      description: 'How it ended.',
      ...fact(({ status }) => status),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it began.',
      ...fact(({ startedAt }) => startedAt),
    }),
    epochs: t.int({
      nullable: true,
      description: 'How often each sample was repeated.',
      ...fact(({ epochs }) => epochs),
    }),
    sampleCount: t.int({
      nullable: true,
      description: 'How many samples are recorded, each epoch for itself; null where none were.',
      ...fact(({ sampleCount }) => sampleCount),
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where this comes from.',
      ...cited,
    }),
    measurements: t.field({
      type: [MeasurementRef],
      description: 'What was measured, in the order recorded; what was taken back is left out.',
      args: { knownOn: t.arg({ type: 'DateTime', description: KNOWN_ON }) },
      resolve: async (row, { knownOn }, context) =>
        knownOn == null
          ? context.load(measurementsOfRun, row.id)
          : measurementsOfRunOn(context, row.id, await context.knownOn(knownOn)),
    }),
    scores: t.field({
      type: [ScoreRef],
      description: 'Metrics that are no behaviour.',
      ...loaded(scoresOfRun, idOf),
    }),
    graders: t.field({
      type: [GraderVersionRef],
      description: 'Who or what judged, each once.',
      ...loaded(gradersOfRun, idOf),
    }),
    testedOn: t.field({
      type: [LineageNodeRef],
      description: 'The dataset versions that its samples come from.',
      ...loaded(upstreamOf('TESTED_ON'), idOf),
    }),
    judgedBy: t.field({
      type: [ModelVersionRef],
      description: 'The model versions that judged.',
      ...loaded(upstreamOf('JUDGED_BY'), idOf),
    }),
  }),
});

builder.objectFields(ModelVersionRef, (t) => ({
  evalRuns: t.field({
    type: EvalRunConnection,
    description: 'Its eval runs, newest recorded first.',
    args: forwardArguments(t),
    resolve: (row, args, context) => evalRunsOfModelVersion(context, row.id, args),
  }),
  measurements: t.field({
    type: [MeasurementRef],
    description: 'What was measured of it, in the order recorded.',
    args: { behavior: t.arg.string({ description: 'Only of the behaviour of this name.' }) },
    resolve: (row, { behavior }, context) => measurementsOfModel(context, row.id, behavior ?? null),
  }),
}));

const EvalRunFilter = builder.inputType('EvalRunFilter', {
  description: 'Which eval runs to list: those that meet all that is given.',
  fields: (t) => ({
    evaluation: t.string({ description: 'Of the evaluation of this name.' }),
    model: t.string({ description: 'Of any version of the model of this name.' }),
    modelVersion: t.field({ type: 'NodeRef', description: 'Of this model version.' }),
    behavior: t.string({ description: 'With a measurement of the behaviour of this name.' }),
    search: t.string({ description: 'Whose name, or evaluation, holds this.' }),
  }),
});

builder.queryField('evalRuns', (t) =>
  t.field({
    type: EvalRunConnection,
    description: 'Eval runs, newest recorded first.',
    args: { filter: t.arg({ type: EvalRunFilter, description: 'Which ones.' }), ...pageArguments(t) },
    resolve: (_root, args, context) => listEvalRuns(context, args),
  }),
);

const RecordEvalRunInput = builder.inputType('RecordEvalRunInput', {
  description: 'An eval run with everything that was measured in it.',
  fields: (t) => ({
    name: t.string({ required: true, description: "Its name, unique in the team's namespace." }),
    evaluation: t.string({ required: true, description: 'The name of a registered evaluation.' }),
    evaluationVersion: t.string({ required: true, description: 'Its version.' }),
    modelVersion: t.field({
      type: 'NodeRef',
      required: true,
      description: 'The model version that was examined.',
    }),
    testedOn: t.field({ type: ['NodeRef'], description: 'The dataset versions that the samples come from.' }),
    judgedBy: t.field({ type: ['NodeRef'], description: 'The model versions that judged.' }),
    startedAt: t.field({ type: 'DateTime', description: 'When it began.' }),
    status: t.field({
      type: EvalRunStatusEnum,
      required: true,
      defaultValue: 'SUCCESS',
      description: 'How it ended.',
    }),
    epochs: t.int({ description: 'How often each sample was repeated.' }),
    measurements: t.field({ type: [MeasurementInputRef], description: 'What was measured.' }),
    scores: t.field({ type: [ScoreInputRef], description: 'Metrics that are no behaviour.' }),
    visibility: t.field({
      type: VisibilityEnum,
      description: "Who may see it: no wider than its model version's, and members at most where left out.",
    }),
    citation: t.field({ type: CitationInputRef, description: 'Where this comes from.' }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'recordEvalRun',
  description: 'Records an eval run with its measurements and scores, all or nothing.',
  input: RecordEvalRunInput,
  success: (t) => ({
    evalRun: t.field({
      type: EvalRunRef,
      description: 'The eval run.',
      resolve: async (made, _a, context) => shown(await context.load(nodeById, made.evalRunId)),
    }),
  }),
  run: recordEvalRun,
});
