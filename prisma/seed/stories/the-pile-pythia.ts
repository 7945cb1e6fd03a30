import { cite } from '../publications.ts';
import type { Step, Story } from '../story.ts';
import { measurements } from './pythia-measurements.ts';
import { models, PRONOUNS, V0_BATCH } from './pythia-models.ts';
import { thePile } from './the-pile.ts';

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
  steps: [...thePile, ...models, ...measurements, ...incident],
};
