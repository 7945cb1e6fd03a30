import { builder } from '../graphql/builder.ts';
import { VisibilityEnum } from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { shown } from '../platform/shown.ts';
import { createRegressionRule } from './create-regression-rule.ts';
import { regressionRuleById } from './read-regressions.ts';
import { RegressionRuleDefinitionInputRef } from './regression.inputs.refs.ts';
import { RegressionRuleRef } from './regression.refs.ts';
import { retireRegressionRule } from './retire-regression-rule.ts';

const KEY = 'The same key and body within 24 hours give the same answer.';

const CreateRegressionRuleInput = builder.inputType('CreateRegressionRuleInput', {
  description: 'A rule of the regression watch.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'How people will call it.' }),
    definition: t.field({
      type: RegressionRuleDefinitionInputRef,
      required: true,
      description: 'What it looks at and what a hit is.',
    }),
    incident: t.field({
      type: 'NodeRef',
      description: 'The incident that a hit reopens; where left out it is found by behaviour and models.',
    }),
    note: t.string({ description: 'Anything else to know about it.' }),
    visibility: t.field({
      type: VisibilityEnum,
      description:
        'Who may see it, of those who may see its behaviour, incident and baselines; members where left out. A hit changes nothing that others see.',
    }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'createRegressionRule',
  description:
    'Makes a rule, which looks at every measurement that is recorded from now on. It acts as whoever made it, with the rights that they have when it looks.',
  input: CreateRegressionRuleInput,
  run: (change, input) => createRegressionRule(change, input),
  success: (t) => ({
    regressionRule: t.field({
      type: RegressionRuleRef,
      description: 'The rule.',
      resolve: async (made, _a, context) =>
        shown(await context.load(regressionRuleById, made.regressionRuleId)),
    }),
  }),
});

const RetireRegressionRuleInput = builder.inputType('RetireRegressionRuleInput', {
  description: 'A rule to retire.',
  fields: (t) => ({
    regressionRule: t.id({ required: true, description: 'The rule.' }),
    reason: t.string({ required: true, description: 'Why.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'retireRegressionRule',
  description: 'Retires a rule: from now on it looks at nothing. What it said stays.',
  input: RetireRegressionRuleInput,
  run: (change, input) => retireRegressionRule(change, input),
  success: (t) => ({
    regressionRule: t.field({
      type: RegressionRuleRef,
      description: 'The rule.',
      resolve: async (made, _a, context) =>
        shown(await context.load(regressionRuleById, made.regressionRuleId)),
    }),
  }),
});
