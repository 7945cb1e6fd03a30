import { builder } from '../../graphql/builder.ts';

export const ScoreTestInputRef = builder.inputType('ScoreTestInput', {
  description:
    'Which values are meant: exactly one of values and the bounds. Values are compared with their type; bounds apply to numbers alone.',
  fields: (t) => ({
    values: t.field({ type: ['JSON'], description: 'These: texts, numbers, true or false.' }),
    atLeast: t.float({ description: 'Numbers from this one on.' }),
    above: t.float({ description: 'Numbers above this one.' }),
    atMost: t.float({ description: 'Numbers up to this one.' }),
    below: t.float({ description: 'Numbers below this one.' }),
  }),
});

const BehaviorOfArgumentInput = builder.inputType('BehaviorOfArgumentInput', {
  description: 'The behaviour that a value of a task argument stands for.',
  fields: (t) => ({
    value: t.string({ required: true, description: "The argument's value." }),
    behavior: t.string({ required: true, description: 'The name of a registered behaviour.' }),
  }),
});

const BehaviorByTaskArgInput = builder.inputType('BehaviorByTaskArgInput', {
  description: 'The behaviour by the value of a task argument, where one evaluation looks for several.',
  fields: (t) => ({
    argument: t.string({ required: true, description: "The argument's name." }),
    behaviors: t.field({
      type: [BehaviorOfArgumentInput],
      required: true,
      description: 'A behaviour for each value.',
    }),
    otherwise: t.string({ description: 'The behaviour where the argument is not given.' }),
  }),
});

export const ScoringDefinitionInputRef = builder.inputType('ScoringDefinitionInput', {
  description: 'What the values of a scorer mean. What no test names is unscored, never "not exhibited".',
  fields: (t) => ({
    behavior: t.string({ description: 'The name of a registered behaviour; or give behaviorByTaskArg.' }),
    behaviorByTaskArg: t.field({
      type: BehaviorByTaskArgInput,
      description: 'A behaviour by a task argument.',
    }),
    scorer: t.string({ required: true, description: "The scorer's name, with or without its package." }),
    key: t.string({ description: 'Which of several values: its key in a mapping, its position in a list.' }),
    exhibited: t.field({
      type: ScoreTestInputRef,
      required: true,
      description: 'Values that mean that the behaviour was shown.',
    }),
    notExhibited: t.field({
      type: ScoreTestInputRef,
      required: true,
      description: 'Values that mean that it was not.',
    }),
    unscored: t.field({ type: ScoreTestInputRef, description: 'Values that are known to say nothing.' }),
    excluded: t.field({
      type: ScoreTestInputRef,
      description: 'Values of samples that are left out on purpose.',
    }),
    graderError: t.field({
      type: ScoreTestInputRef,
      description: 'Values that mean that the grader failed: asked before all else.',
    }),
    graderErrorKey: t.string({ description: 'Where graderError looks, if not where the others do.' }),
    conditionArgs: t.stringList({
      description: 'Task arguments that make the condition, in the order in which they are named.',
    }),
  }),
});
