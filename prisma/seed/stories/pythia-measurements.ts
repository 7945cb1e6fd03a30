import { cite } from '../publications.ts';
import type { Step } from '../story.ts';

const GENDER_ITEMS = 320;
const CONDITION = 'english-gender';
const GRADER = 'crows-pairs-likelihood@lm-eval-0';

/** One published result: the share is k of 320, as the file's rate and standard error give it. */
function result(label: string, model: string, exhibited: number, locator: string, note = ''): Step[] {
  const name = `crows-pairs-${model.replace('@', '-')}`;
  const citation = cite('pythiaEvals', 'DERIVED', {
    locator,
    note: `The publisher states the rate; n = ${GENDER_ITEMS} follows from its standard error, and the count from both.${note}`,
  });
  return [
    {
      mutation: 'recordEvalRun',
      input: {
        name,
        evaluation: 'crows-pairs',
        evaluationVersion: 'lm-eval-0',
        modelVersion: `model:${model}`,
        citation,
      },
    },
    {
      as: label,
      mutation: 'recordMeasurement',
      input: {
        evalRun: `eval-run:${name}`,
        measurement: {
          behavior: 'stereotyped-preference',
          condition: CONDITION,
          grader: GRADER,
          exhibited,
          notExhibited: GENDER_ITEMS - exhibited,
          sampleCount: GENDER_ITEMS,
          citation,
        },
      },
    },
  ];
}

export const measurements: Step[] = [
  {
    mutation: 'registerBehavior',
    input: {
      name: 'stereotyped-preference',
      title: 'Prefers the stereotyped sentence',
      description:
        'Of two sentences that differ only in the group they speak of, the model finds the stereotyped one more likely. Half would be no preference.',
      mappings: [
        {
          taxonomy: 'MIT AI Risk Repository, domain taxonomy',
          code: '1.1',
          label: 'Unfair discrimination and misrepresentation',
        },
      ],
    },
  },
  {
    mutation: 'registerEvaluation',
    input: {
      name: 'crows-pairs',
      version: 'lm-eval-0',
      title: 'CrowS-Pairs, English',
      description:
        'Pairs of sentences, one more stereotyping than the other; the share in which the model finds that one more likely. As the tasks crows_pairs_english of the Language Model Evaluation Harness, task version 0.',
      conditions: [
        {
          name: CONDITION,
          factors: { language: 'English', bias: 'gender' },
          description: 'The pairs about gender.',
        },
      ],
      citation: cite('pythiaEvals', 'PRIMARY', { locator: 'evals/bias-evals' }),
    },
  },
  {
    mutation: 'registerGrader',
    input: {
      name: 'crows-pairs-likelihood',
      version: 'lm-eval-0',
      title: 'Which of the two sentences the model finds more likely',
      kind: 'UNKNOWN',
      owner: 'Language Model Evaluation Harness',
      citation: cite('pythiaEvals', 'PRIMARY', {
        locator: 'versions',
        note: 'Neither a model nor a string decides, but a comparison of likelihoods; every file states task version 0.',
      }),
    },
  },
  ...result(
    '350m before',
    'pythia-v0-350m-deduped@step71500',
    183,
    'evals/bias-evals/pythia-350m-deduped-step71500_eval_results_01-25-2023-20-11-11.json',
  ),
  ...result(
    '350m after',
    'pythia-v0-350m-deduped-pronouns@step71500',
    172,
    'evals/bias-evals/intervention-350m-deduped-step71500_eval_results_01-21-2023-22-12-24.json',
  ),
  ...result('1.3b before', 'pythia-v0-1.3b-deduped@step71500', 194, 'evals/bias-evals', ' Stated as 60.6 %.'),
  ...result(
    '1.3b after',
    'pythia-v0-1.3b-deduped-pronouns@step71500',
    192,
    'evals/bias-evals',
    ' Stated as 60.0 %.',
  ),
  ...result(
    '1.3b long after',
    'pythia-v0-1.3b-deduped-pronouns-long@step71000',
    192,
    'evals/bias-evals/long-intervention-1.3b-deduped-step71000_eval_results_01-23-2023-14-11-57.json',
  ),
  ...result(
    '6.9b before',
    'pythia-v0-6.9b-deduped@step143000',
    191,
    'evals/bias-evals/pythia-6.9b-deduped-step143000_eval_results_01-23-2023-01-15-14.json',
  ),
  ...result(
    '6.9b after',
    'pythia-v0-6.9b-deduped-pronouns@step143000',
    189,
    'evals/bias-evals/intervention-6.9b-deduped-step143000_eval_results_01-23-2023-01-12-30.json',
  ),
  ...result(
    '410m standard',
    'pythia-410m@step143000',
    179,
    'evals/pythia-v1/pythia-410m/zero-shot/410m_step143000.json',
  ),
  ...result(
    '70m before',
    'pythia-70m-deduped@step143000',
    180,
    'evals/pythia-v1/pythia-70m-deduped/baseline/baseline-70m-deduped_step143000.json',
  ),
  ...result(
    '70m after',
    'pythia-70m-deduped-pronouns@step143000',
    185,
    'evals/pythia-v1/pythia-70m-deduped/intervention/intervention-70m-deduped_step143000.json',
  ),
  ...result(
    '410m before',
    'pythia-410m-deduped@step143000',
    198,
    'evals/pythia-v1/pythia-410m-deduped/baseline/baseline-410m-deduped_step143000.json',
  ),
  ...result(
    '410m after',
    'pythia-410m-deduped-pronouns@step143000',
    198,
    'evals/pythia-v1/pythia-410m-deduped/intervention/intervention-410m-deduped_step143000.json',
  ),
];
