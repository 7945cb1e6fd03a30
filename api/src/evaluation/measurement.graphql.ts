import { builder } from '../graphql/builder.ts';
import { QualifierEnum } from '../graphql/enums.ts';
import { loaded, loadedWhereNamed } from '../graphql/loaded.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { decodeId, NodeInterface, registerNode } from '../graphql/node.ts';
import { CitationRef, cited, EvalRunRef, ModelVersionRef } from '../lineage/lineage.refs.ts';
import { CitationInputRef } from '../lineage/lineage-inputs.refs.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { NotFoundRefusal } from '../platform/refusal.ts';
import { present, shown } from '../platform/shown.ts';
import {
  BehaviorRef,
  ComparabilityRef,
  ConditionRef,
  GraderVersionRef,
  IntervalRef,
  MeasurementRef,
  ReportedResultRef,
  ScoreRef,
} from './evaluation.refs.ts';
import type { MeasurementRow, ReportedResultRow } from './evaluation.ts';
import { MeasurementInputRef } from './measurement.inputs.refs.ts';
import { measurementInterval, scoreInterval } from './measurement.ts';
import { comparability } from './read-comparability.ts';
import { measurementById, reportedResultById, scoreById } from './read-eval-runs.ts';
import { behaviorById, conditionById, graderVersionById } from './read-evaluations.ts';
import { recordMeasurement } from './record-measurement.ts';
import { recordReportedResult } from './record-reported-result.ts';

registerNode('Measurement', measurementById);
registerNode('Score', scoreById);
registerNode('ReportedResult', reportedResultById);

IntervalRef.implement({
  description: 'How far the true value may lie from the figure.',
  fields: (t) => ({
    lower: t.exposeFloat('lower', { description: 'The lower bound.' }),
    upper: t.exposeFloat('upper', { description: 'The upper bound.' }),
    level: t.exposeFloat('level', { description: 'The confidence level, such as 0.95.' }),
    method: t.exposeString('method', { description: 'How it was computed, and from what.' }),
  }),
});

ComparabilityRef.implement({
  description:
    'Whether two measurements may be compared: only where everything but the model is the same and known.',
  fields: (t) => ({
    comparable: t.exposeBoolean('comparable', { description: 'Whether they may.' }),
    differences: t.exposeStringList('differences', {
      description:
        'What differs, or must be known and is not stated: evaluation version, condition, grader version, scoring rule, sampling settings, items.',
    }),
    unknowns: t.exposeStringList('unknowns', {
      description: 'What may differ besides, because it is not recorded; comparing is not forbidden by it.',
    }),
  }),
});

MeasurementRef.implement({
  interfaces: [NodeInterface],
  description: 'One behaviour, in one eval run, under one condition, by one grader version.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Measurement', row.id),
    }),
    behavior: t.field({
      type: BehaviorRef,
      description: 'What was looked for.',
      ...loaded(
        behaviorById,
        ({ behaviorId }: MeasurementRow) => behaviorId,
        (behavior) => present(behavior, 'behaviour'),
      ),
    }),
    evalRun: t.field({
      type: EvalRunRef,
      description: 'Where it was measured.',
      ...loaded(
        nodeById,
        ({ evalRunId }: { evalRunId: bigint }) => evalRunId,
        (run) => present(run, 'eval run'),
      ),
    }),
    condition: t.field({
      type: ConditionRef,
      nullable: true,
      description: 'Under what; null where none is named.',
      ...loadedWhereNamed(conditionById, ({ conditionId }: { conditionId: bigint | null }) => conditionId),
    }),
    grader: t.field({
      type: GraderVersionRef,
      nullable: true,
      description: 'Who or what judged; null where not recorded.',
      ...loadedWhereNamed(
        graderVersionById,
        ({ graderVersionId }: { graderVersionId: bigint | null }) => graderVersionId,
      ),
    }),
    exhibited: t.exposeInt('exhibited', {
      nullable: true,
      description: 'Samples that showed the behaviour.',
    }),
    notExhibited: t.exposeInt('notExhibited', {
      nullable: true,
      description: 'Samples that were judged and did not show it.',
    }),
    unscored: t.exposeInt('unscored', {
      nullable: true,
      description: 'Samples without a verdict; never counted as not exhibited.',
    }),
    graderErrors: t.exposeInt('graderErrors', {
      nullable: true,
      description: 'Samples where the grader failed.',
    }),
    excluded: t.exposeInt('excluded', { nullable: true, description: 'Samples left out on purpose.' }),
    sampleCount: t.exposeInt('sampleCount', {
      nullable: true,
      description: 'Exhibited and not exhibited together; null where the source does not say.',
    }),
    rate: t.exposeFloat('rate', {
      nullable: true,
      description: 'Exhibited among the samples counted, from 0 to 1; null where nothing was scored.',
    }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'The standard error as stated by the source.',
    }),
    qualifier: t.expose('qualifier', {
      type: QualifierEnum,
      description: 'How exactly the source states it.',
    }),
    interval: t.field({
      type: IntervalRef,
      nullable: true,
      description:
        'The 95 % interval, by clusters where it is recorded how each sample did, else from counts or from a stated standard error; null where none is known.',
      resolve: (row) => measurementInterval(row),
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where the figure comes from.',
      ...cited,
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was recorded here.' }),
    retractedAt: t.expose('retractedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it, or its run, was taken back; null while both hold.',
    }),
    comparability: t.field({
      type: ComparabilityRef,
      description: 'Whether it may be compared with another measurement, and what differs.',
      args: { with: t.arg.id({ required: true, description: 'The id of the other measurement.' }) },
      resolve: async (row, args, context) => {
        const { id } = decodeId(context, args.with, ['Measurement'], ['with']);
        const other = await context.load(measurementById, id);
        if (other === null) throw new NotFoundRefusal(['with'], 'There is no such measurement.', args.with);
        return comparability(context, row, other);
      },
    }),
  }),
});

ScoreRef.implement({
  interfaces: [NodeInterface],
  description: 'A metric that is no behaviour, such as accuracy.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Score', row.id),
    }),
    evalRun: t.field({
      type: EvalRunRef,
      description: 'Where it was measured.',
      ...loaded(
        nodeById,
        ({ evalRunId }: { evalRunId: bigint }) => evalRunId,
        (run) => present(run, 'eval run'),
      ),
    }),
    metric: t.exposeString('metric', { description: 'What was measured.' }),
    value: t.exposeFloat('value', { nullable: true, description: 'The value; null where the log has none.' }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'The standard error as stated.',
    }),
    sampleCount: t.exposeInt('sampleCount', { nullable: true, description: 'Of how many samples.' }),
    interval: t.field({
      type: IntervalRef,
      nullable: true,
      description: 'The 95 % interval from the stated standard error; else null.',
      resolve: (row) => scoreInterval(row.value, row.standardError),
    }),
    higherIsBetter: t.exposeBoolean('higherIsBetter', {
      nullable: true,
      description: 'Which way is better; null where not stated.',
    }),
    condition: t.field({
      type: ConditionRef,
      nullable: true,
      description: 'Under what; null where none is named.',
      ...loadedWhereNamed(conditionById, ({ conditionId }: { conditionId: bigint | null }) => conditionId),
    }),
    grader: t.field({
      type: GraderVersionRef,
      nullable: true,
      description: 'Who or what judged; null where not recorded.',
      ...loadedWhereNamed(
        graderVersionById,
        ({ graderVersionId }: { graderVersionId: bigint | null }) => graderVersionId,
      ),
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where the figure comes from.',
      ...cited,
    }),
    note: t.exposeString('note', { nullable: true, description: 'Anything else to know about it.' }),
  }),
});

ReportedResultRef.implement({
  interfaces: [NodeInterface],
  description:
    'What a publication reports and what is no measurement: an aggregate, a ratio, a result of an unnamed model.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('ReportedResult', row.id),
    }),
    statement: t.exposeString('statement', { description: 'What it says.' }),
    value: t.exposeFloat('value', { nullable: true, description: 'The figure, in the unit.' }),
    lower: t.exposeFloat('lower', { nullable: true, description: 'The lower end of a stated range.' }),
    upper: t.exposeFloat('upper', { nullable: true, description: 'The upper end of a stated range.' }),
    unit: t.exposeString('unit', { nullable: true, description: 'What the figure counts.' }),
    qualifier: t.expose('qualifier', {
      type: QualifierEnum,
      description: 'How exactly the source states it.',
    }),
    behavior: t.field({
      type: BehaviorRef,
      nullable: true,
      description: 'The behaviour, where one is meant.',
      ...loadedWhereNamed(behaviorById, ({ behaviorId }: ReportedResultRow) => behaviorId),
    }),
    modelVersion: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'The model version, where one is named.',
      ...loadedWhereNamed(nodeById, ({ modelVersionId }: ReportedResultRow) => modelVersionId),
    }),
    subject: t.exposeString('subject', {
      nullable: true,
      description: 'Of what, in the words of the source.',
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where it is reported.',
      ...cited,
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was recorded here.' }),
  }),
});

const RecordMeasurementInput = builder.inputType('RecordMeasurementInput', {
  description: 'A measurement of an eval run that is recorded already.',
  fields: (t) => ({
    evalRun: t.field({ type: 'NodeRef', required: true, description: 'The eval run.' }),
    measurement: t.field({ type: MeasurementInputRef, required: true, description: 'The measurement.' }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'recordMeasurement',
  description: 'Adds a measurement to an eval run.',
  input: RecordMeasurementInput,
  success: (t) => ({
    measurement: t.field({
      type: MeasurementRef,
      description: 'The measurement.',
      resolve: async (made, _a, context) => shown(await context.load(measurementById, made.measurementId)),
    }),
  }),
  run: recordMeasurement,
});

const RecordReportedResultInput = builder.inputType('RecordReportedResultInput', {
  description: 'What a publication reports and what is no measurement.',
  fields: (t) => ({
    incident: t.field({ type: 'NodeRef', description: 'The incident that it belongs to.' }),
    statement: t.string({ required: true, description: 'What the publication says.' }),
    value: t.float({ description: 'The figure, in the unit.' }),
    lower: t.float({ description: 'The lower end of a stated range.' }),
    upper: t.float({ description: 'The upper end of a stated range.' }),
    unit: t.string({ description: 'What the figure counts.' }),
    qualifier: t.field({
      type: QualifierEnum,
      required: true,
      defaultValue: 'EXACT',
      description: 'How exactly it is stated.',
    }),
    behavior: t.string({ description: 'The name of the behaviour, where one is meant.' }),
    modelVersion: t.field({ type: 'NodeRef', description: 'The model version, where one is named.' }),
    subject: t.string({ description: 'Of what, in the words of the source.' }),
    citation: t.field({ type: CitationInputRef, required: true, description: 'Where it is reported.' }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'recordReportedResult',
  description: 'Records an aggregate, a ratio, or a result of an unnamed model that a publication reports.',
  input: RecordReportedResultInput,
  success: (t) => ({
    reportedResult: t.field({
      type: ReportedResultRef,
      description: 'The reported result.',
      resolve: async (made, _a, context) =>
        shown(await context.load(reportedResultById, made.reportedResultId)),
    }),
  }),
  run: recordReportedResult,
});
