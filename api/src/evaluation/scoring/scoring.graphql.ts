import { builder } from '../../graphql/builder.ts';
import { connectionOf, pageArguments } from '../../graphql/connection.ts';
import { ScoringStatusEnum } from '../../graphql/enums.ts';
import { truncationsOf } from '../../graphql/list-truncation.ts';
import { idOf, NodeInterface, registerNode } from '../../graphql/node.ts';
import { ActorRef } from '../../lineage/lineage.refs.ts';
import { actorById } from '../../lineage/read-actors.ts';
import type { Json } from '../../platform/json.ts';
import { present } from '../../platform/shown.ts';
import { MeasurementRef } from '../evaluation.refs.ts';
import { idByName } from '../read-evaluations.ts';
import { previewScoring } from './preview-scoring.ts';
import {
  listScoringRules,
  scoringRuleById,
  scoringRuleVersionById,
  versionsOfScoringRule,
} from './read-scoring.ts';
import { ScoringDefinitionInputRef } from './scoring.inputs.refs.ts';
import {
  ScoredOutcomesRef,
  ScoreTestRef,
  ScoringPreviewRef,
  ScoringRuleRef,
  ScoringRuleVersionRef,
} from './scoring.refs.ts';
import type { ScoringDefinition, ValueTest } from './scoring-definition.ts';
import { statusOf } from './scoring-rule.ts';
import { wordsOf } from './scoring-words.ts';

registerNode('ScoringRule', scoringRuleById);
registerNode('ScoringRuleVersion', scoringRuleVersionById);

const bound = (test: ValueTest, name: 'atLeast' | 'above' | 'atMost' | 'below') =>
  (test as Partial<Record<typeof name, number>>)[name] ?? null;

ScoreTestRef.implement({
  description: 'Which values are meant: those listed, or the numbers on one side of a bound.',
  fields: (t) => ({
    values: t.field({
      type: ['JSON'],
      nullable: true,
      description: 'These, compared with their type; null where a bound is meant.',
      resolve: (test) => ('oneOf' in test ? ([...test.oneOf] as Json[]) : null),
    }),
    atLeast: t.float({
      nullable: true,
      description: 'Numbers from this one on.',
      resolve: (test) => bound(test, 'atLeast'),
    }),
    above: t.float({
      nullable: true,
      description: 'Numbers above this one.',
      resolve: (test) => bound(test, 'above'),
    }),
    atMost: t.float({
      nullable: true,
      description: 'Numbers up to this one.',
      resolve: (test) => bound(test, 'atMost'),
    }),
    below: t.float({
      nullable: true,
      description: 'Numbers below this one.',
      resolve: (test) => bound(test, 'below'),
    }),
  }),
});

const BehaviorOfArgument = builder
  .objectRef<{ value: string; behavior: string }>('BehaviorOfArgument')
  .implement({
    description: 'The behaviour that a value of a task argument stands for.',
    fields: (t) => ({
      value: t.exposeString('value', { description: "The argument's value." }),
      behavior: t.exposeString('behavior', { description: "The behaviour's name." }),
    }),
  });

const BehaviorByTaskArg = builder
  .objectRef<Exclude<ScoringDefinition['behavior'], string>>('BehaviorByTaskArg')
  .implement({
    description: 'The behaviour by the value of a task argument.',
    fields: (t) => ({
      argument: t.exposeString('byTaskArg', { description: "The argument's name." }),
      behaviors: t.field({
        type: [BehaviorOfArgument],
        description: 'A behaviour for each value.',
        resolve: ({ names }) => Object.entries(names).map(([value, behavior]) => ({ value, behavior })),
      }),
      otherwise: t.string({
        nullable: true,
        description: 'The behaviour where the argument is not given; null where there is none.',
        resolve: ({ byDefault }) => byDefault ?? null,
      }),
    }),
  });

const Definition = builder.objectRef<ScoringDefinition>('ScoringDefinition').implement({
  description: 'What the values of a scorer mean. What no test names is unscored, never "not exhibited".',
  fields: (t) => ({
    behavior: t.string({
      nullable: true,
      description: "The behaviour's name; null where a task argument tells it.",
      resolve: ({ behavior }) => (typeof behavior === 'string' ? behavior : null),
    }),
    behaviorByTaskArg: t.field({
      type: BehaviorByTaskArg,
      nullable: true,
      description: 'The behaviour by a task argument; null where there is one alone.',
      resolve: ({ behavior }) => (typeof behavior === 'string' ? null : behavior),
    }),
    scorer: t.exposeString('scorer', { description: "The scorer's name, without its package." }),
    key: t.string({
      nullable: true,
      description: 'Which of several values is read; null where the scorer gives one.',
      resolve: ({ part }) => part ?? null,
    }),
    exhibited: t.field({
      type: ScoreTestRef,
      description: 'Values that mean that the behaviour was shown.',
      resolve: (d) => d.exhibited,
    }),
    notExhibited: t.field({
      type: ScoreTestRef,
      description: 'Values that mean that it was not.',
      resolve: (d) => d.notExhibited,
    }),
    unscored: t.field({
      type: ScoreTestRef,
      nullable: true,
      description: 'Values that are known to say nothing.',
      resolve: (d) => d.unscored ?? null,
    }),
    excluded: t.field({
      type: ScoreTestRef,
      nullable: true,
      description: 'Values of samples that are left out on purpose.',
      resolve: (d) => d.excluded ?? null,
    }),
    graderError: t.field({
      type: ScoreTestRef,
      nullable: true,
      description: 'Values that mean that the grader failed: asked before all else.',
      resolve: (d) => d.graderError?.test ?? null,
    }),
    graderErrorKey: t.string({
      nullable: true,
      description: 'Where graderError looks; null where it looks where the others do.',
      resolve: (d) => d.graderError?.part ?? null,
    }),
    conditionArgs: t.stringList({
      description: 'Task arguments that make the condition.',
      resolve: (d) => [...(d.conditionArgs ?? [])],
    }),
  }),
});

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
      type: Definition,
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

const UnnamedValue = builder.objectRef<{ value: string; count: number }>('UnnamedValue').implement({
  description: 'A value that a rule does not name: its samples are unscored.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The value as JSON, or what is odd about it in words.' }),
    count: t.exposeInt('count', { description: 'How many samples have it.' }),
  }),
});

const MOST_UNNAMED = 50;
type Unnamed = { value: string; count: number };
const mostFrequent = (a: Unnamed, b: Unnamed) => b.count - a.count || (a.value < b.value ? -1 : 1);

ScoredOutcomesRef.implement({
  description: 'What the samples of a run come to by a rule, for one scorer.',
  fields: (t) => ({
    scorer: t.exposeString('scorer', { description: 'The scorer, as the samples call it.' }),
    behavior: t.exposeString('behavior', { description: 'The behaviour, as the rule names it.' }),
    condition: t.exposeString('condition', {
      nullable: true,
      description: 'The condition that the task arguments make; null where there is none.',
    }),
    exhibited: t.exposeInt('exhibited', { description: 'Samples that show the behaviour.' }),
    notExhibited: t.exposeInt('notExhibited', {
      description: 'Samples that were judged and do not show it.',
    }),
    unscored: t.exposeInt('unscored', { description: 'Samples without a verdict.' }),
    graderErrors: t.exposeInt('graderErrors', { description: 'Samples where the grader failed.' }),
    excluded: t.exposeInt('excluded', { description: 'Samples left out on purpose, or invalidated.' }),
    unnamed: t.field({
      type: [UnnamedValue],
      description: 'Of those unscored, the values that the rule does not name: the 50 most frequent.',
      resolve: ({ unnamed }) => [...unnamed].sort(mostFrequent).slice(0, MOST_UNNAMED),
    }),
    unnamedCount: t.int({
      description: 'How many samples have a value that the rule does not name.',
      resolve: ({ unnamed }) => unnamed.reduce((sum, { count }) => sum + count, 0),
    }),
  }),
});

ScoringPreviewRef.implement({
  description: 'What a rule would make of a run. Nothing is written.',
  fields: (t) => ({
    problem: t.exposeString('problem', {
      nullable: true,
      description: 'Why the run cannot be scored so; null where it can.',
    }),
    outcomes: t.field({
      type: [ScoredOutcomesRef],
      description: "For each scorer of the run that goes by the rule's name.",
      resolve: ({ outcomes }) => outcomes,
    }),
  }),
});

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
  scoringPreview: t.field({
    type: ScoringPreviewRef,
    description: 'The counts that a rule would give on a run, before anything is written.',
    args: {
      evalRun: t.arg({
        type: 'NodeRef',
        required: true,
        description: 'The run, whose samples are recorded.',
      }),
      scoringRuleVersion: t.arg.id({ description: 'A version of a rule; or give a definition.' }),
      definition: t.arg({ type: ScoringDefinitionInputRef, description: 'A rule that is not proposed yet.' }),
    },
    resolve: (_root, args, context) => previewScoring(context, args),
  }),
}));
