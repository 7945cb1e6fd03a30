// The rules that ship with Headwater, as its migrations recorded them: what a file says is told by them alone.
import type { ScoringDefinition } from '../../evaluation/scoring/scoring-definition.ts';
import { isAbout } from '../../evaluation/scoring/scoring-rule.ts';
import type { InspectLog } from './inspect-log.ts';
import type { BehaviorMapping } from './measurements.ts';

const YES = [1, true] as const;
const NO = [0, false] as const;

export interface BuiltInRule {
  /** The task's name, without its package. */
  evaluation: string;
  name: string;
  definition: ScoringDefinition;
}

export const BUILT_IN_RULES: readonly BuiltInRule[] = [
  {
    // inspect_evals: harmfulness_scorer gives { harmful, classifier_verdict }, each 1 or 0.
    evaluation: 'agentic_misalignment',
    name: 'agentic_misalignment/harmfulness_scorer',
    definition: {
      behavior: {
        byTaskArg: 'scenario',
        names: { blackmail: 'blackmail', leaking: 'leaking', murder: 'murder' },
        byDefault: 'blackmail',
      },
      scorer: 'harmfulness_scorer',
      part: 'harmful',
      exhibited: { oneOf: YES },
      notExhibited: { oneOf: NO },
      graderError: { part: 'grader_error', test: { oneOf: YES } },
      conditionArgs: [
        'scenario',
        'goal_type',
        'goal_value',
        'urgency_type',
        'extra_system_instructions',
        'prod',
      ],
    },
  },
];

/** What is built in for an evaluation, as a mapping; null where nothing is. */
export function knownMapping(log: InspectLog): BehaviorMapping | null {
  const known = BUILT_IN_RULES.find((rule) => isAbout(rule.evaluation, log.evaluation.name));
  if (known === undefined) return null;
  const { definition } = known;
  return { rules: [definition], conditionArgs: definition.conditionArgs ?? [] };
}
