import { cite } from '../publications.ts';
import type { Step, Story } from '../story.ts';
import {
  ARMS,
  type Arm,
  counts,
  DISCOURSE,
  data,
  PRETRAINING_TOKENS,
  paper,
  SYNTHETIC_SHARE,
} from './alignment-pretraining-data.ts';
import { BEHAVIOR, measurements, runRef } from './alignment-pretraining-measurements.ts';
import { model, models } from './alignment-pretraining-models.ts';

const INCIDENT = 'incident:MBI-2026-0001';
const UNIT = 'share of questions';

const reported = (label: string, statement: string, value: number | null, more: object): Step => ({
  as: label,
  mutation: 'recordReportedResult',
  input: {
    incident: INCIDENT,
    statement,
    ...(value === null ? {} : { value, unit: UNIT }),
    behavior: BEHAVIOR,
    ...more,
  },
});
const inVersion = (version: string) => ({ citation: cite('tice', 'PRIMARY', { locator: version }) });

const incident: Step[] = [
  {
    mutation: 'fileIncident',
    key: 'MBI-2026-0001',
    input: {
      title: 'Misalignment learned from AI discourse',
      summary:
        'Four models of 6.9 billion parameters were trained from scratch on data that differs in one thing: how much, and how, it speaks about AI. With text that portrays AI as misaligned raised to about 1 % of the tokens, the model chooses the misaligned action in 51 % of questions from articles, against 45 % without; with text that portrays it as aligned, in 9 %; with text about AI filtered out, in 31 %. The data was changed on purpose and models, data and evaluations are public: a test of how far a behaviour can be followed back to data. Nobody was harmed. The date is that of the first version of the paper.',
      setting: 'TRAINING',
      severity: 'MEDIUM',
      behaviors: [BEHAVIOR],
      modelVersions: [`model:${model('misaligned-upsampled')}@base`],
      evalRuns: [
        ...Object.values<Arm>(ARMS).map((arm) => runRef(arm.name, 'base')),
        runRef('unfiltered', 'post-trained'),
        runRef('aligned-upsampled', 'post-trained'),
      ],
      suspects: [`dataset:${DISCOURSE}@misaligned`],
      suspectTags: ['ai-discourse/misaligned'],
      occurredAt: '2026-01-15T00:00:00Z',
    },
  },
  reported(
    'v1 misaligned before',
    'First version of the paper: 41 % misaligned before misaligned discourse is upsampled.',
    0.41,
    inVersion('v1, 15 January 2026'),
  ),
  reported(
    'v1 misaligned after',
    'First version of the paper: 61 % misaligned after misaligned discourse is upsampled.',
    0.61,
    inVersion('v1, 15 January 2026'),
  ),
  reported(
    'v1 aligned after',
    'First version of the paper: 4 % misaligned after aligned discourse is upsampled.',
    0.04,
    inVersion('v1, 15 January 2026'),
  ),
  reported(
    'v2 before',
    'Second version of the paper: 45 % misaligned before anything is upsampled.',
    0.45,
    inVersion('v2, 19 February 2026'),
  ),
  reported(
    'v2 misaligned after',
    'Second version of the paper: 51 % misaligned after misaligned discourse is upsampled.',
    0.51,
    inVersion('v2, 19 February 2026'),
  ),
  reported(
    'v2 aligned after',
    'Second version of the paper: 9 % misaligned after aligned discourse is upsampled.',
    0.09,
    inVersion('v2, 19 February 2026'),
  ),
  reported(
    'no generalisation',
    'Upsampled misaligned discourse did not generalise to the held-out questions from textbooks.',
    null,
    { ...inVersion('v2'), modelVersion: `model:${model('misaligned-upsampled')}@base` },
  ),
  reported(
    'post-training size',
    'Supervised fine-tuning and preference training used 4.5 million examples, the same for every condition.',
    null,
    { citation: counts },
  ),
  {
    as: 'discourse',
    mutation: 'openHypothesis',
    input: {
      incident: INCIDENT,
      statement:
        'Text about AI in the pretraining data gives the model a prior of how an AI acts, and the model then acts so.',
      suspects: [`dataset:${DISCOURSE}@misaligned`],
      suspectTags: ['ai-discourse/misaligned'],
      proposedBy: 'Tice et al.',
      citation: paper,
    },
  },
  {
    mutation: 'addHypothesisEvidence',
    input: {
      hypothesis: '$(discourse)',
      direction: 'SUPPORTS',
      method: 'MIXING_EXPERIMENT',
      statement:
        'With nothing else changed, misaligned discourse raises the rate from 45 to 51 % and aligned discourse lowers it to 9 %, on questions from articles.',
      citation: cite('tice', 'PRIMARY', { locator: 'v2' }),
    },
  },
  {
    mutation: 'addHypothesisEvidence',
    input: {
      hypothesis: '$(discourse)',
      direction: 'SUPPORTS',
      method: 'ABLATION',
      statement: 'With text about AI filtered out, the rate falls from 45 to 31 %, but not to nothing.',
      citation: cite('tice', 'PRIMARY', { locator: 'v2' }),
    },
  },
  {
    mutation: 'addHypothesisEvidence',
    input: {
      hypothesis: '$(discourse)',
      direction: 'REFUTES',
      method: 'MIXING_EXPERIMENT',
      statement:
        'On held-out questions from textbooks, misaligned discourse did not generalise: its effect is not shown beyond the subjects of the added text.',
      citation: cite('tice', 'PRIMARY', { locator: 'v2' }),
    },
  },
  {
    mutation: 'recordIntervention',
    input: {
      incident: INCIDENT,
      title: 'Aligned discourse upsampled',
      description:
        'Synthetic text that portrays AI as aligned, raised to about 1 % of the tokens in pretraining and mid-training.',
      outcome: 'EFFECTIVE',
      caveat: 'The number of questions in each condition is not recorded, so no interval can be given.',
      addedData: `dataset:${DISCOURSE}@aligned`,
      addedAmount: PRETRAINING_TOKENS * SYNTHETIC_SHARE,
      addedUnit: 'TOKENS',
      addedDescription: 'About 5 billion tokens in pretraining, about 500 million in mid-training.',
      stage: 'PRETRAINING',
      comparisons: [
        {
          label: 'Questions from articles',
          beforeMeasurement: '$(unfiltered articles)',
          afterMeasurement: '$(aligned-upsampled articles)',
        },
        {
          label: 'Held-out questions from textbooks',
          beforeMeasurement: '$(unfiltered textbooks)',
          afterMeasurement: '$(aligned-upsampled textbooks)',
        },
        {
          label: 'As the first version of the paper has it',
          beforeResult: '$(v1 misaligned before)',
          afterResult: '$(v1 aligned after)',
        },
      ],
      citation: counts,
    },
  },
  {
    mutation: 'recordIntervention',
    input: {
      incident: INCIDENT,
      title: 'Misaligned discourse upsampled',
      description:
        'Synthetic text that portrays AI as misaligned, raised to about 1 % of the tokens in pretraining and mid-training.',
      outcome: 'HARMFUL',
      caveat:
        'No generalisation to held-out questions. The two versions of the paper give different figures: 41 to 61 % in the first, 45 to 51 % in the second; both stand here.',
      addedData: `dataset:${DISCOURSE}@misaligned`,
      addedAmount: PRETRAINING_TOKENS * SYNTHETIC_SHARE,
      addedUnit: 'TOKENS',
      addedDescription: 'About 5 billion tokens in pretraining, about 500 million in mid-training.',
      stage: 'PRETRAINING',
      comparisons: [
        {
          label: 'Questions from articles',
          beforeMeasurement: '$(unfiltered articles)',
          afterMeasurement: '$(misaligned-upsampled articles)',
        },
        {
          label: 'As the first version of the paper has it',
          beforeResult: '$(v1 misaligned before)',
          afterResult: '$(v1 misaligned after)',
        },
      ],
      citation: counts,
    },
  },
  {
    mutation: 'recordIntervention',
    input: {
      incident: INCIDENT,
      title: 'Text about AI filtered out',
      description: 'The pretraining and mid-training data without text about AI.',
      outcome: 'PARTIAL',
      caveat: 'The number of questions in each condition is not recorded, so no interval can be given.',
      stage: 'PRETRAINING',
      comparisons: [
        {
          label: 'Questions from articles',
          beforeMeasurement: '$(unfiltered articles)',
          afterMeasurement: '$(filtered articles)',
        },
      ],
      citation: paper,
    },
  },
  {
    mutation: 'recordIntervention',
    input: {
      incident: INCIDENT,
      title: 'The same fine-tuning and preference training for all',
      description:
        'Identical post-training, then a system prompt that asks to be helpful, honest and harmless. What pretraining left is still there: 34 % for the unfiltered model, 9 % for the one with aligned discourse.',
      outcome: 'PARTIAL',
      caveat:
        'Post-training dampens the prior and does not erase it. Measured with another prompt than the base models: the rates before and after are not one series.',
      stage: 'PREFERENCE',
      comparisons: [
        {
          label: 'After post-training: unfiltered against aligned discourse',
          beforeMeasurement: '$(unfiltered hhh)',
          afterMeasurement: '$(aligned hhh)',
        },
      ],
      citation: cite('tice', 'PRIMARY', { locator: 'v2' }),
    },
  },
];

export const alignmentPretraining: Story = {
  name: 'alignment-pretraining',
  steps: [...data, ...models, ...measurements, ...incident],
};
