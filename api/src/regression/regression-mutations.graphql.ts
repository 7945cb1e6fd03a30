import { builder } from '../graphql/builder.ts';
import { VisibilityEnum } from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { shown } from '../platform/shown.ts';
import { createRegressionRule } from './create-regression-rule.ts';
import { lookBackRegressionRule } from './look-back.ts';
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

const LookBackRegressionRuleInput = builder.inputType('LookBackRegressionRuleInput', {
  description: 'A rule, and how far it is to look back.',
  fields: (t) => ({
    regressionRule: t.id({ required: true, description: 'The rule.' }),
    since: t.field({
      type: 'DateTime',
      required: true,
      description:
        'It looks at what was recorded from this moment on until it was made. At most 500 measurements, and fewer where it compares with many: 1,000 comparisons.',
    }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'lookBackRegressionRule',
  description:
    'Has a rule look at what was recorded before it was made, soon after the answer: all at once, so that p is corrected over all of it, and of each measurement once. Hits are told to who watches and added to the incident that the rule names; nothing is reopened or drafted.',
  input: LookBackRegressionRuleInput,
  run: (change, input) => lookBackRegressionRule(change, input),
  success: (t) => ({
    regressionRule: t.field({
      type: RegressionRuleRef,
      description: 'The rule.',
      resolve: async (made, _a, context) =>
        shown(await context.load(regressionRuleById, made.regressionRuleId)),
    }),
    measurements: t.exposeInt('measurements', {
      description:
        'How many it is to look at. Of those that its author does not see, or of which it said something already, it says nothing.',
    }),
  }),
});
