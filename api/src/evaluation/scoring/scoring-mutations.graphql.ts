import { builder } from '../../graphql/builder.ts';
import { VisibilityEnum } from '../../graphql/enums.ts';
import { defineMutation, type FieldBuilder } from '../../graphql/mutation.ts';
import { present, shown } from '../../platform/shown.ts';
import { MeasurementRef } from '../evaluation.refs.ts';
import { measurementById } from '../read-eval-runs.ts';
import { confirmScoringRule, retractScoringRuleVersion } from './confirm-scoring-rule.ts';
import { proposeScoringRule } from './propose-scoring-rule.ts';
import { scoringRuleVersionById } from './read-scoring.ts';
import { rescoreEvalRun } from './rescore-eval-run.ts';
import { ScoringDefinitionInputRef } from './scoring.inputs.refs.ts';
import { ScoringRuleVersionRef } from './scoring.refs.ts';
import { definitionOf } from './scoring-input.ts';

/** What each mutation of a version answers. */
const theVersion = (t: FieldBuilder<{ scoringRuleVersionId: bigint }>) => ({
  scoringRuleVersion: t.field({
    type: ScoringRuleVersionRef,
    description: 'The version.',
    resolve: async (made, _a, context) =>
      shown(await context.load(scoringRuleVersionById, made.scoringRuleVersionId)),
  }),
});

const KEY = 'The same key and body within 24 hours give the same answer.';

const ProposeScoringRuleInput = builder.inputType('ProposeScoringRuleInput', {
  description: 'A version of a scoring rule, and the rule where the team has none of this name.',
  fields: (t) => ({
    evaluation: t.string({
      required: true,
      description: 'The evaluation, as logs name it, with or without its package.',
    }),
    name: t.string({ description: "The rule's name: evaluation/scorer where left out." }),
    definition: t.field({
      type: ScoringDefinitionInputRef,
      required: true,
      description: "What the scorer's values mean.",
    }),
    note: t.string({ description: 'Anything else to know about it.' }),
    visibility: t.field({
      type: VisibilityEnum,
      description:
        'Who may see it: no wider than the behaviours that it names, and no narrower than its rule is; where left out, as the rule, and members where that is new.',
    }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'proposeScoringRule',
  description: 'Proposes a version of a scoring rule. It is applied to nothing until a person confirms it.',
  input: ProposeScoringRuleInput,
  run: (change, input) =>
    proposeScoringRule(change, { ...input, definition: definitionOf(input.definition, ['definition']) }),
  success: theVersion,
});

const ConfirmScoringRuleInput = builder.inputType('ConfirmScoringRuleInput', {
  description: "A person's word that a version says what the scorer means.",
  fields: (t) => ({
    scoringRuleVersion: t.id({ required: true, description: 'The version.' }),
    comment: t.string({ description: 'What they say of it.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'confirmScoringRule',
  description:
    'Confirms a version of a scoring rule: from now on imports apply it. What earlier versions measured stays. Only a person of the team whose rule it is, or an administrator, may.',
  input: ConfirmScoringRuleInput,
  success: theVersion,
  run: confirmScoringRule,
});

const RetractScoringRuleVersionInput = builder.inputType('RetractScoringRuleVersionInput', {
  description: 'A version of a scoring rule that is taken back.',
  fields: (t) => ({
    scoringRuleVersion: t.id({ required: true, description: 'The version.' }),
    reason: t.string({ required: true, description: 'Why.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'retractScoringRuleVersion',
  description:
    'Takes a version of a scoring rule back: no import applies it any more. What it measured stays.',
  input: RetractScoringRuleVersionInput,
  success: theVersion,
  run: retractScoringRuleVersion,
});

const RescoreEvalRunInput = builder.inputType('RescoreEvalRunInput', {
  description: 'A recorded run, and the version of a rule to measure it by.',
  fields: (t) => ({
    evalRun: t.field({
      type: 'NodeRef',
      required: true,
      description: 'The run, whose samples are recorded.',
    }),
    scoringRuleVersion: t.id({ required: true, description: 'A version that is confirmed, or built in.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'rescoreEvalRun',
  description:
    'Measures a recorded run by a version of a scoring rule. What was measured before stays beside it; by the same version nothing is measured twice.',
  input: RescoreEvalRunInput,
  success: (t) => ({
    measurements: t.field({
      type: [MeasurementRef],
      description: 'The measurements by this version.',
      resolve: (made, _a, context) =>
        Promise.all(
          made.measurementIds.map(async (id) =>
            present(await context.load(measurementById, id), 'measurement'),
          ),
        ),
    }),
    alreadyMeasured: t.exposeBoolean('alreadyMeasured', {
      description: 'Whether this version had measured the run before, so that nothing was written.',
    }),
    unnamedCount: t.exposeInt('unnamed', {
      description: 'How many samples have a value that the rule does not name: they are unscored.',
    }),
  }),
  run: rescoreEvalRun,
});
