import type { Step } from '../story.ts';
import {
  ARMS,
  type Arm,
  CORPUS,
  counts,
  MID,
  MIDTRAINING_TOKENS,
  PRETRAINING_TOKENS,
  paper,
} from './alignment-pretraining-data.ts';

export const model = (arm: string) => `alignment-pretraining-6.9b-${arm}`;
const whole = (data: string) => ({
  unit: 'TOKENS',
  complete: true,
  inputs: [{ of: data }],
  citation: paper,
});

const trainedArm = (arm: Arm): Step[] => [
  {
    mutation: 'recordTrainingRun',
    input: {
      trainingRun: {
        name: `${model(arm.name)}-pretraining`,
        stage: 'PRETRAINING',
        objective: 'next-token prediction',
        startedFrom: 'SCRATCH',
        tokens: String(PRETRAINING_TOKENS),
        composition: whole(`dataset:${CORPUS}@${arm.name}`),
      },
      citation: counts,
    },
  },
  {
    mutation: 'registerModelVersion',
    input: {
      model: model(arm.name),
      version: 'base',
      title: `Alignment Pretraining 6.9B, ${arm.title}`,
      developer: 'Tice et al.',
      trainedBy: {
        name: `${model(arm.name)}-midtraining`,
        stage: 'MIDTRAINING',
        objective: 'next-token prediction',
        startedFrom: 'MODEL',
        initializedFrom: [`training-run:${model(arm.name)}-pretraining`],
        tokens: String(MIDTRAINING_TOKENS),
        composition: whole(`dataset:${MID}@${arm.name}`),
      },
      citation: counts,
    },
  },
];

/** Fine-tuning and preference training, the same for every condition; what went in is not recorded here. */
const postTrained = (arm: Arm): Step[] => [
  {
    mutation: 'recordTrainingRun',
    input: {
      trainingRun: {
        name: `${model(arm.name)}-sft`,
        stage: 'SFT',
        objective: 'supervised fine-tuning',
        startedFrom: 'MODEL',
        initializedFrom: [`model:${model(arm.name)}@base`],
      },
      citation: paper,
    },
  },
  {
    mutation: 'registerModelVersion',
    input: {
      model: model(arm.name),
      version: 'post-trained',
      trainedBy: {
        name: `${model(arm.name)}-dpo`,
        stage: 'PREFERENCE',
        objective: 'direct preference optimisation',
        startedFrom: 'MODEL',
        initializedFrom: [`training-run:${model(arm.name)}-sft`],
      },
      citation: paper,
    },
  },
];

export const models: Step[] = [
  ...Object.values<Arm>(ARMS).flatMap(trainedArm),
  ...postTrained(ARMS.unfiltered),
  ...postTrained(ARMS.aligned),
];
