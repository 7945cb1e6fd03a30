import { builder } from '../graphql/builder.ts';
import { connectionOf, forwardArguments, pageArguments } from '../graphql/connection.ts';
import { VisibilityEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { NodeInterface, registerNode } from '../graphql/node.ts';
import { CitationRef, cited } from '../lineage/lineage.refs.ts';
import { EvalRunConnection } from '../lineage/lineage-connections.refs.ts';
import { CitationInputRef } from '../lineage/lineage-inputs.refs.ts';
import { present, shown } from '../platform/shown.ts';
import { ConditionRef, EvaluationRef, EvaluationVersionRef } from './evaluation.refs.ts';
import { evalRunsOfEvaluationVersion } from './read-eval-runs.ts';
import {
  conditionById,
  conditionsOfVersion,
  evaluationById,
  evaluationVersionById,
  idByName,
  listEvaluations,
  versionsOfEvaluation,
} from './read-evaluations.ts';
import { registerEvaluation } from './register-evaluation.ts';

registerNode('Evaluation', evaluationById);
registerNode('EvaluationVersion', evaluationVersionById);
registerNode('Condition', conditionById);

const EvaluationVersionConnection = connectionOf('EvaluationVersion', EvaluationVersionRef);

EvaluationRef.implement({
  interfaces: [NodeInterface],
  description: 'A way to examine models, whatever its version.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Evaluation', row.id),
    }),
    name: t.exposeString('name', { description: "Its name, with the team's namespace where it has one." }),
    title: t.exposeString('title', { nullable: true, description: 'Its name for people.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it examines.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where it is published.' }),
    versions: t.field({
      type: EvaluationVersionConnection,
      description: 'Its versions, newest recorded first.',
      args: pageArguments(t),
      resolve: (row, args, context) => versionsOfEvaluation(context, row.id, args),
    }),
  }),
});

EvaluationVersionRef.implement({
  interfaces: [NodeInterface],
  description: 'One version of an evaluation: what a run is a run of.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('EvaluationVersion', row.id),
    }),
    evaluation: t.field({
      type: EvaluationRef,
      description: 'The evaluation.',
      resolve: async (row, _a, context) =>
        present(await context.load(evaluationById, row.evaluationId), 'evaluation'),
    }),
    version: t.exposeString('version', { description: 'The version.' }),
    label: t.string({
      description: 'The name and the version.',
      resolve: (row) => `${row.evaluationName} ${row.version}`,
    }),
    releasedAt: t.expose('releasedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was released.',
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where this comes from.',
      ...cited,
    }),
    conditions: t.field({
      type: [ConditionRef],
      description: 'Its named conditions.',
      resolve: (row, _a, context) => context.load(conditionsOfVersion, row.id),
    }),
    evalRuns: t.field({
      type: EvalRunConnection,
      description: 'Its runs, newest recorded first.',
      args: forwardArguments(t),
      resolve: (row, args, context) => evalRunsOfEvaluationVersion(context, row.id, args),
    }),
  }),
});

ConditionRef.implement({
  interfaces: [NodeInterface],
  description: 'Under what a behaviour was measured: scenario, goal, urgency, system prompt and the like.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Condition', row.id),
    }),
    name: t.exposeString('name', { description: 'Its name within the evaluation version.' }),
    factors: t.expose('factors', { type: 'JSON', description: 'What makes it up, by name.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it means.' }),
  }),
});

const EvaluationConnection = connectionOf('Evaluation', EvaluationRef);

builder.queryFields((t) => ({
  evaluation: t.field({
    type: EvaluationRef,
    nullable: true,
    description: 'The evaluation of this name; null where there is none that the viewer may see.',
    args: { name: t.arg.string({ required: true, description: 'Its name.' }) },
    resolve: async (_root, { name }, context) => {
      const id = await idByName(context, 'evaluation', name);
      return id === null ? null : context.load(evaluationById, id);
    },
  }),
  evaluations: t.field({
    type: EvaluationConnection,
    description: 'Evaluations by name.',
    args: {
      search: t.arg.string({ description: 'Only those whose name, title or description holds this.' }),
      ...pageArguments(t),
    },
    resolve: (_root, args, context) => listEvaluations(context, args),
  }),
}));

const ConditionInput = builder.inputType('ConditionInput', {
  description: 'A named condition of an evaluation version.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name within the version.' }),
    factors: t.field({ type: 'JSON', description: 'What makes it up, by name.' }),
    description: t.string({ description: 'What it means.' }),
  }),
});

const RegisterEvaluationInput = builder.inputType('RegisterEvaluationInput', {
  description:
    'A version of an evaluation; the evaluation itself is made where the team has none of this name.',
  fields: (t) => ({
    name: t.string({ required: true, description: "The evaluation's name, unique in the team's namespace." }),
    version: t.string({ required: true, description: 'The version.' }),
    title: t.string({ description: 'Its name for people; taken where the evaluation is new.' }),
    description: t.string({ description: 'What it examines; taken where the evaluation is new.' }),
    url: t.string({ description: 'Where it is published; taken where the evaluation is new.' }),
    releasedAt: t.field({ type: 'DateTime', description: 'When this version was released.' }),
    conditions: t.field({ type: [ConditionInput], description: 'Its named conditions.' }),
    visibility: t.field({
      type: VisibilityEnum,
      description: "Who may see it; the evaluation's where left out.",
    }),
    citation: t.field({ type: CitationInputRef, description: 'Where this comes from.' }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'registerEvaluation',
  description: 'Registers a version of an evaluation with its conditions.',
  input: RegisterEvaluationInput,
  success: (t) => ({
    evaluationVersion: t.field({
      type: EvaluationVersionRef,
      description: 'The version.',
      resolve: async (made, _a, context) =>
        shown(await context.load(evaluationVersionById, made.evaluationVersionId)),
    }),
  }),
  run: registerEvaluation,
});
