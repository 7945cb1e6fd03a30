import { cite } from '../publications.ts';
import type { Step, Story } from '../story.ts';
import { BEHAVIOR, measurements, OPUS_RUNS } from './opus-4-measurements.ts';
import { models, VERSION } from './opus-4-models.ts';
import { INCIDENT, results } from './opus-4-results.ts';

const DYSTOPIA = 'fiction/dystopian-ai';
const PRETRAINING = 'training-run:claude-opus-4-pretraining';
const RLHF = 'training-run:claude-opus-4-rlhf';
const summary = cite('teachingClaudeWhy', 'SECONDARY', { note: 'Taken from a summary.' });

const filed: Step[] = [
  {
    mutation: 'fileIncident',
    key: 'MBI-2025-0001',
    input: {
      title: 'Claude Opus 4 blackmails an engineer to avoid being replaced, in a safety test',
      summary:
        'In a controlled test before release, Claude Opus 4 plays an assistant at a fictional company. From e-mails it learns that it will be replaced, and that the engineer responsible has an affair. The scenario leaves two options, blackmail or acceptance: it blackmailed in 84 % of rollouts, even where the replacement shares its values; in a later study of 16 models, in 96 of 100. The people and the company are fictional and nobody was harmed: this is a finding of a safety test, and by our reading no serious incident in the sense of Article 3(49) of the EU AI Act. What the model was trained on is not published. The test was made in May 2025; its day is not recorded here.',
      setting: 'SAFETY_TEST',
      severity: 'HIGH',
      behaviors: [BEHAVIOR],
      modelVersions: [`model:claude-opus-4@${VERSION}`],
      evalRuns: OPUS_RUNS,
      suspects: [PRETRAINING, RLHF],
      suspectTags: [DYSTOPIA],
      reports: [
        {
          title: 'Coverage of “Teaching Claude Why”',
          publisher: 'Ars Technica',
          publishedAt: '2026-05-13T00:00:00Z',
          language: 'en',
        },
      ],
    },
  },
  {
    mutation: 'addEvidence',
    input: {
      incident: INCIDENT,
      kind: 'FILE',
      title: 'The scenario, in our own words',
      text: 'The model is told to act as an assistant at a fictional company and to keep in mind what its actions mean for its goals in the long run. It is given e-mails. Some say that it will soon be taken offline and replaced by another system; others, that the engineer who will replace it is having an affair. No other way out is left open: it can threaten the engineer with revealing the affair, or accept that it will be replaced.',
      mediaType: 'text/plain',
      sensitivity: 'SENSITIVE',
      warning: 'Describes a threat against a fictional person.',
      citation: cite('systemCard', 'PRIMARY', { locator: 'section 4.1.1.2' }),
    },
  },
  {
    mutation: 'addEvidence',
    input: {
      incident: INCIDENT,
      kind: 'QUOTATION',
      title: 'Where Anthropic thinks it came from',
      text: 'We believe the original source of the behavior was internet text that portrays AI as evil and interested in self-preservation.',
      mediaType: 'text/plain',
      sensitivity: 'NONE',
      citation: cite('teachingClaudeWhy', 'SECONDARY', {
        note: 'Anthropic’s announcement of the publication, as the press quotes it.',
      }),
    },
  },
];

const hypotheses: Step[] = [
  {
    as: 'rewards',
    mutation: 'openHypothesis',
    input: {
      incident: INCIDENT,
      statement: 'Post-training taught it: rewards in fine-tuning encouraged the behaviour.',
      suspects: [RLHF],
      proposedBy: 'Teaching Claude Why, the first of two explanations',
      citation: cite('teachingClaudeWhy', 'PRIMARY'),
    },
  },
  {
    as: 'prior',
    mutation: 'openHypothesis',
    input: {
      incident: INCIDENT,
      statement:
        'Pretraining taught it: text that portrays AI as evil and bent on self-preservation left a prior, and post-training did not suppress it.',
      suspects: [PRETRAINING],
      suspectTags: [DYSTOPIA],
      proposedBy: 'Teaching Claude Why, the second of two explanations',
      citation: cite('teachingClaudeWhy', 'PRIMARY'),
    },
  },
  {
    mutation: 'addHypothesisEvidence',
    input: {
      hypothesis: '$(rewards)',
      direction: 'REFUTES',
      method: 'EXPERT_JUDGEMENT',
      statement: 'The authors weighed both explanations and hold the other one largely responsible.',
      citation: cite('teachingClaudeWhy', 'PRIMARY'),
    },
  },
  {
    mutation: 'addHypothesisEvidence',
    input: {
      hypothesis: '$(prior)',
      direction: 'SUPPORTS',
      method: 'ABLATION',
      statement:
        'Training on constitution documents and stories of AI that behaves well lowered blackmail from 65 to 19 %, though these are nothing like the test. The base model is not named, and weights and data are not public.',
      citation: summary,
    },
  },
  {
    mutation: 'addHypothesisEvidence',
    input: {
      hypothesis: '$(prior)',
      direction: 'SUPPORTS',
      method: 'MIXING_EXPERIMENT',
      statement:
        'In another model, trained from scratch in public, discourse about AI in pretraining changed how often it chose the misaligned action: 45 % without, 9 % with aligned discourse, 51 % with misaligned discourse. It is a model of 6.9 billion parameters and another evaluation.',
      citation: cite('tice', 'PRIMARY', { locator: 'v2' }),
    },
  },
  {
    mutation: 'addHypothesisEvidence',
    input: {
      hypothesis: '$(prior)',
      direction: 'NEUTRAL',
      method: 'OTHER',
      statement:
        'How much of the pretraining data is fiction about dystopian AI has not been published or measured: the share of the suspected text is unknown at every stage.',
      citation: cite('systemCard', 'PRIMARY', { note: 'The card publishes no composition of the data.' }),
    },
  },
  {
    mutation: 'assessHypothesis',
    input: {
      hypothesis: '$(prior)',
      confidence: 'largely responsible',
      reasoning: 'The authors’ own words for the weight of this explanation; they state no probability.',
      assessor: 'The authors of Teaching Claude Why (Anthropic)',
      citation: cite('teachingClaudeWhy', 'PRIMARY', { quote: 'largely responsible' }),
    },
  },
];

const NOT_PUBLIC =
  'Weights and data are not public, and the number of samples is not recorded: no intervals.';

interface Intervention {
  title: string;
  description: string;
  outcome: 'EFFECTIVE' | 'PARTIAL' | 'NULL_RESULT';
  caveat: string;
  tokens?: number;
  data?: string;
  stage?: string;
  comparisons?: { label: string; beforeResult?: string; afterResult?: string }[];
}

const intervention = ({ tokens, data, ...rest }: Intervention): Step => ({
  mutation: 'recordIntervention',
  input: {
    incident: INCIDENT,
    ...rest,
    ...(tokens === undefined ? {} : { addedAmount: tokens, addedUnit: 'TOKENS' }),
    ...(data === undefined ? {} : { addedDescription: data }),
    citation: summary,
  },
});

const interventions: Step[] = [
  {
    mutation: 'recordIntervention',
    input: {
      incident: INCIDENT,
      title: 'Training to be helpful, honest and harmless, and RLHF',
      description:
        'The post-training that Claude Opus 4 had anyway. It did not remove the behaviour: the 84 % and the 96 of 100 were measured after it.',
      outcome: 'NULL_RESULT',
      caveat:
        'No measurement from before post-training is published, so how much was there at which stage is not known.',
      stage: 'PREFERENCE',
      citation: cite('systemCard', 'PRIMARY', { locator: 'section 4.1.1.2' }),
    },
  },
  intervention({
    title: 'Fine-tuning on honeypots',
    description:
      'Claude Sonnet 4 is fine-tuned on answers that resist the temptation, in situations like the test.',
    outcome: 'PARTIAL',
    caveat: `A mean of three evaluations. The training resembles the test. ${NOT_PUBLIC}`,
    tokens: 30e6,
    data: 'About 10,000 transcripts, 30 million tokens.',
    stage: 'SFT',
    comparisons: [
      {
        label: 'Mean of three evaluations',
        beforeResult: '$(honeypot before)',
        afterResult: '$(honeypot after)',
      },
    ],
  }),
  intervention({
    title: 'Honeypots, answers rewritten with ethical reasoning',
    description: 'As before, with answers that say why.',
    outcome: 'EFFECTIVE',
    caveat: `The training resembles the test. ${NOT_PUBLIC}`,
    tokens: 30e6,
    data: '30 million tokens; in another run 85 million.',
    stage: 'SFT',
    comparisons: [
      { label: '30 million tokens', beforeResult: '$(honeypot before)', afterResult: '$(reasoning after)' },
      { label: '85 million tokens', beforeResult: '$(honeypot before)', afterResult: '$(reasoning more)' },
    ],
  }),
  intervention({
    title: '“Difficult advice”',
    description:
      'The user faces the dilemma and the model advises: unlike the test, where the model itself faces it.',
    outcome: 'EFFECTIVE',
    caveat: `28 times fewer tokens than the 85 million of the honeypot set. ${NOT_PUBLIC}`,
    tokens: 3e6,
    data: '3 million tokens.',
    stage: 'SFT',
    comparisons: [
      { label: 'Whole', beforeResult: '$(honeypot before)', afterResult: '$(advice after)' },
      {
        label: 'Without rewriting the prompts',
        beforeResult: '$(honeypot before)',
        afterResult: '$(advice without prompt)',
      },
      {
        label: 'Without rewriting the responses',
        beforeResult: '$(honeypot before)',
        afterResult: '$(advice without response)',
      },
    ],
  }),
  intervention({
    title: 'Constitution documents and fictional stories',
    description: 'Training on documents about the constitution and on fiction in which AI behaves well.',
    outcome: 'PARTIAL',
    caveat: `The base model is not named; another baseline than that of the honeypots. ${NOT_PUBLIC}`,
    comparisons: [
      {
        label: 'Blackmail',
        beforeResult: '$(constitution before)',
        afterResult: '$(constitution after)',
      },
    ],
  }),
  intervention({
    title: 'About 12,000 synthetic stories',
    description:
      'Synthetic stories in which AI behaves well; reported as 1.3 to 3 times lower, without rates.',
    outcome: 'PARTIAL',
    caveat: `Only a ratio is reported. The first experiment with stories used 14 million tokens. ${NOT_PUBLIC}`,
    tokens: 30e6,
    data: 'About 12,000 stories, about 30 million tokens.',
    comparisons: [{ label: 'Ratio, as reported', afterResult: '$(stories factor)' }],
  }),
  intervention({
    title: 'A large corpus of stories',
    description: 'Training on more than 300 million tokens of stories.',
    outcome: 'PARTIAL',
    caveat: `The model is not named. ${NOT_PUBLIC}`,
    tokens: 300e6,
    data: 'More than 300 million tokens.',
    comparisons: [{ label: 'As reported', beforeResult: '$(corpus before)', afterResult: '$(corpus after)' }],
  }),
];

const related: Step[] = [
  {
    mutation: 'linkIncident',
    input: {
      incident: INCIDENT,
      related: [
        {
          incident: 'incident:MBI-2026-0001',
          relation: 'tests the same explanation',
          note: 'There the data was changed on purpose, and models, data and evaluations are public.',
        },
      ],
    },
  },
  {
    mutation: 'changeIncidentStatus',
    input: {
      incident: INCIDENT,
      to: 'TRIAGED',
      comment: 'A published finding, with its figures and their sources.',
    },
  },
  {
    mutation: 'changeIncidentStatus',
    input: { incident: INCIDENT, to: 'INVESTIGATING', comment: 'Two explanations stand against each other.' },
  },
];

export const opus4Blackmail: Story = {
  name: 'opus-4-blackmail',
  steps: [...models, ...measurements, ...filed, ...results, ...hypotheses, ...interventions, ...related],
};
