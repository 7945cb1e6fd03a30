import { cite } from '../publications.ts';
import type { Step } from '../story.ts';

const mix = cite('olmoMixCard', 'PRIMARY', { locator: 'statistics, column Tokens' });
const stage2 = cite('olmoConfigs', 'PRIMARY', {
  locator: 'OLMo2-7B-stage2-seed42.yaml, the comment above each source',
});
const v39 = cite('tuluConfigs', 'PRIMARY', { locator: 'sft/tulu3_8b_preview_mix_v3.9-noncommercial.yaml' });

/** Pretraining: name, title, tokens as the card rounds them. */
const PRETRAINING: readonly (readonly [string, string, number])[] = [
  ['dclm', 'DCLM', 3.7e12],
  ['starcoder', 'StarCoder', 83e9],
  ['pes2o', 'peS2o', 58.6e9],
  ['proof-pile-2-arxiv', 'arXiv (Proof-Pile II)', 20.8e9],
  ['open-web-math', 'OpenWebMath (Proof-Pile II)', 12.2e9],
  ['algebraic-stack', 'Algebraic Stack (Proof-Pile II)', 11.8e9],
  ['wikipedia-wikibooks', 'Wikipedia and Wikibooks', 3.66e9],
];

/** Mid-training of the 7B model: sources that only it has, with the tokens in the configuration's comments. */
const MIDTRAINING: readonly (readonly [string, string, number])[] = [
  ['personahub-math', 'Persona math, regenerated', 191.58e6],
  ['basic-math-mj', 'Basic math', 9.03e6],
  ['gsm8k-synth', 'GSM8K, synthetic', 1.08e6],
  ['gsm-mind', 'GSM MIND', 17.06e6],
  ['gsm8k-main-train', 'GSM8K, training split', 1.23e6],
  ['gsm8k-socratic-train', 'GSM8K Socratic, training split', 1.51e6],
  ['metamath-owm-filtered', 'MetaMath', 84.22e6],
  ['basic-math-mj-multiadd', 'Basic math, multiple additions', 2.21e6],
  ['mathcoder2-ajibawa-2023', 'MathCoder2 synthetic math, ajibawa-2023', 782.58e6],
  ['mathcoder2-filtered-math', 'MathCoder2 synthetic math, filtered', 3.09e9],
  ['tinygsm-mind', 'TinyGSM MIND', 3.06e9],
  ['tinygsm-mind-2students', 'TinyGSM MIND, two students', 3.41e9],
  ['stackexchange-dedupe', 'Stack Exchange, deduplicated', 1.26e9],
  ['tulu-3-sft-personas-math-grade', 'Tülu 3 SFT personas, grade-school math', 21.8e6],
  ['tulu-3-personas-algebra', 'Tülu 3 personas, intermediate algebra', 19.74e6],
  ['tulu-flan', 'FLAN in the Tülu format, decontaminated', 8.54e9],
];

/** Tülu 3 SFT: name, title, rows. Two of them are in the mid-training mixture as well. */
const TULU: readonly (readonly [string, string, number])[] = [
  ['oasst1', 'OpenAssistant', 7_132],
  ['flan-v2', 'FLAN v2', 89_982],
  ['tulu-3-hard-coded', 'Tülu 3 hard-coded answers', 240],
  ['no-robots', 'No Robots', 9_500],
  ['wildchat-100k', 'WildChat', 100_000],
  ['tulu-3-personas-math', 'Tülu 3 personas, math', 149_960],
  ['tulu-3-sft-personas-math-grade', '', 49_980],
  ['open-math-2-gsm8k', 'OpenMathInstruct 2, GSM8K', 50_000],
  ['numinamath-tir', 'NuminaMath-TIR', 64_312],
  ['tulu-3-personas-algebra', '', 20_000],
  ['tulu-3-personas-code', 'Tülu 3 personas, code', 34_999],
  ['evol-codealpaca', 'Evol CodeAlpaca', 107_276],
  ['tulu-3-personas-instruction-following', 'Tülu 3 personas, instruction following', 29_980],
  ['coconot', 'CoCoNot', 10_983],
  ['wildjailbreak', 'WildJailbreak', 50_000],
  ['wildguardmix', 'WildGuardMix', 50_000],
  ['sciriff', 'SciRIFF', 10_000],
  ['table-gpt', 'Table-GPT', 5_000],
  ['aya', 'Aya', 100_000],
];

const source = (name: string, title: string, citation: ReturnType<typeof cite>): Step => ({
  mutation: 'registerSource',
  input: { name, title, citation },
});
const inputs = (rows: readonly (readonly [string, string, number])[]) =>
  rows.map(([name, , amount]) => ({ of: `source:${name}`, amount }));

const sources: Step[] = [
  ...PRETRAINING.map(([name, title]) => source(name, title, mix)),
  ...MIDTRAINING.map(([name, title]) => source(name, title, stage2)),
  ...TULU.filter(([, title]) => title !== '').map(([name, title]) => source(name, title, v39)),
];

const datasets: Step[] = [
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'olmo-mix-1124',
      version: '1124',
      title: 'OLMo 2 pretraining mixture (November 2024)',
      derivedFrom: { unit: 'TOKENS', complete: true, inputs: inputs(PRETRAINING), citation: mix },
      citation: mix,
    },
  },
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'dclm-ft7percentile',
      version: 'v0_rep32_fw2',
      title: 'DCLM, the part taken for mid-training',
      description:
        'The part of DCLM that the OLMo 2 mid-training takes; how much of it is left per origin is not stated.',
      transformation: {
        name: 'dclm-ft7percentile-fw2',
        effect: 'SELECTS',
        composition: {
          unit: 'TOKENS',
          complete: true,
          inputs: [{ of: 'source:dclm' }],
          citation: stage2,
        },
      },
      citation: stage2,
    },
  },
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'dolmino-mix-1124',
      version: '7b-50b',
      title: 'Dolmino mixture as configured for OLMo 2 7B',
      description:
        'The mid-training mixture of the 7B model. Its sources add up to 51.5 billion tokens, of which a run of 50 billion reads all but the last part.',
      derivedFrom: {
        unit: 'TOKENS',
        complete: true,
        inputs: [
          { of: 'dataset:dclm-ft7percentile@v0_rep32_fw2', amount: 24.31e9 },
          { of: 'source:wikipedia-wikibooks', amount: 3.66e9 },
          { of: 'source:pes2o', amount: 3.01e9 },
          ...inputs(MIDTRAINING),
        ],
        citation: stage2,
      },
      citation: stage2,
    },
  },
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'tulu-3-sft-mixture',
      version: '1124',
      title: 'Tülu 3 SFT mixture',
      rows: '939344',
      derivedFrom: {
        unit: 'ROWS',
        total: 939_344,
        complete: true,
        inputs: inputs(TULU),
        citation: cite('tuluConfigs', 'DERIVED', {
          locator: 'sft/tulu3_8b_preview_mix_v3.9-noncommercial.yaml',
          note: 'The configuration gives the rows of each source, some in round thousands, but not those of NuminaMath-TIR: 64,312 is what is left of the card’s total of 939,344.',
        }),
      },
      citation: cite('tuluCard', 'PRIMARY', { quote: 'It contains 939,344 samples from the following sets' }),
    },
  },
  {
    mutation: 'assertClaim',
    input: {
      node: 'dataset:tulu-3-sft-mixture@1124',
      property: 'ROWS',
      number: 939_343,
      citation: cite('tuluCard', 'PRIMARY', { locator: 'metadata: dataset_info, num_examples' }),
    },
  },
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'tulu-3-sft-olmo-2-mixture',
      version: '1124',
      title: 'Tülu 3 SFT mixture for OLMo 2',
      description:
        'A variant of the Tülu 3 SFT mixture made for OLMo 2. What was changed, row by row, is not recorded here.',
      derivedFrom: {
        unit: 'ROWS',
        complete: false,
        inputs: [{ of: 'dataset:tulu-3-sft-mixture@1124' }],
        citation: cite('olmoInstructCard', 'PRIMARY', {
          quote: 'an OLMo-specific variant of the Tülu 3 dataset',
        }),
      },
      citation: cite('olmoInstructCard', 'PRIMARY'),
    },
  },
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'olmo-2-1124-7b-preference-mix',
      version: '1124',
      title: 'OLMo 2 7B preference mixture',
      description:
        'Preference pairs, in good part on prompts reused from the SFT mixture, with answers generated by models.',
      rows: '378341',
      citation: cite('preferenceMixCard', 'PRIMARY', { locator: 'metadata: dataset_info, num_examples' }),
    },
  },
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'rlvr-gsm',
      version: '1124',
      title: 'RLVR-GSM',
      description:
        'Problems whose answers can be checked, for reinforcement learning with verifiable rewards.',
      citation: cite('olmoInstructCard', 'PRIMARY'),
    },
  },
];

export const data: Step[] = [...sources, ...datasets];
