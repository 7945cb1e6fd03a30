import { PermissionRef } from '../access/access.refs.ts';
import type { Context } from '../context.ts';
import { BehaviorRef, MeasurementRef } from '../evaluation/evaluation.refs.ts';
import { measurementById } from '../evaluation/read-eval-runs.ts';
import { behaviorById } from '../evaluation/read-evaluations.ts';
import { builder } from '../graphql/builder.ts';
import { connectionOf, forwardArguments, pageArguments } from '../graphql/connection.ts';
import {
  RegressionActionEnum,
  RegressionRuleKindEnum,
  RegressionVerdictEnum,
  VisibilityEnum,
} from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { decodeId, idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { ActorRef, IncidentRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present } from '../platform/shown.ts';
import {
  consequencesOfOutcome,
  hitsOfIncident,
  lastOutcomeOfRule,
  listRegressionRules,
  outcomesOfRule,
  previewLookBack,
  previewRegressionRule,
  type RegressionPreview,
  reasonsOf,
  regressionOutcomeById,
  regressionRuleById,
} from './read-regressions.ts';
import { mayLookBack, mayRetire } from './regression.access.ts';
import { RegressionRuleDefinitionInputRef } from './regression.inputs.refs.ts';
import {
  RegressionConsequenceRef,
  RegressionJudgementRef,
  RegressionOutcomeRef,
  RegressionRuleRef,
} from './regression.refs.ts';
import { criterionOf, type Judged, meaningOf, type RegressionRuleRow } from './regression.ts';

registerNode('RegressionRule', regressionRuleById);
registerNode('RegressionOutcome', regressionOutcomeById);

const measurementOf = async (context: Context, id: bigint) =>
  present(await context.load(measurementById, id), 'measurement');

const OutcomeConnection = connectionOf('RegressionOutcome', RegressionOutcomeRef);

RegressionRuleRef.implement({
  interfaces: [NodeInterface],
  description:
    'A rule that looks at every measurement of a behaviour in a family of models, from when it was made until it is retired. What it says never changes.',
  fields: (t) => ({
    id: t.id(idOf('RegressionRule')),
    title: t.exposeString('title', { description: 'How people call it.' }),
    behavior: t.field({
      type: BehaviorRef,
      description: 'The behaviour that it looks for.',
      resolve: async (row, _a, context) =>
        present(await context.load(behaviorById, row.behaviorId), 'behaviour'),
    }),
    modelFamily: t.exposeString('modelFamily', {
      description: 'A model, or how the names of its models begin, with an asterisk at the end.',
    }),
    condition: t.exposeString('condition', {
      nullable: true,
      description: 'The condition that it looks at alone; null for all.',
    }),
    kind: t.expose('kind', { type: RegressionRuleKindEnum, description: 'What a hit is.' }),
    threshold: t.exposeFloat('threshold', {
      nullable: true,
      description: 'What the lower end of the interval must reach; null for a rise.',
    }),
    alpha: t.exposeFloat('alpha', {
      nullable: true,
      description: 'The largest p, corrected, that is a hit; null for a threshold.',
    }),
    baselines: t.field({
      type: [MeasurementRef],
      description: 'What it compares with; none for a threshold.',
      resolve: (row, _a, context) => Promise.all(row.baselineIds.map((id) => measurementOf(context, id))),
    }),
    meaning: t.string({ description: 'What it looks for, in a sentence.', resolve: meaning }),
    incident: t.field({
      type: IncidentRef,
      nullable: true,
      description: 'The incident that a hit reopens; null where it is found by behaviour and models.',
      resolve: (row, _a, context) =>
        row.incidentId === null ? null : context.load(nodeById, row.incidentId),
    }),
    note: t.exposeString('note', { nullable: true, description: 'Anything else to know about it.' }),
    visibility: t.expose('visibility', { type: VisibilityEnum, description: 'Who may see it.' }),
    createdBy: t.field({
      type: ActorRef,
      description: 'Who made it, as whom it acts.',
      resolve: async (row, _a, context) => present(await context.load(actorById, row.actorId), 'author'),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was made.' }),
    retiredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when it looks at nothing; null where it stands.',
      resolve: (row) => row.retractedAt,
    }),
    retirementReason: t.exposeString('retractionReason', {
      nullable: true,
      description: 'Why it was retired.',
    }),
    canRetire: t.field({
      type: PermissionRef,
      description: 'Whether the viewer may retire it.',
      resolve: (row, _a, context) => mayRetire(context.viewer, row),
    }),
    canLookBack: t.field({
      type: PermissionRef,
      description: 'Whether the viewer may have it look back.',
      resolve: (row, _a, context) => mayLookBack(context.viewer, row),
    }),
    lastOutcome: t.field({
      type: RegressionOutcomeRef,
      nullable: true,
      description: 'What it said last; null where it looked at nothing yet.',
      resolve: (row, _a, context) => context.load(lastOutcomeOfRule, row.id),
    }),
    outcomes: t.field({
      type: OutcomeConnection,
      description: 'What it said, newest first.',
      args: forwardArguments(t),
      resolve: (row, args, context) => outcomesOfRule(context, row.id, args),
    }),
  }),
});

function meaning(row: RegressionRuleRow): string {
  return meaningOf(criterionOf(row));
}

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
      "Holm's correction of it over all that the rule tested of what was recorded together, or looked back at together.",
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

const RegressionRuleConnection = connectionOf('RegressionRule', RegressionRuleRef);

builder.queryFields((t) => ({
  regressionRule: t.field({
    type: RegressionRuleRef,
    nullable: true,
    description:
      'The rule of the regression watch with this id; null where there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its global id.' }) },
    resolve: (_root, args, context) =>
      context.load(regressionRuleById, decodeId(context, args.id, ['RegressionRule'], ['id']).id),
  }),
  regressionRules: t.field({
    type: RegressionRuleConnection,
    description: 'Rules of the regression watch, newest first.',
    args: {
      behavior: t.arg.string({ description: 'Only those about this behaviour.' }),
      retired: t.arg.boolean({ description: 'Only those that are retired, or that are not.' }),
      search: t.arg.string({ description: 'Only those whose title or model family holds this.' }),
      ...pageArguments(t),
    },
    resolve: (_root, args, context) => listRegressionRules(context, args),
  }),
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
