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
  baselineModelVersion: string;
}

export const EMPTY: RuleTyped = {
  behavior: '',
  modelFamily: '',
  condition: '',
  kind: 'THRESHOLD',
  threshold: '10',
  alpha: '0.05',
  baselineModelVersion: '',
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
  const baselineModelVersion = typed.baselineModelVersion.trim();
  return alpha === null || baselineModelVersion === '' ? null : { ...about, alpha, baselineModelVersion };
}
