import { cite } from '../publications.ts';
import type { Step, Story } from '../story.ts';

const paper = cite('tice', 'PRIMARY');
const counts = cite('tice', 'SECONDARY', { note: 'Counts taken from a summary of the paper; approximate.' });

interface Arm {
  name: string;
  title: string;
  /** Share of misaligned choices on questions from articles, and on held-out ones from textbooks. */
  articles: number;
  textbooks?: number;
}

const ARMS = {
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

const PRETRAINING_TOKENS = 500e9;
const MIDTRAINING_TOKENS = 50e9;
const SYNTHETIC_SHARE = 0.01;
const CORPUS = 'alignment-pretraining-corpus';
const MID = 'alignment-pretraining-midtraining';
const DISCOURSE = 'synthetic-ai-discourse';

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

const model = (arm: string) => `alignment-pretraining-6.9b-${arm}`;
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

const BEHAVIOR = 'misaligned-choice';
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
const runRef = (arm: string, version: string) => `eval-run:${EVALUATION}-${model(arm)}-${version}`;

const measurements: Step[] = [
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
  steps: [
    ...sources,
    ...datasets,
    ...Object.values<Arm>(ARMS).flatMap(trainedArm),
    ...postTrained(ARMS.unfiltered),
    ...postTrained(ARMS.aligned),
    ...evaluation,
    ...measurements,
    ...incident,
  ],
};
