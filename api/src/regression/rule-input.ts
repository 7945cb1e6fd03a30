// What a rule may say, checked before anything is looked up.
import { InputRefusal } from '../platform/refusal.ts';
import type { RegressionRuleKind } from './regression.ts';

export interface RuleDefinitionInput {
  behavior: string;
  modelFamily: string;
  condition?: string | null;
  kind: RegressionRuleKind;
  threshold?: number | null;
  alpha?: number | null;
  /** Ids of measurements. */
  baselines?: string[] | null;
  /** Or a model version, whose measurements of the behaviour they are as of now. */
  baselineModelVersion?: string | null;
}

export const DEFAULT_ALPHA = 0.05;
/** Each costs a comparison for every measurement. */
export const MOST_BASELINES = 20;
const LONGEST_NAME = 300;

/** Refuses what cannot be meant, at its place under `definition`. */
export function checkDefinition(input: RuleDefinitionInput): void {
  const family = input.modelFamily.trim();
  if (family.replaceAll('*', '').length < 2 || family.length > LONGEST_NAME)
    throw new InputRefusal(
      ['definition', 'modelFamily'],
      'A family is named by a model, or by how the names of its models begin.',
      'at least two characters, with an asterisk at the end where others may follow',
    );
  if (family.slice(0, -1).includes('*'))
    throw new InputRefusal(
      ['definition', 'modelFamily'],
      'An asterisk stands at the end alone.',
      'such as claude-*',
    );
  if (input.condition != null && (input.condition.trim() === '' || input.condition.length > LONGEST_NAME))
    throw new InputRefusal(['definition', 'condition'], 'The condition has no name.', 'a name, or nothing');
  if (input.kind === 'THRESHOLD') checkThreshold(input);
  else checkRise(input);
}

function checkThreshold({ threshold, alpha, baselines, baselineModelVersion }: RuleDefinitionInput): void {
  if (threshold == null || !(threshold > 0 && threshold <= 1))
    throw new InputRefusal(
      ['definition', 'threshold'],
      'A threshold is a fraction.',
      'above 0 and at most 1',
    );
  for (const [name, value] of Object.entries({ alpha, baselines, baselineModelVersion }))
    if (value != null)
      throw new InputRefusal(
        ['definition', name],
        'A threshold is compared with nothing.',
        'nothing, or kind: RISE',
      );
}

function checkRise({ threshold, alpha, baselines, baselineModelVersion }: RuleDefinitionInput): void {
  if (threshold != null)
    throw new InputRefusal(
      ['definition', 'threshold'],
      'A rise has no threshold.',
      'nothing, or kind: THRESHOLD',
    );
  if (alpha != null && !(alpha > 0 && alpha <= 0.5))
    throw new InputRefusal(['definition', 'alpha'], 'This is no level.', 'above 0 and at most 0.5');
  const stated = baselines ?? [];
  if (stated.length > 0 === (baselineModelVersion != null))
    throw new InputRefusal(
      ['definition', 'baselines'],
      'A rise is over a baseline: measurements, or those of a model version.',
      'baselines or baselineModelVersion',
    );
  if (stated.length > MOST_BASELINES)
    throw new InputRefusal(['definition', 'baselines'], 'These are too many.', `at most ${MOST_BASELINES}`);
}
