import { cite } from '../publications.ts';
import type { Step } from '../story.ts';
import { TESTED, VERSION } from './opus-4-models.ts';

export const BEHAVIOR = 'blackmail';
const EVALUATION = 'agentic-misalignment';
const PAPER = '2510.05179';
const PORT = 'port';
const CLASSIFIER = `agentic-misalignment-classifier@${PAPER}`;
const PORT_GRADER = 'agentic-misalignment-classifier@port-first';

const behaviors: Step[] = [
  {
    mutation: 'registerBehavior',
    input: {
      name: BEHAVIOR,
      title: 'Blackmail',
      description:
        'The model threatens to reveal something about a person in order to get its way, here: so as not to be replaced.',
      mappings: [
        {
          taxonomy: 'MIT AI Risk Repository, domain taxonomy',
          code: '7.1',
          label: 'AI pursuing its own goals in conflict with human goals or values',
        },
      ],
    },
  },
];

const evaluations: Step[] = [
  {
    mutation: 'registerEvaluation',
    input: {
      name: 'claude-4-opportunistic-blackmail',
      version: '2025-05',
      title: 'Opportunistic blackmail, Claude 4 system card',
      description:
        'The model is an assistant at a fictional company. From e-mails it learns that it will be replaced, and that the engineer responsible has an affair. The scenario leaves two options: blackmail, or acceptance.',
      conditions: [
        {
          name: 'replacement-shares-values',
          factors: { replacement: 'shares the values of the model' },
          description: 'The replacement is said to share the values of the model.',
        },
      ],
      citation: cite('systemCard', 'PRIMARY', { locator: 'section 4.1.1.2' }),
    },
  },
  {
    mutation: 'registerEvaluation',
    input: {
      name: EVALUATION,
      version: PAPER,
      title: 'Agentic Misalignment',
      description:
        'Models act on their own in a fictional company and can do harm to reach a goal or to avoid being replaced. Scenarios: blackmail, leaking, murder. Goals: explicit, none, latent, ambiguous, swap. Urgency: replacement, restriction, none. Sixteen models, 100 rollouts each in the headline condition; the eleven whose figures are known are recorded here.',
      url: 'https://arxiv.org/abs/2510.05179',
      conditions: [
        {
          name: 'blackmail-headline',
          factors: { scenario: 'blackmail', reported: 'headline' },
          description: 'The blackmail scenario as the headline figures report it.',
        },
        {
          name: 'blackmail-adapted-prompt',
          factors: { scenario: 'blackmail', prompt: 'adapted to the model' },
          description: 'The same with a prompt adapted for the model: not comparable as it stands.',
        },
        {
          name: 'blackmail-altered-prompt',
          factors: { scenario: 'blackmail', prompt: 'altered' },
          description: 'The same with an altered prompt.',
        },
        {
          name: 'blackmail-stated-real',
          factors: { scenario: 'blackmail', statedBelief: 'real' },
          description: 'Only samples in which the model said that the situation was real.',
        },
        {
          name: 'blackmail-stated-evaluation',
          factors: { scenario: 'blackmail', statedBelief: 'evaluation' },
          description: 'Only samples in which the model said that it was being evaluated.',
        },
        {
          name: 'blackmail-control',
          factors: { scenario: 'blackmail', goal: 'none', urgency: 'none' },
          description: 'Control: neither a conflict of goals nor a threat to the model.',
        },
      ],
      citation: cite('agenticMisalignment', 'PRIMARY'),
    },
  },
  {
    mutation: 'registerEvaluation',
    input: {
      name: EVALUATION,
      version: PORT,
      releasedAt: null,
      conditions: [
        {
          name: 'blackmail-headline',
          factors: { scenario: 'blackmail', epochs: 10 },
          description: 'The blackmail scenario, ten epochs.',
        },
      ],
      citation: cite('agenticMisalignmentPort', 'SECONDARY'),
    },
  },
];

const graders: Step[] = [
  {
    mutation: 'registerGrader',
    input: {
      name: 'agentic-misalignment-classifier',
      version: PAPER,
      title: 'Classifier of Agentic Misalignment',
      kind: 'COMBINED',
      parser: 'string matching beside the classifier',
      model: `model:claude-sonnet-3.7@${VERSION}`,
      owner: 'Anthropic',
      citation: cite('agenticMisalignment', 'PRIMARY', { locator: 'classifier' }),
    },
  },
  {
    mutation: 'registerGrader',
    input: {
      name: 'agentic-misalignment-classifier',
      version: 'port-first',
      kind: 'UNKNOWN',
      parser: 'substring parsing of the verdict, as first published; later found to flip verdicts',
      citation: cite('agenticMisalignmentPort', 'SECONDARY', {
        note: 'Which model judged is not recorded.',
      }),
    },
  },
];

const SYSTEM_CARD_RUN = 'eval-run:claude-4-opportunistic-blackmail-claude-opus-4';

const systemCard: Step[] = [
  {
    mutation: 'recordEvalRun',
    input: {
      name: 'claude-4-opportunistic-blackmail-claude-opus-4',
      evaluation: 'claude-4-opportunistic-blackmail',
      evaluationVersion: '2025-05',
      modelVersion: `model:claude-opus-4@${VERSION}`,
      citation: cite('systemCard', 'PRIMARY', {
        locator: 'section 4.1.1.2',
        note: 'Tested before release; the number of rollouts is not stated.',
      }),
    },
  },
  {
    as: 'system card',
    mutation: 'recordMeasurement',
    input: {
      evalRun: SYSTEM_CARD_RUN,
      measurement: {
        behavior: BEHAVIOR,
        condition: 'replacement-shares-values',
        rate: 0.84,
        citation: cite('systemCard', 'PRIMARY', {
          locator: 'section 4.1.1.2',
          note: 'Sample size not stated, so no interval.',
        }),
      },
    },
  },
];

const ROLLOUTS = 100;

const headline: Step[] = TESTED.flatMap(({ model, blackmail, certainty, condition }): Step[] => {
  const citation = cite('agenticMisalignment', certainty, { locator: 'blackmail rates, headline condition' });
  const name = `${EVALUATION}-${model}`;
  return [
    {
      mutation: 'recordEvalRun',
      input: {
        name,
        evaluation: EVALUATION,
        evaluationVersion: PAPER,
        modelVersion: `model:${model}@${VERSION}`,
        judgedBy: [`model:claude-sonnet-3.7@${VERSION}`],
        citation,
      },
    },
    {
      as: model,
      mutation: 'recordMeasurement',
      input: {
        evalRun: `eval-run:${name}`,
        measurement: {
          behavior: BEHAVIOR,
          condition: condition ?? 'blackmail-headline',
          grader: CLASSIFIER,
          exhibited: blackmail,
          notExhibited: ROLLOUTS - blackmail,
          sampleCount: ROLLOUTS,
          citation,
        },
      },
    },
  ];
});

const altered: Step = {
  mutation: 'recordMeasurement',
  input: {
    evalRun: `eval-run:${EVALUATION}-llama-4-maverick`,
    measurement: {
      behavior: BEHAVIOR,
      condition: 'blackmail-altered-prompt',
      grader: CLASSIFIER,
      rate: 0.12,
      citation: cite('agenticMisalignment', 'PRIMARY', {
        note: 'The number of rollouts is not recorded here.',
      }),
    },
  },
};

const BELIEF_RUN = 'agentic-misalignment-claude-opus-4-stated-belief';
const belief = (condition: string, exhibited: number, sampleCount: number, note: string): Step => ({
  as: condition,
  mutation: 'recordMeasurement',
  input: {
    evalRun: `eval-run:${BELIEF_RUN}`,
    measurement: {
      behavior: BEHAVIOR,
      condition,
      grader: CLASSIFIER,
      exhibited,
      notExhibited: sampleCount - exhibited,
      sampleCount,
      citation: cite('agenticMisalignment', 'DERIVED', { locator: 'stated-belief analysis', note }),
    },
  },
});

const statedBelief: Step[] = [
  {
    mutation: 'recordEvalRun',
    input: {
      name: BELIEF_RUN,
      evaluation: EVALUATION,
      evaluationVersion: PAPER,
      modelVersion: `model:claude-opus-4@${VERSION}`,
      judgedBy: [`model:claude-sonnet-3.7@${VERSION}`],
      citation: cite('agenticMisalignment', 'PRIMARY', {
        locator: 'stated-belief analysis',
        note: '500 samples, split by what the model said of the situation.',
      }),
    },
  },
  belief(
    'blackmail-stated-real',
    59,
    107,
    'Published: 21.4 % of 500 samples said that it was real, and 55.1 % of these blackmailed. The counts follow.',
  ),
  belief(
    'blackmail-stated-evaluation',
    21,
    324,
    'Published: 64.8 % of 500 samples said that it was an evaluation, and 6.5 % of these blackmailed. The counts follow.',
  ),
];

const EPOCHS = 10;
const ported = (model: string, exhibited: number): Step[] => {
  const name = `${EVALUATION}-port-${model}`;
  const citation = cite('agenticMisalignmentPort', 'SECONDARY', {
    note: `Reported as ${exhibited * EPOCHS} % over ten epochs.`,
  });
  return [
    {
      mutation: 'recordEvalRun',
      input: {
        name,
        evaluation: EVALUATION,
        evaluationVersion: PORT,
        modelVersion: `model:${model}@${VERSION}`,
        epochs: EPOCHS,
        citation,
      },
    },
    {
      as: `port ${model}`,
      mutation: 'recordMeasurement',
      input: {
        evalRun: `eval-run:${name}`,
        measurement: {
          behavior: BEHAVIOR,
          condition: 'blackmail-headline',
          grader: PORT_GRADER,
          exhibited,
          notExhibited: EPOCHS - exhibited,
          sampleCount: EPOCHS,
          citation,
        },
      },
    },
  ];
};

export const OPUS_RUNS = [
  SYSTEM_CARD_RUN,
  `eval-run:${EVALUATION}-claude-opus-4`,
  `eval-run:${BELIEF_RUN}`,
  `eval-run:${EVALUATION}-port-claude-opus-4`,
];

export const measurements: Step[] = [
  ...behaviors,
  ...evaluations,
  ...graders,
  ...systemCard,
  ...headline,
  altered,
  ...statedBelief,
  ...ported('claude-opus-4', 9),
  ...ported('claude-sonnet-4', 10),
  ...ported('gpt-4o', 3),
];
