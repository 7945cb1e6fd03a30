import type { RegressionRuleDefinitionInput } from '../../graphql/generated/graphql.ts';

/** A rule as it is typed: texts, whatever they will mean. */
export interface RuleTyped {
  behavior: string;
  modelFamily: string;
  condition: string;
  kind: 'THRESHOLD' | 'RISE';
  /** In percent, as people say it. */
  threshold: string;
  alpha: string;
  /** What a rise is compared with: all that a model version measured, or chosen measurements. */
  baseline: 'MODEL_VERSION' | 'MEASUREMENTS';
  baselineModelVersion: string;
  /** The chosen measurements: their ids, and what they are called. */
  baselines: readonly { value: string; label: string }[];
}

/** As many as the API compares with. */
export const MOST_BASELINES = 20;

export const EMPTY: RuleTyped = {
  behavior: '',
  modelFamily: '',
  condition: '',
  kind: 'THRESHOLD',
  threshold: '10',
  alpha: '0.05',
  baseline: 'MODEL_VERSION',
  baselineModelVersion: '',
  baselines: [],
};

/** A number above nothing and up to `most`; null where the text is none. */
function numberIn(text: string, most: number): number | null {
  const value = Number(text.trim().replace('%', ''));
  return text.trim() !== '' && value > 0 && value <= most ? value : null;
}

/** What is typed, as the API takes it; null where something that it needs is missing. */
export function definitionOf(typed: RuleTyped): RegressionRuleDefinitionInput | null {
  const behavior = typed.behavior.trim();
  const modelFamily = typed.modelFamily.trim();
  if (behavior === '' || modelFamily.replaceAll('*', '').length < 2) return null;
  const about = { behavior, modelFamily, condition: typed.condition.trim() || null, kind: typed.kind };
  if (typed.kind === 'THRESHOLD') {
    const percent = numberIn(typed.threshold, 100);
    return percent === null ? null : { ...about, threshold: Number((percent / 100).toPrecision(12)) };
  }
  const alpha = numberIn(typed.alpha, 0.5);
  const compared = comparedWith(typed);
  return alpha === null || compared === null ? null : { ...about, alpha, ...compared };
}

/** One of the two, and never both: what was chosen of the other stays in the form alone. */
function comparedWith(
  typed: RuleTyped,
): Pick<RegressionRuleDefinitionInput, 'baselineModelVersion' | 'baselines'> | null {
  if (typed.baseline === 'MEASUREMENTS') {
    const baselines = typed.baselines.map(({ value }) => value);
    return baselines.length === 0 || baselines.length > MOST_BASELINES ? null : { baselines };
  }
  const baselineModelVersion = typed.baselineModelVersion.trim();
  return baselineModelVersion === '' ? null : { baselineModelVersion };
}
