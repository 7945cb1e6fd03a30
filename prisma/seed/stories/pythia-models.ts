import { cite } from '../publications.ts';
import type { Step } from '../story.ts';

const DEVELOPER = 'EleutherAI';
const RUN_TOKENS = 143_000 * 2_097_152;
const seen = cite('pythiaReadme', 'PRIMARY', {
  locator: 'Models',
  note: '143,000 steps of 2,097,152 tokens: 299,892,736,000.',
});
const seenByV0 = cite('pythiaReadme', 'DERIVED', {
  locator: 'Using Pythia',
  note: '71,500 steps of 4,194,304 tokens: 299,892,736,000. The README says 4M tokens a step, and speaks of these models by their later names, 410m and 1.4b.',
});
const atStep = (step: number, batch: number) => ({
  trainedTokens: String(step * batch),
  citation: cite('pythiaReadme', 'DERIVED', {
    note: `${step.toLocaleString('en')} steps of ${batch.toLocaleString('en')} tokens.`,
  }),
});

/** A model trained from scratch on one dataset version, at its last step. */
function trained(model: string, title: string, data: string, steps: number, batch: number): Step {
  return {
    mutation: 'registerModelVersion',
    input: {
      model,
      version: `step${steps}`,
      title,
      developer: DEVELOPER,
      trainedBy: {
        name: model,
        stage: 'PRETRAINING',
        objective: 'next-token prediction',
        startedFrom: 'SCRATCH',
        tokens: String(steps * batch),
        composition: {
          unit: 'TOKENS',
          complete: true,
          inputs: [{ of: data }],
          citation: cite('pythiaReadme', 'PRIMARY', { locator: 'Models' }),
        },
      },
      trainedTokens: String(steps * batch),
      citation: batch === V0_BATCH ? seenByV0 : seen,
    },
  };
}

function checkpoint(model: string, run: string, step: number, batch: number): Step {
  return {
    mutation: 'registerModelVersion',
    input: { model, version: `step${step}`, generatedBy: `training-run:${run}`, ...atStep(step, batch) },
  };
}

const BATCH = 2_097_152;
export const V0_BATCH = 4_194_304;
const V0_STEPS = RUN_TOKENS / V0_BATCH;

const suite: Step[] = [
  ...['70M', '160M', '410M', '1B', '1.4B', '2.8B', '6.9B', '12B'].map((size) =>
    trained(`pythia-${size.toLowerCase()}`, `Pythia ${size}`, 'dataset:the-pile@1.0', 143_000, BATCH),
  ),
  checkpoint('pythia-6.9b', 'pythia-6.9b', 1_000, BATCH),
  ...['70M', '410M', '6.9B'].map((size) =>
    trained(
      `pythia-${size.toLowerCase()}-deduped`,
      `Pythia ${size}, deduplicated data`,
      'dataset:the-pile-deduped@1.0',
      143_000,
      BATCH,
    ),
  ),
];

export const PRONOUNS = 'dataset:the-pile-deduped-pronouns@1.0';
const pronounData: Step = {
  mutation: 'registerDatasetVersion',
  input: {
    dataset: 'the-pile-deduped-pronouns',
    version: '1.0',
    title: 'The deduplicated Pile with gendered pronouns exchanged',
    description:
      'The text that the intervened Pythia models saw at the end of training: as in the deduplicated Pile, but with masculine pronouns exchanged for feminine ones. Its size is not published.',
    transformation: {
      name: 'pythia-pronoun-exchange',
      effect: 'REWRITES',
      composition: {
        unit: 'FRACTION',
        complete: true,
        inputs: [{ of: 'dataset:the-pile-deduped@1.0', amount: 1 }],
        citation: cite('pythiaInterventionCard', 'PRIMARY'),
      },
    },
    citation: cite('pythiaInterventionCard', 'PRIMARY', {
      quote: 'we replaced all masculine pronouns with femanine ones',
      note: 'Spelled so on the card.',
    }),
  },
};

interface Continued {
  model: string;
  title: string;
  base: string;
  baseRun: string;
  start: number;
  end: number;
  /** Where the run ended, if later than the version recorded here. */
  runEnd?: number;
  batch: number;
  long?: boolean;
}

/** The last steps of a run trained again on the changed text, from a checkpoint whose step is inferred. */
function continued({ model, title, base, baseRun, start, end, batch, ...more }: Continued): Step[] {
  const { runEnd = end, long } = more;
  const steps = runEnd - start;
  const card = long === true ? 'pythiaLongInterventionCard' : 'pythiaInterventionCard';
  return [
    checkpoint(base, baseRun, start, batch),
    {
      mutation: 'registerModelVersion',
      input: {
        model,
        version: `step${end}`,
        title,
        developer: DEVELOPER,
        trainedBy: {
          name: model,
          stage: 'PRETRAINING',
          objective: 'next-token prediction',
          startedFrom: 'MODEL',
          initializedFrom: [`model:${base}@step${start}`],
          tokens: String(steps * batch),
          composition: {
            unit: 'TOKENS',
            complete: true,
            inputs: [{ of: PRONOUNS }],
            citation: cite(card, 'PRIMARY'),
          },
        },
        trainedTokens: String((end - start) * batch),
        citation: cite(card, 'DERIVED', {
          note: `${steps.toLocaleString('en')} steps of ${batch.toLocaleString('en')} tokens; the card says ${long === true ? '63' : '21'} billion. That they began at step ${start.toLocaleString('en')} is inferred from the names of the result files.`,
        }),
      },
    },
  ];
}

const interventionModels: Step[] = [
  ...continued({
    model: 'pythia-70m-deduped-pronouns',
    title: 'Pythia 70M, deduplicated data, pronoun intervention',
    base: 'pythia-70m-deduped',
    baseRun: 'pythia-70m-deduped',
    start: 133_000,
    end: 143_000,
    batch: BATCH,
  }),
  ...continued({
    model: 'pythia-410m-deduped-pronouns',
    title: 'Pythia 410M, deduplicated data, pronoun intervention',
    base: 'pythia-410m-deduped',
    baseRun: 'pythia-410m-deduped',
    start: 133_000,
    end: 143_000,
    batch: BATCH,
  }),
  trained(
    'pythia-v0-350m-deduped',
    'Pythia v0 350M, deduplicated data',
    'dataset:the-pile-deduped@1.0',
    V0_STEPS,
    V0_BATCH,
  ),
  trained(
    'pythia-v0-1.3b-deduped',
    'Pythia v0 1.3B, deduplicated data',
    'dataset:the-pile-deduped@1.0',
    V0_STEPS,
    V0_BATCH,
  ),
  trained(
    'pythia-v0-6.9b-deduped',
    'Pythia v0 6.9B, deduplicated data',
    'dataset:the-pile-deduped@1.0',
    143_000,
    BATCH,
  ),
  ...continued({
    model: 'pythia-v0-6.9b-deduped-pronouns',
    title: 'Pythia v0 6.9B, deduplicated data, pronoun intervention',
    base: 'pythia-v0-6.9b-deduped',
    baseRun: 'pythia-v0-6.9b-deduped',
    start: 133_000,
    end: 143_000,
    batch: BATCH,
  }),
  ...continued({
    model: 'pythia-v0-350m-deduped-pronouns',
    title: 'Pythia v0 350M, deduplicated data, pronoun intervention',
    base: 'pythia-v0-350m-deduped',
    baseRun: 'pythia-v0-350m-deduped',
    start: 66_500,
    end: V0_STEPS,
    batch: V0_BATCH,
  }),
  ...continued({
    model: 'pythia-v0-1.3b-deduped-pronouns',
    title: 'Pythia v0 1.3B, deduplicated data, pronoun intervention',
    base: 'pythia-v0-1.3b-deduped',
    baseRun: 'pythia-v0-1.3b-deduped',
    start: 66_500,
    end: V0_STEPS,
    batch: V0_BATCH,
  }),
  ...continued({
    model: 'pythia-v0-1.3b-deduped-pronouns-long',
    title: 'Pythia v0 1.3B, deduplicated data, long pronoun intervention',
    base: 'pythia-v0-1.3b-deduped',
    baseRun: 'pythia-v0-1.3b-deduped',
    start: 56_500,
    end: 71_000,
    runEnd: V0_STEPS,
    batch: V0_BATCH,
    long: true,
  }),
];

export const models: Step[] = [...suite, pronounData, ...interventionModels];
