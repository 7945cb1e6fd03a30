import { builder } from '../graphql/builder.ts';
import { QualifierEnum } from '../graphql/enums.ts';
import { CitationInputRef } from '../lineage/lineage-inputs.refs.ts';

export const MeasurementInputRef = builder.inputType('MeasurementInput', {
  description:
    'One behaviour under one condition by one grader. Give counts, or a rate where the source has no counts.',
  fields: (t) => ({
    behavior: t.string({ required: true, description: 'The name of a registered behaviour.' }),
    condition: t.string({ description: 'The name of a condition of the evaluation version.' }),
    grader: t.string({ description: 'A grader: name (its newest version) or name@version.' }),
    exhibited: t.int({ description: 'Samples that showed the behaviour.' }),
    notExhibited: t.int({ description: 'Samples that were judged and did not show it.' }),
    unscored: t.int({ description: 'Samples without a verdict.' }),
    graderErrors: t.int({ description: 'Samples where the grader failed.' }),
    excluded: t.int({ description: 'Samples left out on purpose.' }),
    rate: t.float({ description: 'From 0 to 1; must agree with the counts where both are given.' }),
    sampleCount: t.int({ description: 'Exhibited and not exhibited together.' }),
    standardError: t.float({ description: 'The standard error as the source states it.' }),
    qualifier: t.field({
      type: QualifierEnum,
      required: true,
      defaultValue: 'EXACT',
      description: 'How exactly it is stated.',
    }),
    citation: t.field({ type: CitationInputRef, description: 'Where the figure comes from.' }),
  }),
});

export const ScoreInputRef = builder.inputType('ScoreInput', {
  description: 'A metric that is no behaviour.',
  fields: (t) => ({
    metric: t.string({ required: true, description: 'What was measured, such as accuracy.' }),
    value: t.float({ description: 'The value.' }),
    standardError: t.float({ description: 'The standard error as stated.' }),
    sampleCount: t.int({ description: 'Of how many samples.' }),
    higherIsBetter: t.boolean({ description: 'Which way is better.' }),
    condition: t.string({ description: 'The name of a condition of the evaluation version.' }),
    grader: t.string({ description: 'A grader: name (its newest version) or name@version.' }),
    note: t.string({ description: 'Anything else to know about it.' }),
  }),
});
