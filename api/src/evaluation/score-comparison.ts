// What two scores of one metric say of a difference: pure arithmetic, with its assumptions in words.
import { type Comparability, type Comparable, compare, type ItemSets } from './comparability.ts';
import { type ReducedEpochs, reducerDifferences } from './epoch-reducer.ts';
import { withoutReducers } from './sampling-settings.ts';
import { type Interval, LEVEL } from './statistics/interval.ts';
import { normalQuantile, twoSidedNormal } from './statistics/normal.ts';

/** What must agree beside the metric. */
export interface ScoreTerms extends Omit<Comparable, 'behavior' | 'scoringRule'> {
  /** Whether it was computed, and judged by nobody; else a score without a grader is by one that cannot be told. */
  computed: boolean;
  /** How the epochs of an item became one value; null where that is not recorded. */
  reduced: ReducedEpochs | null;
}

export interface StatedScore {
  value: number | null;
  standardError: number | null;
}

export interface ScoreDifference {
  /** `two − one`, in the unit of the metric. */
  difference: number;
  interval: Interval;
  test: string;
  pValue: number;
  assumptions: string[];
}

const COMPUTED = { id: 0n, label: 'computed' };
const METRIC = { id: 0n, label: 'the metric' };

/** Whether two scores of one metric may be compared; as for measurements, but that a metric needs no grader. */
export function comparableScores(one: ScoreTerms, two: ScoreTerms, items: ItemSets | null): Comparability {
  const reducers = one.reduced !== null && two.reduced !== null;
  const whole = ({ computed, reduced: _reduced, settings, ...terms }: ScoreTerms): Comparable => ({
    ...terms,
    behavior: METRIC,
    grader: computed && one.computed && two.computed ? COMPUTED : terms.grader,
    // The scores themselves say which of the run's reducers each is by.
    ...(settings === undefined ? {} : { settings: reducers ? withoutReducers(settings) : settings }),
  });
  const found = compare(whole(one), whole(two), items);
  const differences = [...found.differences, ...reducerDifferences(one.reduced, two.reduced)];
  return { ...found, comparable: differences.length === 0, differences };
}

/**
 * The difference by the stated standard errors: the normal test of two independent values. Null where a value or an
 * error is missing, or where an error is 0, which files state at 0 % and 100 % and which is no certainty.
 */
export function differenceOfScores(one: StatedScore, two: StatedScore): ScoreDifference | null {
  if (one.value === null || two.value === null) return null;
  if (!(one.standardError! > 0) || !(two.standardError! > 0)) return null;
  const difference = two.value - one.value;
  const error = Math.hypot(one.standardError!, two.standardError!);
  const reach = normalQuantile((1 + LEVEL) / 2) * error;
  return {
    difference,
    interval: {
      lower: difference - reach,
      upper: difference + reach,
      level: LEVEL,
      method: `normal approximation, from both stated standard errors; that of the difference ${error.toPrecision(3)}`,
    },
    test: 'Normal test of the difference, by the stated standard errors',
    pValue: twoSidedNormal(difference / error),
    assumptions: [
      'The standard errors are what they are stated to be, of items that are independent of each other.',
      'Items that are in both are not set against each other: where the same are hard for both, a difference is harder to demonstrate so.',
    ],
  };
}

/** Why nothing was tested of two scores that may be compared. */
export function untestedBecause(one: StatedScore, two: StatedScore): string {
  if (one.value === null || two.value === null) return 'one of them has no value';
  if (one.standardError === null || two.standardError === null) return 'no standard error is stated for both';
  return 'a stated standard error of 0 is no certainty';
}
