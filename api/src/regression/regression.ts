// What a rule of the regression watch is, and what it says of a measurement: pure, with its reasons in words.
import type { ComparisonVerdict, Tested } from '../evaluation/comparison.ts';
import type { Grounds } from '../evaluation/grounds.ts';
import { type IntervalFigures, measurementInterval } from '../evaluation/measurement.ts';
import { holm } from '../evaluation/statistics/holm.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import type { TestedTogether } from './tested-together.ts';

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
  /** By Holm, over what the rule tested together and everybody sees who is told of this one. */
  correctedPValue: number | null;
  testedTogether: number | null;
}

/** With what the verdict rests on besides the measurements: whoever sees the outcome sees that. */
export interface RegressionOutcomeRow extends Judged, Grounds {
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
 * `together` tells of each which it is tested together with: with all of them where that is left out.
 */
export function judgeRises(compared: readonly Risen[], alpha: number, together?: TestedTogether): Judged[] {
  const correct = corrections(compared, together);
  return compared.map(({ measurementId, lowerBound, baselineId, verdict, tested: found }) => {
    const seen = { measurementId, lowerBound, baselineId };
    if (found === null)
      return {
        ...seen,
        ...NOTHING,
        baselineId,
        verdict: verdict === 'NOT_COMPARABLE' ? 'NOT_COMPARABLE' : 'CANNOT_BE_TESTED',
      };
    const { difference, pValue } = found;
    const figures = { difference, pValue, ...correct(measurementId) };
    const hit = difference > 0 && figures.correctedPValue <= alpha;
    return { ...seen, ...figures, verdict: hit ? 'HIT' : 'NO_HIT' };
  });
}

type Corrected = Pick<Tested, 'pValue'> & { measurementId: bigint };

/** Corrects the p of a measurement that was tested; those that are tested together with the same are corrected once. */
function corrections(
  compared: readonly Risen[],
  together: TestedTogether | undefined,
): (measurementId: bigint) => { correctedPValue: number; testedTogether: number } {
  const all = compared.flatMap(({ measurementId, tested }): Corrected[] =>
    tested === null ? [] : [{ measurementId, pValue: tested.pValue }],
  );
  const known = new Map<string, Map<bigint, number>>();
  return (measurementId) => {
    const family = together?.get(measurementId);
    const among = family === undefined ? all : all.filter((one) => family.has(one.measurementId));
    const key = among.map((one) => one.measurementId).join();
    const corrected = known.get(key) ?? correctedOf(among);
    known.set(key, corrected);
    return { correctedPValue: corrected.get(measurementId)!, testedTogether: among.length };
  };
}

function correctedOf(among: readonly Corrected[]): Map<bigint, number> {
  const corrected = holm(among.map(({ pValue }) => pValue));
  return new Map(among.map(({ measurementId }, i) => [measurementId, corrected[i]!]));
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
