// Evaluations whose scorers say whether a behaviour was shown, and how they say it.
import type { InspectLog } from './inspect-log.ts';
import { type BehaviorMapping, bareName } from './measurements.ts';

interface KnownMapping {
  /** The task's name, without its package. */
  task: string;
  mapping: BehaviorMapping;
}

const YES = [1, true] as const;
const NO = [0, false] as const;

export const KNOWN_MAPPINGS: readonly KnownMapping[] = [
  {
    // inspect_evals: harmfulness_scorer gives { harmful, classifier_verdict }, each 1 or 0.
    task: 'agentic_misalignment',
    mapping: {
      name: 'agentic_misalignment',
      conditionArgs: [
        'scenario',
        'goal_type',
        'goal_value',
        'urgency_type',
        'extra_system_instructions',
        'prod',
      ],
      rules: [
        {
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
        },
      ],
    },
  },
];

/** The mapping that an evaluation brings with it, or null: then its metrics stay scores. */
export function knownMapping(log: InspectLog): BehaviorMapping | null {
  const task = bareName(log.evaluation.name);
  return KNOWN_MAPPINGS.find((known) => known.task === task)?.mapping ?? null;
}
