// What a scoring rule says, as data.
import { builder } from '../../graphql/builder.ts';
import type { Json } from '../../platform/json.ts';
import { ScoreTestRef, ScoringDefinitionRef } from './scoring.refs.ts';
import type { ScoringDefinition, ValueTest } from './scoring-definition.ts';

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

ScoringDefinitionRef.implement({
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
