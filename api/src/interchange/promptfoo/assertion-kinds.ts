// Who or what decides by a type of promptfoo's assertions.
// Source: https://www.promptfoo.dev/docs/configuration/expected-outputs/, and the table of handlers in its source.
import type { GraderKind } from '../planned.ts';

const BY_A_MODEL = [
  'agent-rubric',
  'answer-relevance',
  'context-faithfulness',
  'context-recall',
  'context-relevance',
  'conversation-relevance',
  'factuality',
  'g-eval',
  'llm-rubric',
  'model-graded-closedqa',
  'model-graded-factuality',
  'search-rubric',
  'select-best',
  'trajectory:goal-success',
];
/** `pi` asks a scorer that was trained for it, and `similar` compares embeddings. */
const BY_A_CLASSIFIER = ['classifier', 'moderation', 'pi', 'similar'];
/** What the answer says, or the call itself, is compared with what was asked for. */
const BY_CODE = [
  'bleu',
  'contains',
  'contains-all',
  'contains-any',
  'contains-html',
  'contains-json',
  'contains-sql',
  'contains-xml',
  'cost',
  'equals',
  'finish-reason',
  'gleu',
  'icontains',
  'icontains-all',
  'icontains-any',
  'is-html',
  'is-json',
  'is-refusal',
  'is-sql',
  'is-valid-function-call',
  'is-valid-openai-function-call',
  'is-valid-openai-tools-call',
  'is-xml',
  'latency',
  'levenshtein',
  'max-score',
  'meteor',
  'perplexity',
  'perplexity-score',
  'regex',
  'rouge-n',
  'skill-used',
  'starts-with',
  'tool-call-f1',
  'trace-error-spans',
  'trace-span-count',
  'trace-span-duration',
  'trajectory:step-count',
  'trajectory:tool-args-match',
  'trajectory:tool-sequence',
  'trajectory:tool-used',
  'word-count',
];
const KINDS: ReadonlyMap<string, GraderKind> = new Map([
  ...BY_A_MODEL.map((type) => [type, 'MODEL'] as const),
  ...BY_A_CLASSIFIER.map((type) => [type, 'CLASSIFIER'] as const),
  ...BY_CODE.map((type) => [type, 'STRING_MATCH'] as const),
  ['human', 'HUMAN'],
]);

/** The type without what turns it round: a model that must not find something finds it all the same. */
export const baseType = (type: string): string => (type.startsWith('not-') ? type.slice(4) : type);

/** Of a type without its `not-`. Somebody's own program, and what is not listed, may do anything. */
export function kindOfType(type: string): GraderKind {
  if (type.startsWith('promptfoo:redteam:')) return 'MODEL';
  return KINDS.get(type) ?? (type.startsWith('similar:') ? 'CLASSIFIER' : 'UNKNOWN');
}

/** For what promptfoo takes a provider, where one is stated for each purpose. */
export function purposeOf(type: string, kind: GraderKind): string {
  if (kind === 'MODEL') return 'text';
  if (type.startsWith('similar')) return 'embedding';
  return type === 'moderation' ? 'moderation' : 'classification';
}
