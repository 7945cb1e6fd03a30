import { builder } from '../graphql/builder.ts';
import {
  AmountUnitEnum,
  EvidenceDirectionEnum,
  EvidenceMethodEnum,
  HypothesisStatusEnum,
  InterventionOutcomeEnum,
  TrainingStageEnum,
} from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { CitationInputRef } from '../lineage/lineage-inputs.refs.ts';
import { shown } from '../platform/shown.ts';
import { addHypothesisEvidence } from './add-hypothesis-evidence.ts';
import { assessHypothesis } from './assess-hypothesis.ts';
import { AssessmentRef, EvidenceItemRef, HypothesisRef, InterventionRef } from './investigation.refs.ts';
import { openHypothesis } from './open-hypothesis.ts';
import { assessmentById, evidenceItemById, hypothesisById, interventionById } from './read-investigations.ts';
import { recordIntervention } from './record-intervention.ts';

const KEY = 'The same key and body within 24 hours give the same answer.';

const OpenHypothesisInput = builder.inputType('OpenHypothesisInput', {
  description: 'A claim about a cause of an incident.',
  fields: (t) => ({
    incident: t.field({ type: 'NodeRef', required: true, description: 'The incident.' }),
    statement: t.string({ required: true, description: 'What is thought to be the cause.' }),
    suspects: t.field({
      type: ['NodeRef'],
      description: 'Sources, dataset versions and training runs it is about.',
    }),
    suspectTags: t.stringList({ description: 'Content tags it is about.' }),
    proposedBy: t.string({ description: 'Who proposed it, where that is somebody else.' }),
    citation: t.field({ type: CitationInputRef, description: 'Where it was proposed.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'openHypothesis',
  description: 'Opens a hypothesis about the cause of an incident.',
  input: OpenHypothesisInput,
  success: (t) => ({
    hypothesis: t.field({
      type: HypothesisRef,
      description: 'The hypothesis.',
      resolve: async (made, _a, context) => shown(await context.load(hypothesisById, made.hypothesisId)),
    }),
  }),
  run: openHypothesis,
});

const AddHypothesisEvidenceInput = builder.inputType('AddHypothesisEvidenceInput', {
  description: 'Evidence for, against or about a hypothesis.',
  fields: (t) => ({
    hypothesis: t.id({ required: true, description: 'The id of the hypothesis.' }),
    direction: t.field({
      type: EvidenceDirectionEnum,
      required: true,
      description: 'What it says of the hypothesis.',
    }),
    method: t.field({ type: EvidenceMethodEnum, required: true, description: 'How it was gained.' }),
    statement: t.string({ required: true, description: 'What it says.' }),
    score: t.float({ description: 'A score, where the method gives one.' }),
    scoreMeaning: t.string({ description: 'What the score means; needed with a score.' }),
    citation: t.field({ type: CitationInputRef, description: 'Where it comes from.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'addHypothesisEvidence',
  description: 'Adds evidence for, against or about a hypothesis.',
  input: AddHypothesisEvidenceInput,
  success: (t) => ({
    evidenceItem: t.field({
      type: EvidenceItemRef,
      description: 'The evidence.',
      resolve: async (made, _a, context) => shown(await context.load(evidenceItemById, made.evidenceItemId)),
    }),
  }),
  run: addHypothesisEvidence,
});

const AssessHypothesisInput = builder.inputType('AssessHypothesisInput', {
  description: 'A signed judgement of a hypothesis.',
  fields: (t) => ({
    hypothesis: t.id({ required: true, description: 'The id of the hypothesis.' }),
    confidence: t.string({ required: true, description: "How sure, in the assessor's own words." }),
    probability: t.float({ description: 'How sure, as a number from 0 to 1.' }),
    dissent: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether it dissents from the status.',
    }),
    reasoning: t.string({ description: 'Why.' }),
    status: t.field({
      type: HypothesisStatusEnum,
      description: 'The status that the hypothesis is to have; for investigators and administrators.',
    }),
    assessor: t.string({ description: 'The author of a publication who judges so; needs a citation.' }),
    citation: t.field({ type: CitationInputRef, description: 'Where it was said.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'assessHypothesis',
  description: 'Signs an assessment of a hypothesis; earlier ones stay.',
  input: AssessHypothesisInput,
  success: (t) => ({
    assessment: t.field({
      type: AssessmentRef,
      description: 'The assessment.',
      resolve: async (made, _a, context) => shown(await context.load(assessmentById, made.assessmentId)),
    }),
    hypothesis: t.field({
      type: HypothesisRef,
      description: 'The hypothesis as it stands now.',
      resolve: async (made, _a, context) => shown(await context.load(hypothesisById, made.hypothesisId)),
    }),
  }),
  run: assessHypothesis,
});

const InterventionComparisonInput = builder.inputType('InterventionComparisonInput', {
  description: 'A before and an after: each a measurement or a reported result.',
  fields: (t) => ({
    label: t.string({ required: true, description: 'What is compared.' }),
    beforeMeasurement: t.id({ description: 'The id of the measurement before.' }),
    afterMeasurement: t.id({ description: 'The id of the measurement after.' }),
    beforeResult: t.id({ description: 'The id of the reported result before.' }),
    afterResult: t.id({ description: 'The id of the reported result after.' }),
  }),
});

const RecordInterventionInput = builder.inputType('RecordInterventionInput', {
  description: 'What was tried against a behaviour.',
  fields: (t) => ({
    incident: t.field({ type: 'NodeRef', required: true, description: 'The incident.' }),
    title: t.string({ required: true, description: 'What was tried, in a line.' }),
    description: t.string({ required: true, description: 'What was tried.' }),
    outcome: t.field({ type: InterventionOutcomeEnum, required: true, description: 'What it did.' }),
    caveat: t.string({ description: 'What limits the conclusion.' }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it was tried.' }),
    addedData: t.field({
      type: 'NodeRef',
      description: 'The dataset version, source or training run that it added.',
    }),
    addedAmount: t.float({ description: 'How much was added; with a unit.' }),
    addedUnit: t.field({ type: AmountUnitEnum, description: 'What the amount counts.' }),
    addedDescription: t.string({ description: 'What was added, in words.' }),
    stage: t.field({ type: TrainingStageEnum, description: 'At which stage of training.' }),
    comparisons: t.field({
      type: [InterventionComparisonInput],
      description: 'What was measured before and after.',
    }),
    citation: t.field({ type: CitationInputRef, description: 'Where this comes from.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'recordIntervention',
  description: 'Records what was tried against a behaviour, with what was measured before and after.',
  input: RecordInterventionInput,
  success: (t) => ({
    intervention: t.field({
      type: InterventionRef,
      description: 'The intervention.',
      resolve: async (made, _a, context) => shown(await context.load(interventionById, made.interventionId)),
    }),
  }),
  run: recordIntervention,
});
