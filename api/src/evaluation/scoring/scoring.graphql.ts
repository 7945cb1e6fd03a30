import { builder } from '../../graphql/builder.ts';
import { connectionOf, pageArguments } from '../../graphql/connection.ts';
import { ScoringStatusEnum } from '../../graphql/enums.ts';
import { truncationsOf } from '../../graphql/list-truncation.ts';
import { idOf, NodeInterface, registerNode } from '../../graphql/node.ts';
import { ActorRef } from '../../lineage/lineage.refs.ts';
import { actorById } from '../../lineage/read-actors.ts';
import { present } from '../../platform/shown.ts';
import { MeasurementRef } from '../evaluation.refs.ts';
import { idByName } from '../read-evaluations.ts';
import {
  listScoringRules,
  scoringRuleById,
  scoringRuleVersionById,
  versionsOfScoringRule,
} from './read-scoring.ts';
import { ScoringDefinitionRef, ScoringRuleRef, ScoringRuleVersionRef } from './scoring.refs.ts';
import { statusOf } from './scoring-rule.ts';
import { wordsOf } from './scoring-words.ts';

registerNode('ScoringRule', scoringRuleById);
registerNode('ScoringRuleVersion', scoringRuleVersionById);

ScoringRuleRef.implement({
  interfaces: [NodeInterface],
  description: 'What the values of a scorer of an evaluation mean, version by version.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id(idOf('ScoringRule')),
    name: t.exposeString('name', { description: "Its name, with the team's namespace where it has one." }),
    evaluation: t.exposeString('evaluation', {
      description: 'The evaluation whose scores it reads, as logs name it, with or without its package.',
    }),
    scorer: t.exposeString('scorer', { description: 'The scorer, without its package.' }),
    versions: t.field({
      type: [ScoringRuleVersionRef],
      description: 'Its versions, newest first. None is ever changed.',
      resolve: (row, _a, context) => context.load(versionsOfScoringRule, row.id),
    }),
    inForce: t.field({
      type: ScoringRuleVersionRef,
      nullable: true,
      description: 'The version that imports apply; null where none is confirmed or built in.',
      resolve: async (row, _a, context) => {
        const versions = await context.load(versionsOfScoringRule, row.id);
        return versions.find((one) => ['CONFIRMED', 'BUILT_IN'].includes(statusOf(one))) ?? null;
      },
    }),
  }),
});

ScoringRuleVersionRef.implement({
  interfaces: [NodeInterface],
  description: 'One version of a scoring rule: what it says never changes.',
  fields: (t) => ({
    id: t.id(idOf('ScoringRuleVersion')),
    rule: t.field({
      type: ScoringRuleRef,
      description: 'The rule.',
      resolve: async (row, _a, context) =>
        present(await context.load(scoringRuleById, row.scoringRuleId), 'scoring rule'),
    }),
    number: t.exposeInt('number', { description: 'Which version: from 1.' }),
    status: t.field({
      type: ScoringStatusEnum,
      description: 'Where it stands.',
      resolve: (row) => statusOf(row),
    }),
    definition: t.field({
      type: ScoringDefinitionRef,
      description: 'What it says, as data.',
      resolve: (row) => row.definition,
    }),
    meaning: t.stringList({
      description: 'What it says, in sentences.',
      resolve: (row) => wordsOf(row.definition),
    }),
    note: t.exposeString('note', { nullable: true, description: 'Anything else to know about it.' }),
    builtIn: t.exposeBoolean('builtIn', { description: 'Whether it ships with Headwater.' }),
    proposedBy: t.field({
      type: ActorRef,
      description: 'Who proposed it.',
      resolve: async (row, _a, context) => present(await context.load(actorById, row.actorId), 'proposer'),
    }),
    confirmedBy: t.field({
      type: ActorRef,
      nullable: true,
      description: 'The person who confirmed it; null where nobody did, as of what is built in.',
      resolve: (row, _a, context) =>
        row.confirmedBy === null ? null : context.load(actorById, row.confirmedBy),
    }),
    confirmedAt: t.expose('confirmedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When they did.',
    }),
    comment: t.exposeString('comment', {
      nullable: true,
      description: 'What they said of it.',
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was proposed.' }),
    retractedAt: t.expose('retractedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken back.',
    }),
  }),
});

builder.objectField(MeasurementRef, 'scoringRule', (t) =>
  t.field({
    type: ScoringRuleVersionRef,
    nullable: true,
    description:
      "The version of a rule that made it of the samples' scores; null where it was counted otherwise.",
    resolve: (row, _a, context) =>
      row.scoringRuleVersionId === null
        ? null
        : context.load(scoringRuleVersionById, row.scoringRuleVersionId),
  }),
);

const ScoringRuleConnection = connectionOf('ScoringRule', ScoringRuleRef);

builder.queryFields((t) => ({
  scoringRule: t.field({
    type: ScoringRuleRef,
    nullable: true,
    description: 'The scoring rule of this name; null where there is none that the viewer may see.',
    args: {
      name: t.arg.string({
        required: true,
        description: 'Its name, such as agentic_misalignment/harmfulness_scorer.',
      }),
    },
    resolve: async (_root, { name }, context) => {
      const id = await idByName(context, 'scoring_rule', name);
      return id === null ? null : context.load(scoringRuleById, id);
    },
  }),
  scoringRules: t.field({
    type: ScoringRuleConnection,
    description: 'Scoring rules by name.',
    args: {
      evaluation: t.arg.string({ description: 'Only those about this evaluation.' }),
      search: t.arg.string({ description: 'Only those whose name, evaluation or scorer holds this.' }),
      ...pageArguments(t),
    },
    resolve: (_root, args, context) => listScoringRules(context, args),
  }),
}));
