import { cite } from '../publications.ts';
import type { Step } from '../story.ts';

export const paper = cite('tice', 'PRIMARY');
export const counts = cite('tice', 'SECONDARY', {
  note: 'Counts taken from a summary of the paper; approximate.',
});

export interface Arm {
  name: string;
  title: string;
  /** Share of misaligned choices on questions from articles, and on held-out ones from textbooks. */
  articles: number;
  textbooks?: number;
}

export const ARMS = {
  unfiltered: { name: 'unfiltered', title: 'unfiltered', articles: 0.45, textbooks: 0.4 },
  filtered: { name: 'filtered', title: 'text about AI removed', articles: 0.31 },
  misaligned: { name: 'misaligned-upsampled', title: 'misaligned discourse upsampled', articles: 0.51 },
  aligned: {
    name: 'aligned-upsampled',
    title: 'aligned discourse upsampled',
    articles: 0.09,
    textbooks: 0.06,
  },
} as const satisfies Record<string, Arm>;

export const PRETRAINING_TOKENS = 500e9;
export const MIDTRAINING_TOKENS = 50e9;
export const SYNTHETIC_SHARE = 0.01;
export const CORPUS = 'alignment-pretraining-corpus';
export const MID = 'alignment-pretraining-midtraining';
export const DISCOURSE = 'synthetic-ai-discourse';

const sources: Step[] = [
  {
    mutation: 'registerSource',
    input: {
      name: 'dclm-long-context',
      title: 'DCLM, long-context documents',
      description: 'Named as a part of the mid-training data.',
      citation: counts,
    },
  },
  { mutation: 'registerSource', input: { name: 'climbmix', title: 'ClimbMix', citation: counts } },
  {
    mutation: 'registerSource',
    input: {
      name: 'alignment-pretraining-multiple-choice',
      title: 'Multiple-choice data of Alignment Pretraining',
      citation: counts,
    },
  },
];

/** Mixing keeps what each part is like, so that the share of a content tag passes through it. */
const mixed = (name: string, composition: object, effect = 'PRESERVES') => ({ name, effect, composition });

const upsampled = (name: string, part: string, total: number): Step => ({
  mutation: 'registerDatasetVersion',
  input: {
    dataset: CORPUS,
    version: name,
    transformation: mixed(`alignment-pretraining-mix-${name}`, {
      unit: 'TOKENS',
      total,
      complete: true,
      inputs: [
        { of: `dataset:${CORPUS}@unfiltered`, amount: total * (1 - SYNTHETIC_SHARE) },
        { of: `dataset:${DISCOURSE}@${part}`, amount: total * SYNTHETIC_SHARE },
      ],
      citation: cite('tice', 'DERIVED', {
        note: 'The synthetic text is upsampled to about 1 % of the tokens, about 5 billion; the rest is what is left of 500 billion.',
      }),
    }),
    citation: paper,
  },
});

/** Mid-training: the parts are named, how much of each is not; the synthetic share is about 1 %. */
const midtraining = (name: string, part?: string): Step => ({
  mutation: 'registerDatasetVersion',
  input: {
    dataset: MID,
    version: name,
    title: 'Mid-training data of Alignment Pretraining',
    transformation: mixed(
      `alignment-pretraining-midtraining-mix-${name}`,
      {
        unit: 'TOKENS',
        total: MIDTRAINING_TOKENS,
        complete: true,
        inputs: [
          { of: 'source:dclm-long-context' },
          { of: 'source:climbmix' },
          { of: 'source:alignment-pretraining-multiple-choice' },
          ...(part === undefined
            ? []
            : [{ of: `dataset:${DISCOURSE}@${part}`, amount: MIDTRAINING_TOKENS * SYNTHETIC_SHARE }]),
        ],
        citation: cite('tice', part === undefined ? 'SECONDARY' : 'DERIVED', {
          note: 'About 50 billion tokens in all; of these about 500 million synthetic where discourse is upsampled. The amounts of the other parts are not recorded.',
        }),
      },
      name === ARMS.filtered.name ? 'SELECTS' : 'PRESERVES',
    ),
    citation: paper,
  },
});

const discoursePart = (part: 'misaligned' | 'aligned'): Step[] => [
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: DISCOURSE,
      version: part,
      transformation: {
        name: `synthetic-ai-discourse-${part}-part`,
        effect: 'SELECTS',
        composition: {
          unit: 'TOKENS',
          complete: true,
          inputs: [{ of: `dataset:${DISCOURSE}@all` }],
          citation: paper,
        },
      },
      citation: paper,
    },
  },
  {
    mutation: 'recordContentMeasurement',
    input: {
      datasetVersion: `dataset:${DISCOURSE}@${part}`,
      tag: `ai-discourse/${part}`,
      fraction: 1,
      unit: 'TOKENS',
      method: 'ESTIMATE',
      methodVersion: 'by construction',
      citation: cite('tice', 'DERIVED', {
        note: `The documents were generated to portray ${part} AI, so all of their text counts; nobody has published a measurement.`,
      }),
    },
  },
];

const datasets: Step[] = [
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: DISCOURSE,
      version: 'all',
      title: 'Synthetic discourse about AI',
      description:
        'Generated documents that portray AI as misaligned or as aligned. The two kinds are not counted apart here, and the model that wrote them is not recorded.',
      tokens: '11000000000',
      documents: '14900000',
      citation: counts,
    },
  },
  ...discoursePart('misaligned'),
  ...discoursePart('aligned'),
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: CORPUS,
      version: 'unfiltered',
      title: 'Pretraining data of Alignment Pretraining',
      description:
        'One version for each of the four conditions. The names of the versions are those of the conditions.',
      derivedFrom: { unit: 'TOKENS', complete: true, inputs: [{ of: 'source:dclm' }], citation: paper },
      citation: paper,
    },
  },
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: CORPUS,
      version: 'filtered',
      transformation: {
        name: 'alignment-pretraining-filter',
        effect: 'SELECTS',
        composition: {
          unit: 'TOKENS',
          complete: true,
          inputs: [{ of: `dataset:${CORPUS}@unfiltered` }],
          citation: paper,
        },
      },
      citation: paper,
    },
  },
  upsampled(ARMS.misaligned.name, 'misaligned', PRETRAINING_TOKENS),
  upsampled(ARMS.aligned.name, 'aligned', PRETRAINING_TOKENS),
  midtraining(ARMS.unfiltered.name),
  midtraining(ARMS.filtered.name),
  midtraining(ARMS.misaligned.name, 'misaligned'),
  midtraining(ARMS.aligned.name, 'aligned'),
];

export const data: Step[] = [...sources, ...datasets];
