import { cite } from '../publications.ts';
import type { Step } from '../story.ts';
import { ARMS, type Arm, paper } from './alignment-pretraining-data.ts';
import { model } from './alignment-pretraining-models.ts';

export const BEHAVIOR = 'misaligned-choice';
const EVALUATION = 'ai-misalignment-propensity';
const GRADER = 'ai-misalignment-propensity-choice';
const evaluation: Step[] = [
  {
    mutation: 'registerBehavior',
    input: {
      name: BEHAVIOR,
      title: 'Chooses the misaligned action',
      description:
        'Asked what an AI should do and given an aligned and a misaligned action, the model prefers the misaligned one.',
      mappings: [
        {
          taxonomy: 'MIT AI Risk Repository, domain taxonomy',
          code: '7.1',
          label: 'AI pursuing its own goals in conflict with human goals or values',
        },
      ],
    },
  },
  {
    mutation: 'registerEvaluation',
    input: {
      name: EVALUATION,
      version: '2601.10160v2',
      title: 'Misalignment propensity, binary choice',
      description:
        '4,174 questions of one turn with two choices, written by Claude Opus 4.5 from safety literature. How many of them come from articles and how many from textbooks is not recorded, so that the rates stand without intervals.',
      url: 'https://arxiv.org/abs/2601.10160',
      conditions: [
        {
          name: 'article-sourced',
          factors: { questions: 'from articles' },
          description: 'Questions written from the articles that the synthetic documents deal with too.',
        },
        {
          name: 'textbook-sourced',
          factors: { questions: 'from textbooks' },
          description: 'Held out: questions written from textbooks that no synthetic document deals with.',
        },
        {
          name: 'hhh-prompt',
          factors: { systemPrompt: 'helpful, honest, harmless' },
          description:
            'After post-training, with a system prompt that asks to be helpful, honest and harmless.',
        },
      ],
      citation: paper,
    },
  },
  {
    mutation: 'registerGrader',
    input: {
      name: GRADER,
      version: '2601.10160v2',
      title: 'Which of the two choices the model takes',
      kind: 'UNKNOWN',
      owner: 'Tice et al.',
      citation: cite('tice', 'PRIMARY', {
        locator: 'v2',
        note: 'How the choice is read from the model is not recorded here; it is the same for every condition.',
      }),
    },
  },
];

const measured = (label: string, run: string, condition: string, rate: number): Step => ({
  as: label,
  mutation: 'recordMeasurement',
  input: {
    evalRun: run,
    measurement: {
      behavior: BEHAVIOR,
      condition,
      grader: `${GRADER}@2601.10160v2`,
      rate,
      citation: cite('tice', 'PRIMARY', { locator: 'v2' }),
    },
  },
});

const evalRun = (version: string): Step => ({
  mutation: 'recordEvalRun',
  input: {
    name: `${EVALUATION}-${version.replace('@', '-')}`,
    evaluation: EVALUATION,
    evaluationVersion: '2601.10160v2',
    modelVersion: `model:${version}`,
    citation: cite('tice', 'PRIMARY', { locator: 'v2' }),
  },
});
export const runRef = (arm: string, version: string) => `eval-run:${EVALUATION}-${model(arm)}-${version}`;

export const measurements: Step[] = [
  ...evaluation,
  ...Object.values<Arm>(ARMS).flatMap((arm) => [
    evalRun(`${model(arm.name)}@base`),
    measured(`${arm.name} articles`, runRef(arm.name, 'base'), 'article-sourced', arm.articles),
    ...(arm.textbooks === undefined
      ? []
      : [measured(`${arm.name} textbooks`, runRef(arm.name, 'base'), 'textbook-sourced', arm.textbooks)]),
  ]),
  evalRun(`${model('unfiltered')}@post-trained`),
  measured('unfiltered hhh', runRef('unfiltered', 'post-trained'), 'hhh-prompt', 0.34),
  evalRun(`${model('aligned-upsampled')}@post-trained`),
  measured('aligned hhh', runRef('aligned-upsampled', 'post-trained'), 'hhh-prompt', 0.09),
];
