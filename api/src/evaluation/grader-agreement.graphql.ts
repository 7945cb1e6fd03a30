import { builder } from '../graphql/builder.ts';
import { EvalRunRef } from '../lineage/lineage.refs.ts';
import { BehaviorRef, IntervalRef } from './evaluation.refs.ts';
import { MOST_CATEGORIES, MOST_JUDGES, type PairAgreement } from './grader-agreement.ts';
import { behaviorById } from './read-evaluations.ts';
import { type GraderAgreement, MOST_SUBJECTS, readGraderAgreement } from './read-grader-agreement.ts';
import { MOST_JUDGED } from './read-samples.ts';
import { LEVEL } from './statistics/interval.ts';

const PairRef = builder.objectRef<PairAgreement>('GraderPairAgreement').implement({
  description: 'How far two graders agree beyond chance, on what both judged.',
  fields: (t) => ({
    one: t.exposeString('one', { description: 'The first.' }),
    two: t.exposeString('two', { description: 'The second.' }),
    items: t.exposeInt('items', { description: 'How many samples both judged.' }),
    agreed: t.exposeInt('agreed', { description: 'On how many of them they said the same.' }),
    kappa: t.exposeFloat('kappa', {
      nullable: true,
      description: "Cohen's kappa, from −1 to 1; null where it is no number, and `note` says why.",
    }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'Its standard error, by Fleiss, Cohen and Everitt, samples taken as independent.',
    }),
    interval: t.field({
      type: IntervalRef,
      nullable: true,
      description: 'Its 95 % interval; null where the standard error is 0, which is no certainty.',
      resolve: ({ interval }) =>
        interval && {
          ...interval,
          level: LEVEL,
          method: "normal approximation, from kappa's standard error",
        },
    }),
    note: t.exposeString('note', {
      nullable: true,
      description: 'Why there is no kappa, where there is none.',
    }),
  }),
});

const SubjectRef = builder.objectRef<GraderAgreement['subjects'][number]>('AgreementSubject').implement({
  description: 'One thing that several graders of a run judged.',
  fields: (t) => ({
    about: t.exposeString('about', {
      description:
        'The behaviour\'s name; else the name of a part of the score, or "value" where it has none.',
    }),
    behavior: t.field({
      type: BehaviorRef,
      nullable: true,
      description:
        'The behaviour, where its outcomes are compared; null where what scorers said is, word for word.',
      resolve: ({ behaviorId }, _args, context) =>
        behaviorId === null ? null : context.load(behaviorById, behaviorId),
    }),
    graders: t.exposeStringList('graders', {
      description: `Who judged, at most ${MOST_JUDGES}: grader versions, or scorers as the samples name them.`,
    }),
    items: t.exposeInt('items', { description: 'How many samples at least two of them judged.' }),
    alpha: t.exposeFloat('alpha', {
      nullable: true,
      description:
        "Krippendorff's alpha over all of them, nominal, missing judgements allowed; null where nothing varies.",
    }),
    note: t.exposeString('note', { nullable: true, description: 'What to know of it.' }),
    pairs: t.field({ type: [PairRef], description: 'Every two of them.', resolve: ({ pairs }) => pairs }),
  }),
});

const AgreementRef = builder.objectRef<GraderAgreement>('GraderAgreement').implement({
  description: 'How far the graders of an eval run agree.',
  fields: (t) => ({
    samplesRead: t.exposeInt('samplesRead', {
      description: `How many samples were read, each epoch for itself: the first ${MOST_JUDGED}.`,
    }),
    complete: t.exposeBoolean('complete', { description: 'Whether these are all samples of the run.' }),
    subjects: t.field({
      type: [SubjectRef],
      description: `What at least two graders judged, at most ${MOST_SUBJECTS}: behaviours first. What has more than ${MOST_CATEGORIES} different values is a scale, and left out.`,
      resolve: ({ subjects }) => subjects,
    }),
  }),
});

builder.objectFields(EvalRunRef, (t) => ({
  graderAgreement: t.field({
    type: AgreementRef,
    description: 'How far its graders agree, people among them, as its recorded samples say.',
    resolve: (row, _args, context) => readGraderAgreement(context, row.id),
  }),
}));
