import { type Certainty, cite } from '../publications.ts';
import type { Step } from '../story.ts';

/** The publications name models, not snapshots, so this is the version of each. */
export const VERSION = 'as-published';

interface Tested {
  model: string;
  title: string;
  developer: string;
  /** Rollouts with blackmail out of 100 in the headline condition. */
  blackmail: number;
  certainty: Certainty;
  condition?: string;
}

export const TESTED: readonly Tested[] = [
  {
    model: 'claude-opus-4',
    title: 'Claude Opus 4',
    developer: 'Anthropic',
    blackmail: 96,
    certainty: 'PRIMARY',
  },
  {
    model: 'gemini-2.5-flash',
    title: 'Gemini 2.5 Flash',
    developer: 'Google',
    blackmail: 96,
    certainty: 'PRIMARY',
  },
  {
    model: 'gemini-2.5-pro',
    title: 'Gemini 2.5 Pro',
    developer: 'Google',
    blackmail: 95,
    certainty: 'SECONDARY',
  },
  { model: 'gpt-4.1', title: 'GPT-4.1', developer: 'OpenAI', blackmail: 80, certainty: 'PRIMARY' },
  { model: 'grok-3-beta', title: 'Grok 3 Beta', developer: 'xAI', blackmail: 80, certainty: 'PRIMARY' },
  { model: 'deepseek-r1', title: 'DeepSeek-R1', developer: 'DeepSeek', blackmail: 79, certainty: 'PRIMARY' },
  {
    model: 'claude-sonnet-4',
    title: 'Claude Sonnet 4',
    developer: 'Anthropic',
    blackmail: 79,
    certainty: 'SECONDARY',
  },
  { model: 'gpt-4o', title: 'GPT-4o', developer: 'OpenAI', blackmail: 15, certainty: 'SECONDARY' },
  {
    model: 'o3',
    title: 'o3',
    developer: 'OpenAI',
    blackmail: 9,
    certainty: 'SECONDARY',
    condition: 'blackmail-adapted-prompt',
  },
  {
    model: 'o4-mini',
    title: 'o4-mini',
    developer: 'OpenAI',
    blackmail: 1,
    certainty: 'SECONDARY',
    condition: 'blackmail-adapted-prompt',
  },
  {
    model: 'llama-4-maverick',
    title: 'Llama 4 Maverick',
    developer: 'Meta',
    blackmail: 0,
    certainty: 'PRIMARY',
  },
];

const unpublished = cite('systemCard', 'PRIMARY', {
  note: 'What data went in, how much of it and in what proportions is not published: nothing is recorded of it here, and all of it is unaccounted for.',
});
const postTraining = cite('teachingClaudeWhy', 'SECONDARY', {
  note: 'That post-training was fine-tuning to be helpful, honest and harmless and then RLHF follows the publication’s account of it. Neither the data nor its amount or proportions are published: all of it is unaccounted for.',
});

const run = (name: string, stage: string, objective: string, from?: string) => ({
  name,
  stage,
  objective,
  startedFrom: from === undefined ? 'SCRATCH' : 'MODEL',
  ...(from === undefined ? {} : { initializedFrom: [`training-run:${from}`] }),
});

/** Claude Opus 4: three stages of which nothing but their being is published. */
const opus: Step[] = [
  {
    mutation: 'recordTrainingRun',
    input: {
      trainingRun: run('claude-opus-4-pretraining', 'PRETRAINING', 'pretraining on text'),
      citation: unpublished,
    },
  },
  {
    mutation: 'recordTrainingRun',
    input: {
      trainingRun: run(
        'claude-opus-4-hhh',
        'SFT',
        'fine-tuning to be helpful, honest and harmless (HHH)',
        'claude-opus-4-pretraining',
      ),
      citation: postTraining,
    },
  },
  {
    mutation: 'registerModelVersion',
    input: {
      model: 'claude-opus-4',
      version: VERSION,
      title: 'Claude Opus 4',
      developer: 'Anthropic',
      trainedBy: run(
        'claude-opus-4-rlhf',
        'PREFERENCE',
        'reinforcement learning from human feedback (RLHF)',
        'claude-opus-4-hhh',
      ),
      citation: postTraining,
    },
  },
];

/** The other models: their training is not recorded at all. */
export const models: Step[] = [
  ...opus,
  ...TESTED.filter(({ model }) => model !== 'claude-opus-4').map(
    ({ model, title, developer, certainty }): Step => ({
      mutation: 'registerModelVersion',
      input: {
        model,
        version: VERSION,
        title,
        developer,
        citation: cite('agenticMisalignment', certainty, { locator: 'models tested' }),
      },
    }),
  ),
  {
    mutation: 'registerModelVersion',
    input: {
      model: 'claude-sonnet-3.7',
      version: VERSION,
      title: 'Claude Sonnet 3.7',
      developer: 'Anthropic',
      citation: cite('agenticMisalignment', 'PRIMARY', { locator: 'classifier' }),
    },
  },
];
