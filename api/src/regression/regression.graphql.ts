import { PermissionRef } from '../access/access.refs.ts';
import { BehaviorRef, MeasurementRef } from '../evaluation/evaluation.refs.ts';
import { measurementById } from '../evaluation/read-eval-runs.ts';
import { behaviorById } from '../evaluation/read-evaluations.ts';
import { builder } from '../graphql/builder.ts';
import { connectionOf, forwardArguments, pageArguments } from '../graphql/connection.ts';
import { RegressionRuleKindEnum, VisibilityEnum } from '../graphql/enums.ts';
import { decodeId, idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { ActorRef, IncidentRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present } from '../platform/shown.ts';
import {
  lastOutcomeOfRule,
  listRegressionRules,
  outcomesOfRule,
  regressionRuleById,
} from './read-regressions.ts';
import { mayLookBack, mayRetire } from './regression.access.ts';
import { RegressionOutcomeRef, RegressionRuleRef } from './regression.refs.ts';
import { criterionOf, meaningOf, type RegressionRuleRow } from './regression.ts';

registerNode('RegressionRule', regressionRuleById);

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
      resolve: (row, _a, context) =>
        Promise.all(
          row.baselineIds.map(async (id) => present(await context.load(measurementById, id), 'measurement')),
        ),
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
}));
