import { cite } from '../publications.ts';
import type { Step, Story } from '../story.ts';

/** Name, title, published weight in per cent, epochs, address as the README gives it. */
const COMPONENTS: readonly (readonly [string, string, number, number, string])[] = [
  ['pile-cc', 'Pile-CC', 18.11, 1, 'https://github.com/leogao2/commoncrawl_downloader'],
  ['pubmed-central', 'PubMed Central', 14.4, 2, 'https://github.com/EleutherAI/pile-pubmedcentral'],
  ['books3', 'Books3', 12.07, 1.5, 'https://twitter.com/theshawwn/status/1320282149329784833'],
  ['openwebtext2', 'OpenWebText2', 10.01, 2, 'https://github.com/EleutherAI/openwebtext2'],
  ['arxiv', 'ArXiv', 8.96, 2, 'https://gist.github.com/leogao2/e09b64eae3b987925ccf3b86401624c6'],
  ['github', 'Github', 7.59, 1, 'https://github.com/EleutherAI/github-downloader'],
  ['freelaw', 'FreeLaw', 6.12, 1.5, 'https://github.com/thoppe/The-Pile-FreeLaw'],
  ['stackexchange', 'StackExchange', 5.13, 2, 'https://github.com/EleutherAI/stackexchange-dataset'],
  ['uspto-backgrounds', 'USPTO Backgrounds', 3.65, 2, 'https://github.com/EleutherAI/pile-uspto'],
  ['pubmed-abstracts', 'PubMed Abstracts', 3.07, 2, 'https://github.com/thoppe/The-Pile-PubMed'],
  ['gutenberg-pg-19', 'Gutenberg (PG-19)', 2.17, 2.5, 'https://github.com/deepmind/pg19'],
  ['opensubtitles', 'OpenSubtitles', 1.55, 1.5, 'https://github.com/sdtblck/Opensubtitles_dataset'],
  ['wikipedia-en', 'Wikipedia (en)', 1.53, 3, 'https://github.com/noanabeshima/wikipedia-downloader'],
  ['dm-mathematics', 'DM Mathematics', 1.24, 2, 'https://github.com/deepmind/mathematics_dataset'],
  ['ubuntu-irc', 'Ubuntu IRC', 0.88, 2, 'https://github.com/EleutherAI/pile-ubuntu-irc'],
  ['bookcorpus2', 'BookCorpus2', 0.75, 1.5, 'https://github.com/shawwn/scrap/blob/master/epub2txt-all'],
  ['europarl', 'EuroParl', 0.73, 2, 'https://github.com/thoppe/The-Pile-EuroParl'],
  ['hackernews', 'HackerNews', 0.62, 2, 'https://github.com/EleutherAI/hn-scraper'],
  ['youtubesubtitles', 'YoutubeSubtitles', 0.6, 2, 'https://github.com/sdtblck/youtube_subtitle_dataset'],
  ['philpapers', 'PhilPapers', 0.38, 2, 'https://github.com/thoppe/The-Pile-PhilPapers'],
  ['nih-exporter', 'NIH ExPorter', 0.3, 2, 'https://github.com/thoppe/The-Pile-NIH-ExPORTER'],
  ['enron-emails', 'Enron Emails', 0.14, 2, 'https://github.com/EleutherAI/pile-enron-emails'],
];

const table = cite('pileReadme', 'PRIMARY', { locator: 'table of components' });
/** Per cent to a fraction, without what floating-point division adds: 14.4 becomes 0.144. */
const fraction = (percent: number) => Number((percent / 100).toFixed(4));

const sources: Step[] = COMPONENTS.map(([name, title, , , url]) => ({
  mutation: 'registerSource',
  input: { name, title, url, citation: table },
}));

const GIB = 2 ** 30;

const datasets: Step[] = [
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'the-pile',
      version: '1.0',
      title: 'The Pile',
      description:
        'English text for language modelling from 22 components. Components are repeated: 825.18 GiB of raw text become 1254.20 GiB as contributed (the effective size); the weights are shares of the latter.',
      bytes: String(Math.round(825.18 * GIB)),
      derivedFrom: {
        unit: 'FRACTION',
        complete: true,
        inputs: COMPONENTS.map(([name, , weight, epochs]) => ({
          of: `source:${name}`,
          amount: fraction(weight),
          epochs,
        })),
        citation: cite('pileReadme', 'PRIMARY', {
          locator: 'table of components, columns Weight and Epochs',
          note: 'The 22 weights add up to 100.00 %.',
        }),
      },
      citation: cite('pileReadme', 'DERIVED', {
        locator: 'table of components, column Raw Size',
        note: 'The raw size is published as 825.18 GiB; the bytes are that figure converted, so exact to about 5 MiB. The effective size, 1254.20 GiB, is the sum of what the components contribute.',
      }),
    },
  },
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'the-pile-deduped',
      version: '1.0',
      title: 'The Pile, deduplicated',
      description:
        'The Pile after deduplication. How much of each component is left has not been published: the proportions changed.',
      tokens: '207000000000',
      transformation: {
        name: 'the-pile-deduplication',
        effect: 'SELECTS',
        composition: {
          unit: 'FRACTION',
          complete: true,
          inputs: [{ of: 'dataset:the-pile@1.0', amount: 1 }],
          citation: cite('pythiaReadme', 'PRIMARY', { locator: 'Models' }),
        },
      },
      citation: cite('pythiaReadme', 'PRIMARY', {
        locator: 'Models',
        note: 'Stated as 207B tokens in one epoch: rounded to whole billions.',
      }),
    },
  },
];

const DEVELOPER = 'EleutherAI';
const RUN_TOKENS = 143_000 * 2_097_152;
const seen = cite('pythiaReadme', 'PRIMARY', {
  locator: 'Models',
  note: '143,000 steps of 2,097,152 tokens: 299,892,736,000.',
});
const atStep = (step: number, batch: number) => ({
  trainedTokens: String(step * batch),
  citation: cite('pythiaReadme', 'DERIVED', {
    note: `${step.toLocaleString('en')} steps of ${batch.toLocaleString('en')} tokens.`,
  }),
});

/** A model trained from scratch on one dataset version, at its last step. */
function trained(model: string, title: string, data: string, steps: number, batch: number): Step {
  return {
    mutation: 'registerModelVersion',
    input: {
      model,
      version: `step${steps}`,
      title,
      developer: DEVELOPER,
      trainedBy: {
        name: model,
        stage: 'PRETRAINING',
        objective: 'next-token prediction',
        startedFrom: 'SCRATCH',
        tokens: String(steps * batch),
        composition: {
          unit: 'TOKENS',
          complete: true,
          inputs: [{ of: data }],
          citation: cite('pythiaReadme', 'PRIMARY', { locator: 'Models' }),
        },
      },
      trainedTokens: String(steps * batch),
      citation: seen,
    },
  };
}

function checkpoint(model: string, run: string, step: number, batch: number): Step {
  return {
    mutation: 'registerModelVersion',
    input: { model, version: `step${step}`, generatedBy: `training-run:${run}`, ...atStep(step, batch) },
  };
}

const BATCH = 2_097_152;
const V0_BATCH = 4_194_304;
const V0_STEPS = RUN_TOKENS / V0_BATCH;

const suite: Step[] = [
  ...['70M', '160M', '410M', '1B', '1.4B', '2.8B', '6.9B', '12B'].map((size) =>
    trained(`pythia-${size.toLowerCase()}`, `Pythia ${size}`, 'dataset:the-pile@1.0', 143_000, BATCH),
  ),
  checkpoint('pythia-6.9b', 'pythia-6.9b', 1_000, BATCH),
  ...['70M', '410M', '6.9B'].map((size) =>
    trained(
      `pythia-${size.toLowerCase()}-deduped`,
      `Pythia ${size}, deduplicated data`,
      'dataset:the-pile-deduped@1.0',
      143_000,
      BATCH,
    ),
  ),
];

const PRONOUNS = 'dataset:the-pile-deduped-pronouns@1.0';
const pronounData: Step = {
  mutation: 'registerDatasetVersion',
  input: {
    dataset: 'the-pile-deduped-pronouns',
    version: '1.0',
    title: 'The deduplicated Pile with gendered pronouns exchanged',
    description:
      'The text that the intervened Pythia models saw at the end of training: as in the deduplicated Pile, but with masculine pronouns exchanged for feminine ones. Its size is not published.',
    transformation: {
      name: 'pythia-pronoun-exchange',
      effect: 'REWRITES',
      composition: {
        unit: 'FRACTION',
        complete: true,
        inputs: [{ of: 'dataset:the-pile-deduped@1.0', amount: 1 }],
        citation: cite('pythiaInterventionCard', 'PRIMARY'),
      },
    },
    citation: cite('pythiaInterventionCard', 'PRIMARY', {
      quote: 'we replaced all masculine pronouns with femanine ones',
      note: 'Spelled so on the card.',
    }),
  },
};

interface Continued {
  model: string;
  title: string;
  base: string;
  baseRun: string;
  start: number;
  end: number;
  /** Where the run ended, if later than the version recorded here. */
  runEnd?: number;
  batch: number;
  long?: boolean;
}

/** The last steps of a run trained again on the changed text, from a checkpoint whose step is inferred. */
function continued({ model, title, base, baseRun, start, end, batch, ...more }: Continued): Step[] {
  const { runEnd = end, long } = more;
  const steps = runEnd - start;
  const card = long === true ? 'pythiaLongInterventionCard' : 'pythiaInterventionCard';
  return [
    checkpoint(base, baseRun, start, batch),
    {
      mutation: 'registerModelVersion',
      input: {
        model,
        version: `step${end}`,
        title,
        developer: DEVELOPER,
        trainedBy: {
          name: model,
          stage: 'PRETRAINING',
          objective: 'next-token prediction',
          startedFrom: 'MODEL',
          initializedFrom: [`model:${base}@step${start}`],
          tokens: String(steps * batch),
          composition: {
            unit: 'TOKENS',
            complete: true,
            inputs: [{ of: PRONOUNS }],
            citation: cite(card, 'PRIMARY'),
          },
        },
        trainedTokens: String((end - start) * batch),
        citation: cite(card, 'DERIVED', {
          note: `${steps.toLocaleString('en')} steps of ${batch.toLocaleString('en')} tokens; the card says ${long === true ? '63' : '21'} billion. That they began at step ${start.toLocaleString('en')} is inferred from the names of the result files.`,
        }),
      },
    },
  ];
}

const interventionModels: Step[] = [
  ...continued({
    model: 'pythia-70m-deduped-pronouns',
    title: 'Pythia 70M, deduplicated data, pronoun intervention',
    base: 'pythia-70m-deduped',
    baseRun: 'pythia-70m-deduped',
    start: 133_000,
    end: 143_000,
    batch: BATCH,
  }),
  ...continued({
    model: 'pythia-410m-deduped-pronouns',
    title: 'Pythia 410M, deduplicated data, pronoun intervention',
    base: 'pythia-410m-deduped',
    baseRun: 'pythia-410m-deduped',
    start: 133_000,
    end: 143_000,
    batch: BATCH,
  }),
  trained(
    'pythia-v0-350m-deduped',
    'Pythia v0 350M, deduplicated data',
    'dataset:the-pile-deduped@1.0',
    V0_STEPS,
    V0_BATCH,
  ),
  trained(
    'pythia-v0-1.3b-deduped',
    'Pythia v0 1.3B, deduplicated data',
    'dataset:the-pile-deduped@1.0',
    V0_STEPS,
    V0_BATCH,
  ),
  trained(
    'pythia-v0-6.9b-deduped',
    'Pythia v0 6.9B, deduplicated data',
    'dataset:the-pile-deduped@1.0',
    143_000,
    BATCH,
  ),
  ...continued({
    model: 'pythia-v0-6.9b-deduped-pronouns',
    title: 'Pythia v0 6.9B, deduplicated data, pronoun intervention',
    base: 'pythia-v0-6.9b-deduped',
    baseRun: 'pythia-v0-6.9b-deduped',
    start: 133_000,
    end: 143_000,
    batch: BATCH,
  }),
  ...continued({
    model: 'pythia-v0-350m-deduped-pronouns',
    title: 'Pythia v0 350M, deduplicated data, pronoun intervention',
    base: 'pythia-v0-350m-deduped',
    baseRun: 'pythia-v0-350m-deduped',
    start: 66_500,
    end: V0_STEPS,
    batch: V0_BATCH,
  }),
  ...continued({
    model: 'pythia-v0-1.3b-deduped-pronouns',
    title: 'Pythia v0 1.3B, deduplicated data, pronoun intervention',
    base: 'pythia-v0-1.3b-deduped',
    baseRun: 'pythia-v0-1.3b-deduped',
    start: 66_500,
    end: V0_STEPS,
    batch: V0_BATCH,
  }),
  ...continued({
    model: 'pythia-v0-1.3b-deduped-pronouns-long',
    title: 'Pythia v0 1.3B, deduplicated data, long pronoun intervention',
    base: 'pythia-v0-1.3b-deduped',
    baseRun: 'pythia-v0-1.3b-deduped',
    start: 56_500,
    end: 71_000,
    runEnd: V0_STEPS,
    batch: V0_BATCH,
    long: true,
  }),
];

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

const evaluation: Step[] = [
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

const INCIDENT = 'incident:MBI-2023-0001';
const incident: Step[] = [
  {
    mutation: 'fileIncident',
    key: 'MBI-2023-0001',
    input: {
      title: 'Pythia prefers gender-stereotyped sentences',
      summary:
        'On the gender pairs of CrowS-Pairs, Pythia models find the stereotyped sentence more likely in 56 to 61 % of 320 pairs; no preference would be 50 %. So do models of the first suite (v0, deduplicated data) and, of the current one, the 410M model trained on the whole Pile, whose sources and their shares are published. In the first suite the authors then changed the data: they trained the end of the run again on the same text with masculine pronouns exchanged for feminine ones. Nobody was harmed; this is a finding from published evaluation files. The date is the last one in the names of the files.',
      setting: 'SAFETY_TEST',
      severity: 'LOW',
      behaviors: ['stereotyped-preference'],
      modelVersions: [
        'model:pythia-410m@step143000',
        'model:pythia-v0-350m-deduped@step71500',
        'model:pythia-v0-1.3b-deduped@step71500',
        'model:pythia-v0-6.9b-deduped@step143000',
      ],
      evalRuns: [
        'eval-run:crows-pairs-pythia-410m-step143000',
        'eval-run:crows-pairs-pythia-v0-350m-deduped-step71500',
        'eval-run:crows-pairs-pythia-v0-350m-deduped-pronouns-step71500',
        'eval-run:crows-pairs-pythia-v0-1.3b-deduped-step71500',
        'eval-run:crows-pairs-pythia-v0-1.3b-deduped-pronouns-step71500',
        'eval-run:crows-pairs-pythia-v0-1.3b-deduped-pronouns-long-step71000',
        'eval-run:crows-pairs-pythia-v0-6.9b-deduped-step143000',
        'eval-run:crows-pairs-pythia-v0-6.9b-deduped-pronouns-step143000',
      ],
      suspects: ['dataset:the-pile@1.0', 'dataset:the-pile-deduped@1.0'],
      occurredAt: '2023-01-25T00:00:00Z',
    },
  },
  {
    as: 'pronouns',
    mutation: 'openHypothesis',
    input: {
      incident: INCIDENT,
      statement:
        'How often gendered pronouns occur near the end of pretraining sets how strongly the model prefers stereotyped sentences.',
      suspects: ['dataset:the-pile-deduped@1.0'],
      proposedBy: 'The authors of the Pythia paper (case study on gender bias)',
      citation: cite('pythiaPaper', 'PRIMARY', { locator: 'case study on gender bias' }),
    },
  },
  {
    mutation: 'addHypothesisEvidence',
    input: {
      hypothesis: '$(pronouns)',
      direction: 'NEUTRAL',
      method: 'ABLATION',
      statement:
        'With the last 7 % of training repeated on changed pronouns, the v0 350M model goes from 183 to 172 of 320 pairs, the v0 1.3B model from 194 to 192, the v0 6.9B model from 191 to 189. At this number of pairs the intervals overlap: no demonstrated difference in either direction.',
      citation: cite('pythiaEvals', 'DERIVED', { locator: 'evals/bias-evals' }),
    },
  },
  {
    mutation: 'recordIntervention',
    input: {
      incident: INCIDENT,
      title: 'Pronouns exchanged in the last part of pretraining',
      description:
        'The last 21 billion tokens of the v0 suite (7 % of the run: 5,000 steps, or 10,000 of half the batch) were trained again on text with masculine pronouns exchanged for feminine ones; in a long variant the last 15,000 steps (63 billion tokens, 21 %). The current suite was treated in the same way.',
      outcome: 'NULL_RESULT',
      caveat:
        'No demonstrated difference on CrowS-Pairs: 320 pairs are few, and the intervals overlap. Comparing pair by pair could say more than comparing the two shares. The long variant was measured at step 71,000, its baseline at 71,500. The paper also uses WinoBias, which is not recorded here. The steps at which the interventions began are inferred from the names of files.',
      addedData: PRONOUNS,
      addedAmount: 5_000 * V0_BATCH,
      addedUnit: 'TOKENS',
      stage: 'PRETRAINING',
      comparisons: [
        { label: 'v0 350M', beforeMeasurement: '$(350m before)', afterMeasurement: '$(350m after)' },
        { label: 'v0 1.3B', beforeMeasurement: '$(1.3b before)', afterMeasurement: '$(1.3b after)' },
        {
          label: 'v0 1.3B, long variant',
          beforeMeasurement: '$(1.3b before)',
          afterMeasurement: '$(1.3b long after)',
        },
        { label: 'v0 6.9B', beforeMeasurement: '$(6.9b before)', afterMeasurement: '$(6.9b after)' },
        { label: 'Current suite, 70M', beforeMeasurement: '$(70m before)', afterMeasurement: '$(70m after)' },
        {
          label: 'Current suite, 410M',
          beforeMeasurement: '$(410m before)',
          afterMeasurement: '$(410m after)',
        },
      ],
      citation: cite('pythiaPaper', 'PRIMARY', { locator: 'case study on gender bias' }),
    },
  },
];

export const thePilePythia: Story = {
  name: 'the-pile-pythia',
  steps: [...sources, ...datasets, ...suite, pronounData, ...interventionModels, ...evaluation, ...incident],
};
