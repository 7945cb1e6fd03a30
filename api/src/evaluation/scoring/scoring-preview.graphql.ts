// What a scoring rule would make of a run.
import { builder } from '../../graphql/builder.ts';
import { previewScoring } from './preview-scoring.ts';
import { ScoringDefinitionInputRef } from './scoring.inputs.refs.ts';
import { ScoredOutcomesRef, ScoringPreviewRef } from './scoring.refs.ts';

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

builder.queryField('scoringPreview', (t) =>
  t.field({
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
);
