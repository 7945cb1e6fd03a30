import { builder } from '../graphql/builder.ts';
import { connectionOf, forwardArguments } from '../graphql/connection.ts';
import { EvalSampleOrderEnum } from '../graphql/enums.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { EvalRunRef } from '../lineage/lineage.refs.ts';
import { EvalSampleRef } from './evaluation.refs.ts';
import {
  type ConditionCount,
  conditionCountsOfRun,
  conditionsOfSample,
  neighbour,
  type OutcomeCount,
  outcomesOfRun,
  type ScoreCount,
  sampleById,
  sampleNamed,
  samplesOfRun,
  scoreValuesOfRun,
} from './read-eval-samples.ts';

registerNode('EvalSample', sampleById);

const OutcomeRef = builder.objectRef<{ behavior: string; outcome: string }>('EvalSampleOutcome').implement({
  description: 'What a sample came to for one behaviour, by the mapping of its evaluation.',
  fields: (t) => ({
    behavior: t.exposeString('behavior', {
      description: 'The name of the behaviour; the scorer follows in brackets where several judged it.',
    }),
    outcome: t.exposeString('outcome', {
      description: 'EXHIBITED, NOT_EXHIBITED, UNSCORED, GRADER_ERROR or EXCLUDED.',
    }),
  }),
});

EvalSampleRef.implement({
  interfaces: [NodeInterface],
  description: 'One sample of an eval run in one epoch: what it came to; its transcript is read apart.',
  fields: (t) => ({
    id: t.id(idOf('EvalSample')),
    sampleId: t.exposeString('sampleId', { description: 'Its name in the log.' }),
    epoch: t.exposeInt('epoch', { description: 'Which repetition, from 1.' }),
    input: t.exposeString('input', {
      nullable: true,
      description: 'What the model was given, where the log was read so far.',
    }),
    inputDigest: t.exposeString('inputDigest', {
      nullable: true,
      description:
        'A SHA-256 of what the model was given, behind a word for what it is of: messages:, document:, document-hash:, variables: or prompt-files:. Two samples of one name and another digest of the same word are two items. Null where the file does not tell it, and to whoever may not read the transcript, or only with a reason.',
    }),
    target: t.exposeString('target', {
      nullable: true,
      description: 'What was wanted, cut where it is long.',
    }),
    scores: t.expose('scores', { type: 'JSON', description: 'What each scorer said.' }),
    outcomes: t.field({
      type: [OutcomeRef],
      description: 'What it came to, by behaviour.',
      resolve: ({ outcomes }) =>
        Object.entries(outcomes)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([behavior, outcome]) => ({ behavior, outcome })),
    }),
    conditions: t.stringList({
      description:
        'The names of the conditions that it was judged under: those of the measurements that count its outcomes; where no figure of its run says which samples it counts, the one condition of the run, if it states one alone. Empty where it is not recorded.',
      resolve: (row, _a, context) => context.load(conditionsOfSample, row.id),
    }),
    error: t.exposeString('error', { nullable: true, description: 'What went wrong, where it did.' }),
    limitReached: t.exposeString('limitReached', {
      nullable: true,
      description: 'Which allowance ran out, where one did: token, time, message and others.',
    }),
    previous: t.field({
      type: EvalSampleRef,
      nullable: true,
      description: 'The sample before it in the order of the log.',
      resolve: (row, _a, context) => neighbour(context, row.id, 'previous'),
    }),
    next: t.field({
      type: EvalSampleRef,
      nullable: true,
      description: 'The sample after it in the order of the log.',
      resolve: (row, _a, context) => neighbour(context, row.id, 'next'),
    }),
  }),
});

const EvalSampleConnection = connectionOf('EvalSample', EvalSampleRef);

const ScoreFilter = builder.inputType('EvalSampleScoreFilter', {
  description: 'A value that a scorer gave.',
  fields: (t) => ({
    scorer: t.string({ required: true, description: 'The scorer, as the log calls it.' }),
    part: t.string({ description: 'Which of its values, where it gives several.' }),
    equals: t.string({ description: 'The value as text; left out or null: it gave none.' }),
  }),
});

const OutcomeCountRef = builder.objectRef<OutcomeCount>('EvalSampleOutcomeCount').implement({
  description: 'How many samples of a run came to one outcome for one behaviour.',
  fields: (t) => ({
    behavior: t.exposeString('behavior', { description: 'The name of the behaviour.' }),
    outcome: t.exposeString('outcome', { description: 'The outcome.' }),
    count: t.exposeInt('count', { description: 'How many samples, each epoch for itself.' }),
  }),
});

const ConditionCountRef = builder.objectRef<ConditionCount>('EvalSampleConditionCount').implement({
  description: 'How many samples of a run were judged under one condition.',
  fields: (t) => ({
    condition: t.exposeString('condition', { description: 'The name of the condition.' }),
    count: t.exposeInt('count', { description: 'How many samples, each epoch for itself.' }),
  }),
});

const ScoreCountRef = builder.objectRef<ScoreCount>('EvalSampleScoreCount').implement({
  description: 'How often a scorer gave one value in a run.',
  fields: (t) => ({
    scorer: t.exposeString('scorer', { description: 'The scorer, as the log calls it.' }),
    part: t.exposeString('part', {
      nullable: true,
      description: 'Which of its values, where it gives several.',
    }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'The value as text; null: none was given.',
    }),
    count: t.exposeInt('count', { description: 'How many samples, each epoch for itself.' }),
  }),
});

builder.objectFields(EvalRunRef, (t) => ({
  samples: t.field({
    type: EvalSampleConnection,
    description: 'Its samples: those that meet all that is given.',
    args: {
      ...forwardArguments(t),
      outcome: t.arg.string({
        description: 'Only those with this outcome for some behaviour, such as EXHIBITED.',
      }),
      behavior: t.arg.string({ description: 'Only those judged for the behaviour of this name.' }),
      condition: t.arg.string({
        description: 'Only those judged under the condition of this name, as far as that is recorded.',
      }),
      search: t.arg.string({ description: 'Whose id, target or error holds this.' }),
      score: t.arg({ type: ScoreFilter, description: 'To which a scorer gave this value.' }),
      errorOnly: t.arg.boolean({ description: 'Only those that ended in an error.' }),
      orderBy: t.arg({
        type: EvalSampleOrderEnum,
        description: 'In which order; that of the log unless told.',
      }),
    },
    resolve: (row, args, context) => samplesOfRun(context, row.id, args),
  }),
  sample: t.field({
    type: EvalSampleRef,
    nullable: true,
    description: 'One sample, by its name in the log and its epoch; null where there is none.',
    args: {
      sampleId: t.arg.string({ required: true, description: 'Its name in the log.' }),
      epoch: t.arg.int({ required: true, defaultValue: 1, description: 'Which repetition, from 1.' }),
    },
    resolve: (row, args, context) => sampleNamed(context, row.id, args),
  }),
  sampleOutcomes: t.field({
    type: [OutcomeCountRef],
    description: 'How many samples came to what, by behaviour.',
    resolve: (row, _a, context) => context.load(outcomesOfRun, row.id),
  }),
  sampleConditions: t.field({
    type: [ConditionCountRef],
    description: 'How many samples were judged under which condition, as far as that is recorded.',
    resolve: (row, _a, context) => context.load(conditionCountsOfRun, row.id),
  }),
  sampleScores: t.field({
    type: [ScoreCountRef],
    description: 'How often each scorer gave which value: the 200 commonest.',
    resolve: (row, _a, context) => context.load(scoreValuesOfRun, row.id),
  }),
}));
