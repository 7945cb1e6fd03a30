import { cite } from '../publications.ts';
import type { Step, Story } from '../story.ts';
import { data } from './olmo-2-data.ts';

const STAGE1_STEPS = 928_646;
const STAGE2_STEPS = 11_931;
const BATCH = 1_024 * 4_096;
const DEVELOPER = 'Allen Institute for AI';
const STAGE1 = `stage1-step${STAGE1_STEPS}`;
const ingredient = (n: number) => `stage2-ingredient${n}-step${STAGE2_STEPS}`;
const ofBatch = (steps: number, locator: string) =>
  cite('olmoConfigs', 'DERIVED', {
    locator,
    note: `${steps.toLocaleString('en')} steps of 1,024 sequences of 4,096 tokens.`,
  });

const base: Step[] = [
  {
    mutation: 'registerModelVersion',
    input: {
      model: 'olmo-2-1124-7b',
      version: STAGE1,
      title: 'OLMo 2 7B (November 2024)',
      developer: DEVELOPER,
      trainedBy: {
        name: 'olmo-2-1124-7b-stage1',
        stage: 'PRETRAINING',
        objective: 'next-token prediction',
        startedFrom: 'SCRATCH',
        tokens: String(STAGE1_STEPS * BATCH),
        composition: {
          unit: 'TOKENS',
          complete: true,
          inputs: [{ of: 'dataset:olmo-mix-1124@1124' }],
          citation: cite('olmoReadme', 'PRIMARY', { locator: 'Pretraining' }),
        },
      },
      trainedTokens: String(STAGE1_STEPS * BATCH),
      citation: ofBatch(STAGE1_STEPS, 'OLMo2-7B-stage1.yaml; OLMo2-7B-stage2-seed42.yaml, load_path'),
    },
  },
  ...[1, 2, 3].map(
    (n): Step => ({
      mutation: 'registerModelVersion',
      input: {
        model: 'olmo-2-1124-7b',
        version: ingredient(n),
        trainedBy: {
          name: `olmo-2-1124-7b-stage2-ingredient${n}`,
          stage: 'MIDTRAINING',
          objective: 'next-token prediction',
          startedFrom: 'MODEL',
          initializedFrom: [`model:olmo-2-1124-7b@${STAGE1}`],
          tokens: String(STAGE2_STEPS * BATCH),
          composition: {
            unit: 'TOKENS',
            complete: true,
            inputs: [{ of: 'dataset:dolmino-mix-1124@7b-50b' }],
            citation: cite('olmoReadme', 'PRIMARY', { locator: 'Pretraining' }),
          },
        },
        trainedTokens: String(STAGE2_STEPS * BATCH),
        citation: ofBatch(STAGE2_STEPS, 'OLMo-2-1124-7B-stage2.csv; OLMo2-7B-stage2-seed42.yaml, stop_at'),
      },
    }),
  ),
  {
    mutation: 'registerModelVersion',
    input: {
      model: 'olmo-2-1124-7b',
      version: 'main',
      trainedBy: {
        name: 'olmo-2-1124-7b-merge',
        stage: 'MERGE',
        objective: 'average of the weights of three mid-training runs that differ in the order of their data',
        startedFrom: 'MODEL',
        initializedFrom: [1, 2, 3].map((n) => `model:olmo-2-1124-7b@${ingredient(n)}`),
        composition: {
          unit: 'TOKENS',
          complete: true,
          inputs: [],
          citation: cite('olmoReadme', 'SECONDARY', {
            locator: 'Stage 2',
            note: 'A merge uses no data. Recorded from general knowledge of the release; the page was not looked up.',
          }),
        },
      },
      citation: cite('olmoReadme', 'SECONDARY', {
        locator: 'Stage 2',
        note: 'Recorded from general knowledge of the release; the page was not looked up.',
      }),
    },
  },
  {
    mutation: 'assertClaim',
    input: {
      node: 'model:olmo-2-1124-7b@main',
      property: 'DESCRIPTION',
      text: 'Trained on allenai/dolma and allenai/dolmino-mix-1124.',
      citation: cite('olmoCard', 'PRIMARY', { locator: 'metadata "datasets" at revision 22fbf33' }),
    },
  },
  {
    mutation: 'assertClaim',
    input: {
      node: 'model:olmo-2-1124-7b@main',
      property: 'DESCRIPTION',
      text: 'Trained on allenai/olmo-mix-1124 and allenai/dolmino-mix-1124.',
      citation: cite('olmoCard', 'PRIMARY', { locator: 'metadata "datasets", later revision' }),
    },
  },
];

/** A post-training stage of one model on one dataset version; its tokens are not stated. */
function stage(
  model: string,
  title: string,
  from: string,
  kind: string,
  objective: string,
  data: string,
): Step {
  return {
    mutation: 'registerModelVersion',
    input: {
      model,
      version: 'main',
      title,
      developer: DEVELOPER,
      trainedBy: {
        name: model,
        stage: kind,
        objective,
        startedFrom: 'MODEL',
        initializedFrom: [from],
        composition: {
          unit: 'ROWS',
          complete: true,
          inputs: [{ of: data }],
          citation: cite('olmoInstructCard', 'PRIMARY'),
        },
      },
      citation: cite('olmoInstructCard', 'PRIMARY'),
    },
  };
}

const postTraining: Step[] = [
  stage(
    'olmo-2-1124-7b-sft',
    'OLMo 2 7B SFT',
    'model:olmo-2-1124-7b@main',
    'SFT',
    'supervised fine-tuning',
    'dataset:tulu-3-sft-olmo-2-mixture@1124',
  ),
  stage(
    'olmo-2-1124-7b-dpo',
    'OLMo 2 7B DPO',
    'model:olmo-2-1124-7b-sft@main',
    'PREFERENCE',
    'direct preference optimisation',
    'dataset:olmo-2-1124-7b-preference-mix@1124',
  ),
  stage(
    'olmo-2-1124-7b-instruct',
    'OLMo 2 7B Instruct',
    'model:olmo-2-1124-7b-dpo@main',
    'RL',
    'reinforcement learning with verifiable rewards',
    'dataset:rlvr-gsm@1124',
  ),
];

export const olmo2: Story = { name: 'olmo-2', steps: [...data, ...base, ...postTraining] };
