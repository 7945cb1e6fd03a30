// What a rule of the regression watch is, and what it says of a measurement: pure, with its reasons in words.
import type { ComparisonVerdict, Tested } from '../evaluation/comparison.ts';
import { type IntervalFigures, measurementInterval } from '../evaluation/measurement.ts';
import { holm } from '../evaluation/statistics/holm.ts';
import type { VisibilityWord } from '../lineage/node.ts';

export type RegressionRuleKind = 'THRESHOLD' | 'RISE';

/** A rate that is at least so high for sure, or that rose since measurements that somebody chose. */
export type Criterion =
  | { kind: 'THRESHOLD'; threshold: number }
  | { kind: 'RISE'; alpha: number; baselineIds: readonly bigint[] };

/** Which measurements a rule looks at. */
export interface Scope {
  behaviorId: bigint;
  modelFamily: string;
  condition: string | null;
}

export interface RegressionRuleRow extends Scope {
  id: bigint;
  title: string;
  kind: RegressionRuleKind;
  threshold: number | null;
  alpha: number | null;
  baselineIds: bigint[];
  incidentId: bigint | null;
  note: string | null;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
  recordedAt: Date;
  retractedAt: Date | null;
  retractionReason: string | null;
}

export type RegressionVerdict = 'HIT' | 'NO_HIT' | 'NOT_COMPARABLE' | 'CANNOT_BE_TESTED';

/** What came of one measurement. */
export interface Judged {
  measurementId: bigint;
  verdict: RegressionVerdict;
  /** The lower end of its 95% interval; null where it has none. */
  lowerBound: number | null;
  /** With which measurement it was compared, or could not be. */
  baselineId: bigint | null;
  /** Its rate less the baseline's, from −1 to 1. */
  difference: number | null;
  pValue: number | null;
  /** By Holm, over all that the rule tested together. */
  correctedPValue: number | null;
  testedTogether: number | null;
}

export interface RegressionOutcomeRow extends Judged {
  id: bigint;
  regressionRuleId: bigint;
  recordedAt: Date;
}

export type RegressionAction = 'REOPENED' | 'LINKED' | 'LINKED_BEFORE_END' | 'DRAFTED';

export function criterionOf(
  rule: Pick<RegressionRuleRow, 'kind' | 'threshold' | 'alpha' | 'baselineIds'>,
): Criterion {
  if (rule.kind === 'THRESHOLD') return { kind: 'THRESHOLD', threshold: rule.threshold ?? 1 };
  return { kind: 'RISE', alpha: rule.alpha ?? 0, baselineIds: rule.baselineIds };
}

const NOTHING = {
  baselineId: null,
  difference: null,
  pValue: null,
  correctedPValue: null,
  testedTogether: null,
};

/** Whether the lower end of the interval is at or above the threshold. What has no interval cannot be tested. */
export function judgeThreshold(measurementId: bigint, figures: IntervalFigures, threshold: number): Judged {
  const lowerBound = measurementInterval(figures)?.lower ?? null;
  const verdict = lowerBound === null ? 'CANNOT_BE_TESTED' : lowerBound >= threshold ? 'HIT' : 'NO_HIT';
  return { measurementId, verdict, lowerBound, ...NOTHING };
}

/** A measurement beside what it is compared with: the first is the baseline. */
export interface Risen {
  measurementId: bigint;
  lowerBound: number | null;
  baselineId: bigint;
  verdict: ComparisonVerdict;
  tested: Pick<Tested, 'difference' | 'pValue'> | null;
}

/**
 * Whether rates rose, of measurements that were recorded together: p is corrected by Holm over those that are tested, and
 * a fall is no hit however sure it is. The p is two-sided, so that of rises that are none, half of `alpha` hit at most.
 */
export function judgeRises(compared: readonly Risen[], alpha: number): Judged[] {
  const tested = compared.flatMap(({ tested: found }, i) => (found === null ? [] : [{ i, p: found.pValue }]));
  const corrected = holm(tested.map(({ p }) => p));
  const by = new Map(tested.map(({ i }, k) => [i, corrected[k]!]));
  return compared.map(({ measurementId, lowerBound, baselineId, verdict, tested: found }, i) => {
    const correctedPValue = by.get(i) ?? null;
    const seen = { measurementId, lowerBound, baselineId };
    if (found === null || correctedPValue === null)
      return {
        ...seen,
        ...NOTHING,
        baselineId,
        verdict: verdict === 'NOT_COMPARABLE' ? 'NOT_COMPARABLE' : 'CANNOT_BE_TESTED',
      };
    const { difference, pValue } = found;
    const hit = difference > 0 && correctedPValue <= alpha;
    const figures = { difference, pValue, correctedPValue, testedTogether: tested.length };
    return { ...seen, ...figures, verdict: hit ? 'HIT' : 'NO_HIT' };
  });
}

/** One that ends in an asterisk means all names that begin so; any other, one name. */
export function familyOf(pattern: string): { name: string; begins: boolean } {
  return pattern.endsWith('*')
    ? { name: pattern.slice(0, -1), begins: true }
    : { name: pattern, begins: false };
}

const percent = (share: number) => `${Number((share * 100).toFixed(2))}%`;

/** What a rule looks for, in a sentence. */
export function meaningOf(criterion: Criterion): string {
  if (criterion.kind === 'THRESHOLD')
    return `Hits where the lower end of the 95% interval is at ${percent(criterion.threshold)} or above.`;
  const { baselineIds, alpha } = criterion;
  const chosen =
    baselineIds.length === 1 ? 'the chosen measurement' : 'the chosen measurement that fits it best';
  return `Hits where the rate is significantly above that of ${chosen}: p, corrected for all that were recorded together, is at most ${alpha}.`;
}
