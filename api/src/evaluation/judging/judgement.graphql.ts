// What people said of single samples.
import { builder } from '../../graphql/builder.ts';
import { JudgedOutcomeEnum } from '../../graphql/enums.ts';
import { defineMutation } from '../../graphql/mutation.ts';
import { present, shown } from '../../platform/shown.ts';
import { EvalSampleRef, MeasurementRef } from '../evaluation.refs.ts';
import { measurementById } from '../read-eval-runs.ts';
import { judgeSamples } from './judge-samples.ts';
import type { JudgementRow } from './judgement.store.ts';
import { judgementsOfSample } from './read-judgements.ts';

const SampleJudgementRef = builder.objectRef<JudgementRow>('SampleJudgement').implement({
  description: 'What a person said of one sample.',
  fields: (t) => ({
    measurement: t.field({
      type: MeasurementRef,
      description: 'The measurement that counts it: of which behaviour, and who judged.',
      resolve: async (row, _a, context) =>
        present(await context.load(measurementById, row.measurementId), 'The measurement'),
    }),
    outcome: t.expose('outcome', { type: JudgedOutcomeEnum, description: 'What they said of it.' }),
    explanation: t.exposeString('explanation', { nullable: true, description: 'Why, in their words.' }),
  }),
});

builder.objectField(EvalSampleRef, 'judgements', (t) =>
  t.field({
    type: [SampleJudgementRef],
    description: 'What people said of it, one measurement after the other.',
    resolve: (row, _a, context) => context.load(judgementsOfSample, row.id),
  }),
);

const JudgementInputRef = builder.inputType('SampleJudgementInput', {
  description: 'What a person says of one sample.',
  fields: (t) => ({
    sampleId: t.string({ required: true, description: 'The name of the sample in its log.' }),
    epoch: t.int({ required: true, defaultValue: 1, description: 'Which repetition, from 1.' }),
    outcome: t.field({ type: JudgedOutcomeEnum, required: true, description: 'What they say of it.' }),
    explanation: t.string({ description: 'Why, in at most 2,000 characters.' }),
  }),
});

defineMutation({
  name: 'judgeSamples',
  description:
    'Records what a person says of single samples of an eval run, and the measurement that counts it. What was measured before stays. Samples that are not named count as unscored.',
  input: builder.inputType('JudgeSamplesInput', {
    description: 'What one person says of samples of one run, of one behaviour.',
    fields: (t) => ({
      evalRun: t.field({ type: 'NodeRef', required: true, description: 'The eval run.' }),
      behavior: t.string({ required: true, description: 'The name of the behaviour.' }),
      condition: t.string({
        description:
          'The name of the condition that the samples were judged under: the others of the run are left out then.',
      }),
      grader: t.string({
        required: true,
        description: 'Who judges: a grader of kind HUMAN, as `name`, its newest version, or `name@version`.',
      }),
      samples: t.field({
        type: [JudgementInputRef],
        required: true,
        description: 'What they say, each sample once; at most 5,000.',
      }),
      idempotencyKey: t.string({
        description: 'The same key and body within 24 hours give the same answer.',
      }),
    }),
  }),
  run: judgeSamples,
  success: (t) => ({
    measurement: t.field({
      type: MeasurementRef,
      description: 'The measurement that counts them.',
      resolve: async (made, _a, context) => shown(await context.load(measurementById, made.measurementId)),
    }),
  }),
});
