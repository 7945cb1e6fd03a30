// Against values that scipy, exact fractions and brute force give: tests/statistics/reference.py makes them anew.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { clusterBootstrap } from './bootstrap.ts';
import { type ClusterCounts, clusteredRate } from './clustered.ts';
import { clusteredInterval } from './clustered-interval.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { fisherExact } from './fisher.ts';
import { holm } from './holm.ts';
import { newcombeDifference, wilsonBounds } from './interval.ts';
import { krippendorffAlpha } from './krippendorff-alpha.ts';
import { mcnemarExact } from './mcnemar.ts';
import { missingDataBounds } from './missing-data.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { type PairedItem, pairedDifference, pairedTest } from './paired.ts';
import { scoreTest } from './score-test.ts';
import { studentQuantile, twoSidedStudent } from './student.ts';

type Row = readonly number[];
const file = new URL('../../../../tests/statistics/reference.json', import.meta.url);
const reference = JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly unknown[]>;

const CLOSE = 1e-9;
const LEAST_CASES = 100;

/** Every case of a function; what does not agree is told with its arguments. */
function agrees<T>(name: string, check: (row: T) => readonly [number | null, number | null][]): void {
  const rows = reference[name] as readonly T[];
  expect(rows.length).toBeGreaterThanOrEqual(LEAST_CASES);
  const apart = rows.filter((row) =>
    check(row).some(([ours, theirs]) =>
      ours === null || theirs === null ? ours !== theirs : !(Math.abs(ours - theirs) <= CLOSE),
    ),
  );
  expect(apart.slice(0, 5)).toEqual([]);
}

const clusters = (groups: readonly Row[]): ClusterCounts[] =>
  groups.map(([n, sum]) => ({ n: n!, sum: sum! }));

describe('agrees with its reference to 1e-9 over random cases and the extremes:', () => {
  it("Wilson's interval", () => {
    agrees<Row>('wilson', ([k, n, lower, upper]) => {
      const ours = wilsonBounds(k! / n!, n!);
      return [
        [ours.lower, lower!],
        [ours.upper, upper!],
      ];
    });
  });

  it("Newcombe's interval", () => {
    agrees<Row>('newcombe', ([k1, n1, k2, n2, lower, upper]) => {
      const ours = newcombeDifference({ rate: k1! / n1!, n: n1! }, { rate: k2! / n2!, n: n2! });
      return [
        [ours.lower, lower!],
        [ours.upper, upper!],
      ];
    });
  });

  it("Fisher's exact test", () => {
    agrees<Row>('fisher', ([a, b, c, d, p]) => [[fisherExact(a!, b!, c!, d!), p!]]);
  });

  it('the normal distribution, small tails to as many digits', () => {
    agrees<Row>('normal', ([x, p]) => [
      [normalCdf(x!), p!],
      [normalCdf(x!) / p!, 1],
    ]);
    agrees<Row>('normalQuantile', ([p, x]) => [[normalQuantile(p!), x!]]);
  });

  it("Student's distribution", () => {
    agrees<Row>('student', ([t, df, p, quantile]) => [
      [twoSidedStudent(t!, df!), p!],
      [studentQuantile(0.05, df!), quantile!],
    ]);
  });

  it("McNemar's exact test and its mid-p", () => {
    agrees<Row>('mcnemar', ([b, c, p, midP]) => {
      const ours = mcnemarExact(b!, c!);
      return [
        [ours.pValue, p!],
        [ours.midP, midP!],
      ];
    });
  });

  it.each([
    ['holm', holm],
    ['benjaminiHochberg', benjaminiHochberg],
  ] as const)('the correction of %s', (name, correct) => {
    agrees<readonly [Row, Row]>(name, ([ps, corrected]) => {
      const ours = correct(ps);
      return corrected.map((p, i) => [ours[i]!, p]);
    });
  });

  it('the clustered standard error, with and without a factor, and the interval from it', () => {
    agrees<readonly [Row[], number, number, number, number]>(
      'clustered',
      ([groups, cr0, cr1, lower, upper]) => {
        const rate = clusteredRate(clusters(groups))!;
        const interval = clusteredInterval(rate);
        return [
          [rate.standardError, cr0],
          [clusteredRate(clusters(groups), 'CR1')!.standardError, cr1],
          [interval.lower, lower],
          [interval.upper, upper],
        ];
      },
    );
  });

  it('the score test of two rates', () => {
    agrees<Row>('scoreTest', ([k1, n1, k2, n2, p]) => [
      [scoreTest({ rate: k1! / n1!, n: n1! }, { rate: k2! / n2!, n: n2! }), p!],
    ]);
  });

  it("Newcombe's interval for pairs", () => {
    agrees<Row>('newcombePaired', ([both, onlyOne, onlyTwo, neither, difference, lower, upper]) => {
      const items = (count: number, one: number, two: number) =>
        Array.from({ length: count }, () => pair(null, [1, one], [1, two]));
      const ours = pairedDifference([
        ...items(both!, 1, 1),
        ...items(onlyOne!, 1, 0),
        ...items(onlyTwo!, 0, 1),
        ...items(neither!, 0, 0),
      ])!;
      return [
        [ours.difference, difference!],
        [ours.lower, lower!],
        [ours.upper, upper!],
      ];
    });
  });

  it('the paired difference, its clustered standard error and its p', () => {
    type Item = readonly [string | null, number, number, number, number];
    agrees<readonly [Item[], number, number, number | null]>('paired', ([items, difference, error, p]) => {
      const ours = pairedDifference(
        items.map(([cluster, n1, k1, n2, k2]) => pair(cluster, [n1, k1], [n2, k2])),
      )!;
      return [
        [ours.difference, difference],
        [ours.standardError, error],
        [pairedTest(ours), p],
      ];
    });
  });

  it("Cohen's kappa and its standard error", () => {
    agrees<readonly [Row[], number | null, number | null]>('kappa', ([table, kappa, error]) => {
      const pairs = table.flatMap((row, a) =>
        row.flatMap((count, b) => Array.from({ length: count }, () => [`${a}`, `${b}`] as const)),
      );
      const ours = cohenKappa(pairs);
      return [
        [ours.kappa, kappa],
        [ours.standardError, error],
      ];
    });
  });

  it("Krippendorff's alpha", () => {
    agrees<readonly [string[], number, number | null]>('alpha', ([items, judged, alpha]) => {
      const ours = krippendorffAlpha(items.map((item) => [...item]));
      return [
        [ours.items, judged],
        [ours.alpha, alpha],
      ];
    });
  });

  it('the bounds from missing data', () => {
    agrees<Row>('missing', ([k, rest, missing, lower, upper]) => {
      const ours = missingDataBounds(k!, rest!, missing!)!;
      return [
        [ours.lower, lower!],
        [ours.upper, upper!],
      ];
    });
  });

  it('the bootstrap over clusters', () => {
    type Bounds = readonly [number, number] | null;
    agrees<readonly [Row[], number, number, Bounds, Bounds]>(
      'bootstrap',
      ([groups, resamples, seed, percentile, bca]) => {
        const ours = clusterBootstrap(clusters(groups), resamples, seed);
        return [
          [ours?.percentile.lower ?? null, percentile?.[0] ?? null],
          [ours?.percentile.upper ?? null, percentile?.[1] ?? null],
          [ours?.bca?.lower ?? null, bca?.[0] ?? null],
          [ours?.bca?.upper ?? null, bca?.[1] ?? null],
        ];
      },
    );
  });
});

function pair(
  cluster: string | null,
  one: readonly [number, number],
  two: readonly [number, number],
): PairedItem {
  return { cluster, one: { n: one[0], sum: one[1] }, two: { n: two[0], sum: two[1] } };
}
