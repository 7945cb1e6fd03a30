// Inputs that several mutations share.
import { builder } from '../graphql/builder.ts';
import {
  AmountBasisEnum,
  AmountUnitEnum,
  CertaintyEnum,
  StartedFromEnum,
  TrainingStageEnum,
  TransformationEffectEnum,
} from '../graphql/enums.ts';

export const CitationInputRef = builder.inputType('CitationInput', {
  description: 'Where a figure or a statement comes from.',
  fields: (t) => ({
    source: t.string({ required: true, description: 'The publication or other source, by its title.' }),
    url: t.string({ description: 'Where to find it: http or https.' }),
    locator: t.string({ description: 'The place in it: a page, a table, a section.' }),
    certainty: t.field({ type: CertaintyEnum, required: true, description: 'How near it is to the figure.' }),
    quote: t.string({ description: 'The words that support the figure.' }),
    note: t.string({ description: 'Anything else to know about it.' }),
    retrievedAt: t.field({ type: 'DateTime', description: 'When it was looked at.' }),
  }),
});

export const CompositionInputItemRef = builder.inputType('CompositionInputItem', {
  description: 'One input of a composition.',
  fields: (t) => ({
    of: t.field({ type: 'NodeRef', required: true, description: 'The dataset version or source.' }),
    amount: t.float({ description: 'How much of it, in the unit; left out where not known.' }),
    unit: t.field({ type: AmountUnitEnum, description: "The amount's unit, where not the composition's." }),
    epochs: t.float({ description: 'How often it was repeated; for information.' }),
  }),
});

export const CompositionInputRef = builder.inputType('CompositionInput', {
  description: "One party's statement of all the inputs of a thing.",
  fields: (t) => ({
    unit: t.field({ type: AmountUnitEnum, required: true, description: 'What the amounts count.' }),
    basis: t.field({
      type: AmountBasisEnum,
      required: true,
      defaultValue: 'CONTRIBUTED',
      description: 'What the amounts are amounts of.',
    }),
    total: t.float({ description: 'The whole in that unit, as contributed, where stated.' }),
    complete: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether these are all the inputs.',
    }),
    inputs: t.field({
      type: [CompositionInputItemRef],
      required: true,
      description: 'The inputs, each once. None, and complete: the training used no data.',
    }),
    citation: t.field({ type: CitationInputRef, description: 'Where the statement comes from.' }),
  }),
});

export const TransformationInputRef = builder.inputType('TransformationInput', {
  description: 'What made a dataset version of others.',
  fields: (t) => ({
    name: t.string({ required: true, description: "Its name, unique in the team's namespace." }),
    effect: t.field({
      type: TransformationEffectEnum,
      required: true,
      defaultValue: 'UNKNOWN',
      description: 'What it does to proportions.',
    }),
    composition: t.field({ type: CompositionInputRef, required: true, description: 'What it read.' }),
    code: t.string({ description: 'Where its code is, such as a commit.' }),
    config: t.field({ type: 'JSON', description: 'How it was configured.' }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it ran.' }),
    synthesizedBy: t.field({ type: ['NodeRef'], description: 'Model versions that wrote its text.' }),
  }),
});

export const TrainingRunInputRef = builder.inputType('TrainingRunInput', {
  description: 'One stage of training.',
  fields: (t) => ({
    name: t.string({ required: true, description: "Its name, unique in the team's namespace." }),
    stage: t.field({ type: TrainingStageEnum, required: true, description: 'What kind of training.' }),
    objective: t.string({ description: 'What it was trained for, such as HHH.' }),
    startedFrom: t.field({ type: StartedFromEnum, required: true, description: 'What it started from.' }),
    initializedFrom: t.field({
      type: ['NodeRef'],
      description: 'The model versions (or training runs whose models are not named) that it started from.',
    }),
    composition: t.field({ type: CompositionInputRef, description: 'What data it used.' }),
    tokens: t.field({ type: 'BigInt', description: 'Tokens seen by the whole run.' }),
    rewardedBy: t.field({ type: ['NodeRef'], description: 'Reward or preference models.' }),
    distilledFrom: t.field({ type: ['NodeRef'], description: 'Teacher models.' }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it ran.' }),
  }),
});
