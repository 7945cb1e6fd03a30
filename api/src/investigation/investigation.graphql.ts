import type { Context } from '../context.ts';
import {
  ComparabilityRef,
  IntervalRef,
  MeasurementRef,
  ReportedResultRef,
} from '../evaluation/evaluation.refs.ts';
import { builder } from '../graphql/builder.ts';
import {
  AmountUnitEnum,
  EvidenceDirectionEnum,
  EvidenceMethodEnum,
  HypothesisStatusEnum,
  InterventionOutcomeEnum,
  TrainingStageEnum,
} from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { NodeInterface, registerNode } from '../graphql/node.ts';
import { SuspectRef } from '../incident/incident.refs.ts';
import { ActorRef, CitationRef, cited, IncidentRef, LineageNodeRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present } from '../platform/shown.ts';
import { AssessmentRef, EvidenceItemRef, HypothesisRef, InterventionRef } from './investigation.refs.ts';
import type { AssessmentRow } from './investigation.ts';
import {
  assessmentById,
  assessmentsOfHypothesis,
  type Comparison,
  comparisonsOf,
  evidenceItemById,
  hypothesesOfIncident,
  hypothesisById,
  interventionById,
  interventionsOfIncident,
  itemsOfHypothesis,
  suspectsOfHypothesis,
} from './read-investigations.ts';

registerNode('Hypothesis', hypothesisById);
registerNode('EvidenceItem', evidenceItemById);
registerNode('Assessment', assessmentById);
registerNode('Intervention', interventionById);

const actorOf = async (context: Context, row: { actorId: bigint }) =>
  present(await context.load(actorById, row.actorId), 'author');

HypothesisRef.implement({
  interfaces: [NodeInterface],
  description: 'A claim about a cause of an incident.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Hypothesis', row.id),
    }),
    statement: t.exposeString('statement', { description: 'What is thought to be the cause.' }),
    status: t.expose('status', { type: HypothesisStatusEnum, description: 'Where it stands.' }),
    openedBy: t.field({
      type: ActorRef,
      description: 'Who opened it here.',
      resolve: (row, _a, context) => actorOf(context, row),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was opened.' }),
    suspects: t.field({
      type: [SuspectRef],
      description: 'The suspects it is about.',
      resolve: (row, _a, context) => suspectsOfHypothesis(context, row.id),
    }),
    evidence: t.field({
      type: [EvidenceItemRef],
      description: 'What supports it and what speaks against it, in the order recorded.',
      resolve: (row, _a, context) => context.load(itemsOfHypothesis, row.id),
    }),
    assessments: t.field({
      type: [AssessmentRef],
      description: 'Signed assessments in the order recorded; dissent stays.',
      resolve: (row, _a, context) => context.load(assessmentsOfHypothesis, row.id),
    }),
    proposedBy: t.exposeString('proposedBy', {
      nullable: true,
      description: 'Who proposed it, where that is somebody else.',
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where it was proposed.',
      ...cited,
    }),
  }),
});

EvidenceItemRef.implement({
  interfaces: [NodeInterface],
  description: 'Evidence for, against or about a hypothesis.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('EvidenceItem', row.id),
    }),
    direction: t.expose('direction', {
      type: EvidenceDirectionEnum,
      description: 'What it says of the hypothesis.',
    }),
    method: t.expose('method', { type: EvidenceMethodEnum, description: 'How it was gained.' }),
    statement: t.exposeString('statement', { description: 'What it says.' }),
    score: t.exposeFloat('score', { nullable: true, description: 'A score, where the method gives one.' }),
    scoreMeaning: t.exposeString('scoreMeaning', { nullable: true, description: 'What the score means.' }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where it comes from.',
      ...cited,
    }),
    addedBy: t.field({
      type: ActorRef,
      description: 'Who added it.',
      resolve: (row, _a, context) => actorOf(context, row),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was added.' }),
  }),
});

const AssessorRef = builder.objectRef<AssessmentRow>('Assessor').implement({
  description: 'Who assesses: an actor here, or an author named by a publication.',
  fields: (t) => ({
    name: t.string({
      description: 'Their name.',
      resolve: async (row, _a, context) => row.assessor ?? (await actorOf(context, row)).name,
    }),
    actor: t.field({
      type: ActorRef,
      nullable: true,
      description: 'The actor here; null for somebody named by a publication.',
      resolve: (row, _a, context) => (row.assessor === null ? context.load(actorById, row.actorId) : null),
    }),
  }),
});

AssessmentRef.implement({
  interfaces: [NodeInterface],
  description: "Somebody's signed judgement of a hypothesis.",
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Assessment', row.id),
    }),
    confidence: t.exposeString('confidence', { description: "How sure, in the assessor's own words." }),
    probability: t.exposeFloat('probability', {
      nullable: true,
      description: 'How sure, as a number from 0 to 1, where given.',
    }),
    dissent: t.exposeBoolean('dissent', { description: 'Whether it dissents from the status.' }),
    reasoning: t.exposeString('reasoning', { nullable: true, description: 'Why.' }),
    by: t.field({ type: AssessorRef, description: 'Who judges.', resolve: (row) => row }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where it was said.',
      ...cited,
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was signed.' }),
  }),
});

const ComparisonRef = builder.objectRef<Comparison>('InterventionComparison').implement({
  description: 'A before and an after, and what they honestly say.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'What is compared.' }),
    beforeMeasurement: t.expose('beforeMeasurement', {
      type: MeasurementRef,
      nullable: true,
      description: 'The measurement before.',
    }),
    afterMeasurement: t.expose('afterMeasurement', {
      type: MeasurementRef,
      nullable: true,
      description: 'The measurement after.',
    }),
    beforeResult: t.expose('beforeResult', {
      type: ReportedResultRef,
      nullable: true,
      description: 'The reported result before.',
    }),
    afterResult: t.expose('afterResult', {
      type: ReportedResultRef,
      nullable: true,
      description: 'The reported result after.',
    }),
    before: t.exposeFloat('before', {
      nullable: true,
      description: 'The rate, or the reported value, before.',
    }),
    after: t.exposeFloat('after', { nullable: true, description: 'The same after.' }),
    difference: t.exposeFloat('difference', {
      nullable: true,
      description: 'After minus before; null where they are unlike things.',
    }),
    differenceInterval: t.expose('differenceInterval', {
      type: IntervalRef,
      nullable: true,
      description:
        'The 95 % interval of the difference; null where the two are not comparable or a number of samples is not stated.',
    }),
    comparability: t.expose('comparability', {
      type: ComparabilityRef,
      nullable: true,
      description: 'Whether two measurements may be compared.',
    }),
    verdict: t.exposeString('verdict', { description: 'What it says, in words.' }),
  }),
});

InterventionRef.implement({
  interfaces: [NodeInterface],
  description: 'What was tried against a behaviour, and what it changed.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Intervention', row.id),
    }),
    title: t.exposeString('title', { description: 'What was tried, in a line.' }),
    description: t.exposeString('description', { description: 'What was tried.' }),
    outcome: t.expose('outcome', {
      type: InterventionOutcomeEnum,
      description: 'What it did, as judged by whoever recorded it.',
    }),
    caveat: t.exposeString('caveat', { nullable: true, description: 'What limits the conclusion.' }),
    occurredAt: t.expose('occurredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was tried.',
    }),
    addedData: t.field({
      type: LineageNodeRef,
      nullable: true,
      description: 'The data or training run that it added.',
      resolve: (row, _a, context) =>
        row.addedNodeId === null ? null : context.load(nodeById, row.addedNodeId),
    }),
    addedAmount: t.exposeFloat('addedAmount', { nullable: true, description: 'How much was added.' }),
    addedUnit: t.expose('addedUnit', {
      type: AmountUnitEnum,
      nullable: true,
      description: 'What the amount counts.',
    }),
    addedDescription: t.exposeString('addedDescription', {
      nullable: true,
      description: 'What was added, in words.',
    }),
    stage: t.expose('stage', {
      type: TrainingStageEnum,
      nullable: true,
      description: 'At which stage of training.',
    }),
    comparisons: t.field({
      type: [ComparisonRef],
      description: 'What was measured before and after.',
      resolve: async (row, _a, context) => {
        return comparisonsOf(context, row.id);
      },
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where this comes from.',
      ...cited,
    }),
    recordedBy: t.field({
      type: ActorRef,
      description: 'Who recorded it.',
      resolve: (row, _a, context) => actorOf(context, row),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was recorded.' }),
  }),
});

builder.objectFields(IncidentRef, (t) => ({
  hypotheses: t.field({
    type: [HypothesisRef],
    description: 'What may have caused it: rival claims, in the order opened.',
    resolve: (row, _a, context) => context.load(hypothesesOfIncident, row.id),
  }),
  interventions: t.field({
    type: [InterventionRef],
    description: 'What was tried against it.',
    resolve: (row, _a, context) => context.load(interventionsOfIncident, row.id),
  }),
}));
