// What two measurements that may be compared say of a difference: pure arithmetic, with its assumptions in words.
import { clusteredFigures, type IntervalFigures, measurementInterval } from './measurement.ts';
import { effectiveSamples } from './statistics/clustered-interval.ts';
import { fisherExact } from './statistics/fisher.ts';
import { type Interval, LEVEL } from './statistics/interval.ts';
import { mcnemarExact } from './statistics/mcnemar.ts';
import { differenceInterval } from './statistics/mover.ts';
import { type PairedDifference, type PairedItem, pairedDifference, pairedTest } from './statistics/paired.ts';
import { scoreTest } from './statistics/score-test.ts';

export type ComparisonVerdict =
  | 'DEMONSTRATED_DIFFERENCE'
  | 'NO_DEMONSTRATED_DIFFERENCE'
  | 'NOT_COMPARABLE'
  | 'CANNOT_BE_TESTED';

export interface MeasuredFigures extends IntervalFigures {
  notExhibited: number | null;
  epochs: number | null;
}

export interface Tested {
  rateOne: number;
  rateTwo: number;
  /** `rateTwo − rateOne`. */
  difference: number;
  interval: Interval;
  test: string;
  pValue: number;
  midPValue: number | null;
  assumptions: string[];
  /** Whether the samples count as independent ones, item by item or rate by rate. */
  exact: boolean;
}

export interface TestedPairs extends Tested {
  items: number;
}

/** A p of so much at most is a demonstrated difference: what an interval of 95 % leaves. */
export const SIGNIFICANT = 0.05;

/** By the p, corrected where many were tested. */
export function verdictOf(pValue: number): ComparisonVerdict {
  return pValue <= SIGNIFICANT ? 'DEMONSTRATED_DIFFERENCE' : 'NO_DEMONSTRATED_DIFFERENCE';
}

/** Item against item. Null where none is scored in both, or where a single item or scenario is, so that nothing pairs. */
export function comparePaired(items: readonly PairedItem[]): TestedPairs | null {
  const found = pairedDifference(items);
  if (found === null || found.clusters < 2) return null;
  const { rateOne, rateTwo, difference, lower, upper } = found;
  const clustered = found.clusters < found.items;
  const tested = clustered || !items.every(isSingle) ? overClusters(found) : ofSinglePairs(items);
  return {
    rateOne,
    rateTwo,
    difference,
    items: found.items,
    exact: !clustered && items.every(isSingle),
    interval: {
      lower,
      upper,
      level: LEVEL,
      method: `Wilson intervals of the two rates joined by their correlation over ${found.clusters} ${clustered ? 'clusters of items' : 'items'} (Newcombe, Zou and Donner); standard error of the difference ${found.standardError.toPrecision(3)}`,
    },
    ...tested,
    assumptions: [
      clustered
        ? 'Scenarios are independent of each other; items of one scenario need not be.'
        : 'Items are independent of each other; epochs of one item need not be.',
      'The items stand for those that one wants to speak of.',
    ],
  };
}

const isSingle = ({ one, two }: PairedItem) => one.n <= 1 && two.n <= 1;

function ofSinglePairs(items: readonly PairedItem[]): Pick<Tested, 'test' | 'pValue' | 'midPValue'> {
  const scored = items.filter(({ one, two }) => one.n > 0 && two.n > 0);
  const onlyOne = scored.filter(({ one, two }) => one.sum > two.sum).length;
  const onlyTwo = scored.filter(({ one, two }) => two.sum > one.sum).length;
  const { pValue, midP } = mcnemarExact(onlyOne, onlyTwo);
  const test = `McNemar's exact test, two-sided: ${onlyOne} items exhibit in the first alone, ${onlyTwo} in the second alone`;
  return { test, pValue, midPValue: midP };
}

function overClusters(found: PairedDifference): Pick<Tested, 'test' | 'pValue' | 'midPValue'> {
  const over = found.clusters < found.items ? 'clusters of items' : 'items';
  const test = `paired t test over ${found.clusters} ${over}, two-sided, never below what their signs alone could show`;
  return { test, pValue: pairedTest(found) ?? 1, midPValue: null };
}

/** Rate against rate. Null where one of them has no interval, so that nothing is known of its spread. */
export function compareRates(one: MeasuredFigures, two: MeasuredFigures): Tested | null {
  const first = spreadOf(one);
  const second = spreadOf(two);
  if (first === null || second === null) return null;
  const { difference, lower, upper } = differenceInterval(first.bounds, second.bounds);
  const exact = first.counts !== null && second.counts !== null;
  const pValue = exact ? fisherExact(...first.counts!, ...second.counts!) : scoreTest(first, second);
  return {
    rateOne: first.rate,
    rateTwo: second.rate,
    difference,
    interval: {
      lower,
      upper,
      level: LEVEL,
      method: `${exact ? "Newcombe's hybrid score" : 'hybrid'} interval of two independent rates: the first by ${first.method}; the second by ${second.method}`,
    },
    test: exact
      ? "Fisher's exact test, two-sided"
      : `score test of two rates, two-sided, with as many samples as each is worth: ${worth(first.n)} and ${worth(second.n)}`,
    pValue,
    midPValue: null,
    exact,
    assumptions: [
      ...new Set([
        'The samples of the two are independent of each other.',
        ...first.assumptions,
        ...second.assumptions,
      ]),
    ],
  };
}

interface Spread {
  rate: number;
  /** How many independent samples it is worth. */
  n: number;
  /** Exhibited and not, where these are independent samples. */
  counts: [number, number] | null;
  bounds: { value: number; lower: number; upper: number };
  method: string;
  assumptions: string[];
}

const INDEPENDENT = 'Samples are independent of each other.';

function spreadOf(figures: MeasuredFigures): Spread | null {
  const interval = measurementInterval(figures);
  const { rate, sampleCount, standardError, exhibited, notExhibited } = figures;
  if (interval === null || rate === null) return null;
  const said = { rate, bounds: { value: rate, ...interval }, method: interval.method };
  const counts: [number, number] | null =
    exhibited === null || notExhibited === null ? null : [exhibited, notExhibited];
  const clustered = clusteredFigures(figures);
  if (clustered !== null && clustered.clusters < clustered.n) {
    if (clustered.clusters === 1) {
      const assumptions = [
        'All samples repeat one item or scenario: what is said holds for it alone.',
        INDEPENDENT,
      ];
      return { ...said, n: clustered.n, counts, assumptions };
    }
    const assumptions = ['Clusters (scenarios, or items with their epochs) are independent of each other.'];
    return { ...said, n: effectiveSamples(clustered), counts: null, assumptions };
  }
  const repeated = (figures.epochs ?? 1) > 1 && clustered === null;
  const stated = standardError !== null && standardError > 0;
  if (sampleCount !== null && sampleCount > 0 && !(stated && repeated)) {
    const assumptions = [
      repeated
        ? 'Epochs of one item are as independent as other items: it is not recorded whether they are.'
        : INDEPENDENT,
    ];
    return { ...said, n: sampleCount, counts, assumptions };
  }
  // At rates of 0 and 1 a stated standard error says nothing of how many samples stand behind it.
  if (standardError === null || rate <= 0 || rate >= 1) return null;
  return {
    ...said,
    n: (rate * (1 - rate)) / standardError ** 2,
    counts: null,
    assumptions: ['The stated standard error is right.'],
  };
}

const worth = (n: number) => n.toFixed(1).replace(/\.0$/, '');
