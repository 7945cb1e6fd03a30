import { builder } from '../graphql/builder.ts';
import { RegressionRuleKindEnum } from '../graphql/enums.ts';

export const RegressionRuleDefinitionInputRef = builder.inputType('RegressionRuleDefinitionInput', {
  description: 'Which measurements a rule of the regression watch looks at, and what of them is a hit.',
  fields: (t) => ({
    behavior: t.string({ required: true, description: 'The name of a registered behaviour.' }),
    modelFamily: t.string({
      required: true,
      description:
        'The name of a model, all of whose versions are meant; or how the names of several begin, with an asterisk at the end: claude-opus-*.',
    }),
    condition: t.string({
      description: 'Only measurements under the condition of this name; under any where left out.',
    }),
    kind: t.field({ type: RegressionRuleKindEnum, required: true, description: 'What a hit is.' }),
    threshold: t.float({
      description:
        'For a threshold: what the lower end of the 95% interval must reach, above 0 and at most 1.',
    }),
    alpha: t.float({
      description: 'For a rise: the largest p, corrected, that is a hit; 0.05 where left out, at most 0.5.',
    }),
    baselines: t.idList({
      description: 'For a rise: the measurements of this behaviour that others are compared with, up to 20.',
    }),
    baselineModelVersion: t.field({
      type: 'NodeRef',
      description:
        'For a rise, instead of baselines: a model version, whose measurements of the behaviour they are, as they are now.',
    }),
  }),
});
