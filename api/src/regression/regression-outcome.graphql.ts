// What rules say of measurements, or would say, and what that does to incidents.
import type { Context } from '../context.ts';
import { MeasurementRef } from '../evaluation/evaluation.refs.ts';
import { measurementById } from '../evaluation/read-eval-runs.ts';
import { builder } from '../graphql/builder.ts';
import { RegressionActionEnum, RegressionVerdictEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { decodeId, idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { IncidentRef } from '../lineage/lineage.refs.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present } from '../platform/shown.ts';
import {
  consequencesOfOutcome,
  hitsOfIncident,
  previewLookBack,
  previewRegressionRule,
  type RegressionPreview,
  reasonsOf,
  regressionOutcomeById,
  regressionRuleById,
} from './read-regressions.ts';
import { RegressionRuleDefinitionInputRef } from './regression.inputs.refs.ts';
import {
  RegressionConsequenceRef,
  RegressionJudgementRef,
  RegressionOutcomeRef,
  RegressionRuleRef,
} from './regression.refs.ts';
import type { Judged } from './regression.ts';

registerNode('RegressionOutcome', regressionOutcomeById);

const measurementOf = async (context: Context, id: bigint) =>
  present(await context.load(measurementById, id), 'measurement');

RegressionConsequenceRef.implement({
  description: 'What a hit did to an incident.',
  fields: (t) => ({
    incident: t.field({
      type: IncidentRef,
      description: 'The incident.',
      resolve: async (row, _a, context) => present(await context.load(nodeById, row.incidentId), 'incident'),
    }),
    action: t.expose('action', { type: RegressionActionEnum, description: 'What was done.' }),
  }),
});

/** What an outcome and a preview of one have in common. */
const judged = {
  verdict: { type: RegressionVerdictEnum, description: 'What the rule says of it.' },
  lowerBound: {
    nullable: true,
    description: 'The lower end of its 95% interval; null where it has none.',
  },
  difference: {
    nullable: true,
    description: "Its rate less the baseline's, from −1 to 1; null where it was not tested.",
  },
  pValue: { nullable: true, description: 'Two-sided, of this comparison alone.' },
  correctedPValue: {
    nullable: true,
    description:
      "Holm's correction of it over what the rule tested of what was recorded together, or looked back at together, as far as everybody sees that who sees this.",
  },
  testedTogether: { nullable: true, description: 'Over how many it was corrected.' },
} as const;
const measurementField = {
  type: MeasurementRef,
  description: 'The measurement.',
  resolve: (row: Judged, _a: unknown, context: Context) => measurementOf(context, row.measurementId),
} as const;
const baselineField = {
  type: MeasurementRef,
  nullable: true,
  description: 'What it was compared with, or could not be; null for a threshold.',
  resolve: (row: Judged, _a: unknown, context: Context) =>
    row.baselineId === null ? null : context.load(measurementById, row.baselineId),
} as const;
const reasonsField = {
  description: 'Why it could not be compared or tested; empty where it was.',
  resolve: (row: Judged, _a: unknown, context: Context) => reasonsOf(context, row),
} as const;

RegressionOutcomeRef.implement({
  interfaces: [NodeInterface],
  description: 'What a rule said of a measurement. It says so once.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id(idOf('RegressionOutcome')),
    rule: t.field({
      type: RegressionRuleRef,
      description: 'The rule.',
      resolve: async (row, _a, context) =>
        present(await context.load(regressionRuleById, row.regressionRuleId), 'rule'),
    }),
    measurement: t.field(measurementField),
    verdict: t.expose('verdict', judged.verdict),
    lowerBound: t.exposeFloat('lowerBound', judged.lowerBound),
    baseline: t.field(baselineField),
    difference: t.exposeFloat('difference', judged.difference),
    pValue: t.exposeFloat('pValue', judged.pValue),
    correctedPValue: t.exposeFloat('correctedPValue', judged.correctedPValue),
    testedTogether: t.exposeInt('testedTogether', judged.testedTogether),
    reasons: t.stringList(reasonsField),
    lookedBack: t.boolean({
      description:
        'Whether it was recorded before the rule was made, which looked back at it: then nothing was reopened or drafted.',
      resolve: async (row, _a, context) => {
        const [rule, measured] = await Promise.all([
          context.load(regressionRuleById, row.regressionRuleId),
          measurementOf(context, row.measurementId),
        ]);
        return measured.recordedAt < present(rule, 'rule').recordedAt;
      },
    }),
    consequences: t.field({
      type: [RegressionConsequenceRef],
      description: 'What it did to incidents that the viewer may see; none where it was no hit.',
      resolve: (row, _a, context) => context.load(consequencesOfOutcome, row.id),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was said.' }),
  }),
});

RegressionJudgementRef.implement({
  description: 'What a rule would say of a measurement.',
  fields: (t) => ({
    measurement: t.field(measurementField),
    verdict: t.expose('verdict', judged.verdict),
    lowerBound: t.exposeFloat('lowerBound', judged.lowerBound),
    baseline: t.field(baselineField),
    difference: t.exposeFloat('difference', judged.difference),
    pValue: t.exposeFloat('pValue', judged.pValue),
    correctedPValue: t.exposeFloat('correctedPValue', judged.correctedPValue),
    testedTogether: t.exposeInt('testedTogether', judged.testedTogether),
    reasons: t.stringList(reasonsField),
  }),
});

const PreviewRef = builder.objectRef<RegressionPreview>('RegressionPreview').implement({
  description: 'What a rule would have said of what is recorded already. Nothing is written.',
  fields: (t) => ({
    outcomes: t.field({
      type: [RegressionJudgementRef],
      description: 'The 50 newest measurements that it is about.',
      resolve: ({ outcomes }) => outcomes,
    }),
    matching: t.exposeInt('matching', {
      description: 'How many measurements it is about in all, those that it compares with left out.',
    }),
  }),
});

builder.objectField(IncidentRef, 'regressions', (t) =>
  t.field({
    type: [RegressionOutcomeRef],
    description:
      'Hits of the regression watch that reopened it, were added to it or drafted it, newest first.',
    resolve: (row, _a, context) => context.load(hitsOfIncident, row.id),
  }),
);

builder.queryFields((t) => ({
  regressionPreview: t.field({
    type: PreviewRef,
    description: 'What a rule would have said of what is recorded already, before it is made.',
    args: {
      definition: t.arg({
        type: RegressionRuleDefinitionInputRef,
        required: true,
        description: 'The rule.',
      }),
    },
    resolve: (_root, { definition }, context) => previewRegressionRule(context, definition),
  }),
  regressionLookBack: t.field({
    type: PreviewRef,
    nullable: true,
    description:
      'What a rule would find by looking back, judged together as far as it is shown; null where there is no such rule that the viewer may see.',
    args: {
      regressionRule: t.arg.id({ required: true, description: 'Its global id.' }),
      since: t.arg({
        type: 'DateTime',
        required: true,
        description: 'It looks at what was recorded from this moment on until it was made.',
      }),
    },
    resolve: async (_root, args, context) => {
      const { id } = decodeId(context, args.regressionRule, ['RegressionRule'], ['regressionRule']);
      const rule = await context.load(regressionRuleById, id);
      return rule === null ? null : previewLookBack(context, rule, args.since);
    },
  }),
}));
