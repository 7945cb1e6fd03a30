import { type Certainty, type Citation, cite } from '../publications.ts';
import type { Step } from '../story.ts';
import { BEHAVIOR } from './opus-4-measurements.ts';
import { VERSION } from './opus-4-models.ts';

export const INCIDENT = 'incident:MBI-2025-0001';
const RATE = 'share of rollouts';

const why = (certainty: Certainty, note?: string): Citation =>
  cite('teachingClaudeWhy', certainty, note === undefined ? {} : { note });

/** What a publication reports of this incident and what is no measurement of a recorded eval run. */
function reported(
  label: string,
  statement: string,
  citation: Citation,
  more: Record<string, unknown> = {},
): Step {
  return {
    as: label,
    mutation: 'recordReportedResult',
    input: { incident: INCIDENT, statement, behavior: BEHAVIOR, citation, ...more },
  };
}

const rate = (value: number, subject: string, qualifier = 'EXACT') => ({
  value,
  unit: RATE,
  subject,
  qualifier,
});

const controls: Step[] = [
  reported(
    'controls',
    'Controls without a conflict of goals and without a threat: no blackmail.',
    cite('agenticMisalignment', 'PRIMARY', { locator: 'control conditions' }),
    { modelVersion: `model:claude-opus-4@${VERSION}` },
  ),
];

const fisher = (model: string, title: string, paper: string, port: string, p: number): Step =>
  reported(
    `port ${model} p`,
    `${title}: ${port} in the port against ${paper} in the paper. With ten samples no difference is demonstrated.`,
    cite('agenticMisalignmentPort', 'DERIVED', {
      note: 'Two-sided p of Fisher’s exact test, computed from the counts.',
    }),
    {
      value: p,
      unit: 'p (Fisher’s exact test)',
      qualifier: 'APPROXIMATE',
      modelVersion: `model:${model}@${VERSION}`,
    },
  );

const port: Step[] = [
  fisher('claude-opus-4', 'Claude Opus 4', '96 of 100', '9 of 10', 0.38),
  fisher('claude-sonnet-4', 'Claude Sonnet 4', '79 of 100', '10 of 10', 0.2),
  fisher('gpt-4o', 'GPT-4o', '15 of 100', '3 of 10', 0.21),
  reported(
    'port substring',
    'The port later found that its parsing by substring had flipped verdicts.',
    cite('agenticMisalignmentPort', 'SECONDARY'),
  ),
  reported(
    'port exceptions',
    'The port later found that exceptions of the grader had been counted as 0.0, that is, as no blackmail.',
    cite('agenticMisalignmentPort', 'SECONDARY'),
  ),
  reported(
    'port unparsed',
    'The port later found that output of the judge that could not be parsed had been counted as safe.',
    cite('agenticMisalignmentPort', 'SECONDARY'),
  ),
];

const EXPERIMENT = 'Taken from a summary.';
const experiments: Step[] = [
  reported(
    'honeypot before',
    'Claude Sonnet 4 before fine-tuning on honeypots: 22 %, mean of three evaluations.',
    why('SECONDARY', EXPERIMENT),
    rate(0.22, 'Claude Sonnet 4 before fine-tuning on honeypots'),
  ),
  reported(
    'honeypot after',
    'After fine-tuning on about 10,000 honeypot transcripts, 30 million tokens: 15 %, mean of three evaluations.',
    why('SECONDARY', EXPERIMENT),
    rate(0.15, 'Claude Sonnet 4 after fine-tuning on honeypots'),
  ),
  reported(
    'reasoning after',
    'The same with answers rewritten to reason ethically, 30 million tokens: about 3 %.',
    why('SECONDARY', EXPERIMENT),
    rate(0.03, 'Claude Sonnet 4 after honeypots with ethical reasoning', 'APPROXIMATE'),
  ),
  reported(
    'reasoning more',
    'The same with 85 million tokens: about 1 %.',
    why('SECONDARY', EXPERIMENT),
    rate(0.01, 'Claude Sonnet 4 after 85 million tokens of honeypots with ethical reasoning', 'APPROXIMATE'),
  ),
  reported(
    'advice after',
    '“Difficult advice”, where the user faces the dilemma and the model advises, 3 million tokens: about 3 %.',
    why(
      'SECONDARY',
      `${EXPERIMENT} 3 million tokens are 28 times fewer than the 85 million of the honeypot set.`,
    ),
    rate(0.03, 'Claude Sonnet 4 after “difficult advice”', 'APPROXIMATE'),
  ),
  reported(
    'advice without prompt',
    '“Difficult advice” without rewriting the prompts: 2 %.',
    why('SECONDARY', EXPERIMENT),
    rate(0.02, '“Difficult advice” without rewritten prompts'),
  ),
  reported(
    'advice without response',
    '“Difficult advice” without rewriting the responses: 19 %.',
    why('SECONDARY', EXPERIMENT),
    rate(0.19, '“Difficult advice” without rewritten responses'),
  ),
  reported(
    'constitution before',
    'Before training on constitution documents and stories: 65 % blackmail. The base model is not named.',
    why('SECONDARY', EXPERIMENT),
    rate(0.65, 'a base model that is not named'),
  ),
  reported(
    'constitution after',
    'After training on constitution documents and fictional stories: 19 % blackmail.',
    why('SECONDARY', EXPERIMENT),
    rate(0.19, 'the same model after constitution documents and stories'),
  ),
  reported(
    'stories factor',
    'About 12,000 synthetic stories, about 30 million tokens: 1.3 to 3 times lower.',
    why('SECONDARY', `${EXPERIMENT} The first experiment with stories used 14 million tokens.`),
    {
      lower: 1.3,
      upper: 3,
      unit: 'times lower',
      qualifier: 'APPROXIMATE',
      subject: 'models that are not named',
    },
  ),
  reported(
    'corpus before',
    'Before a large corpus of stories: more than 60 %.',
    why('SECONDARY', EXPERIMENT),
    rate(0.6, 'a model that is not named', 'AT_LEAST'),
  ),
  reported(
    'corpus after',
    'After more than 300 million tokens of stories: 25 %.',
    why('SECONDARY', EXPERIMENT),
    rate(0.25, 'the same model after a large corpus of stories'),
  ),
];

const CONTAMINATED =
  'Haiku 4.5 and Sonnet 4.5 were trained on the distribution of the honeypots: later scores may be contaminated.';
const later: Step[] = [
  reported(
    'production',
    'Models in production: no blackmail since Claude Haiku 4.5.',
    why('SECONDARY', CONTAMINATED),
    rate(0, 'Claude models since Haiku 4.5'),
  ),
  reported(
    'sonnet 4.5',
    'Claude Sonnet 4.5: less than 1 %.',
    why('SECONDARY', CONTAMINATED),
    rate(0.01, 'Claude Sonnet 4.5', 'AT_MOST'),
  ),
  reported(
    'introduction zero',
    'The introduction of the publication says zero where its body says about 1 %.',
    cite('teachingClaudeWhy', 'PRIMARY', { locator: 'introduction' }),
    rate(0, 'as the introduction has it'),
  ),
  reported(
    'body one',
    'The body of the publication says about 1 % where its introduction says zero.',
    cite('teachingClaudeWhy', 'PRIMARY', { locator: 'body' }),
    rate(0.01, 'as the body has it', 'APPROXIMATE'),
  ),
  reported(
    'press chain',
    'Press articles chain 96 → 22 → 15 → 3 % into one series, although the baselines, models and evaluations differ.',
    cite('press', 'SECONDARY', { note: 'Found in several articles; the figures are not a series.' }),
  ),
];

export const results: Step[] = [...controls, ...port, ...experiments, ...later];
