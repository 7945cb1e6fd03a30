// Two rates over the same items: what each item did under one is set against what it did under the other.
import { type ClusterCounts, clusteredRate } from './clustered.ts';
import { clusteredInterval } from './clustered-interval.ts';
import { differenceInterval } from './mover.ts';
import { twoSidedStudent } from './student.ts';

export interface PairedItem {
  /** What the item shares with others (a scenario); null where it stands for itself. */
  cluster: string | null;
  one: ClusterCounts;
  two: ClusterCounts;
}

export interface PairedDifference {
  items: number;
  clusters: number;
  rateOne: number;
  rateTwo: number;
  /** `rateTwo − rateOne`. */
  difference: number;
  /** By clusters, without a small-sample factor; 0 where every cluster differs alike. */
  standardError: number;
  lower: number;
  upper: number;
  /** Of the two rates, over the clusters; 0 where one of them does not vary. */
  correlation: number;
}

/**
 * The difference of two rates over items that both scored, with its clustered standard error: Miller, "Adding error bars
 * to evals" (arXiv:2411.00640, 2024), section 4, over ratios, so that an epoch that was not scored takes no other's
 * place. The interval joins the two rates' own by their correlation (Zou and Donner 2008). The correlation is drawn
 * towards 0 as Newcombe draws phi (Statistics in Medicine 17 (1998) 2635, method 10, whose interval this is where each
 * item has one sample), so that pairs which all agree are no certainty. Null where no item is scored in both.
 */
export function pairedDifference(items: readonly PairedItem[]): PairedDifference | null {
  const scored = items.filter(({ one, two }) => one.n > 0 && two.n > 0);
  const groups = clustersOf(scored);
  const one = clusteredRate(groups.map((group) => group.one));
  const two = clusteredRate(groups.map((group) => group.two));
  if (one === null || two === null) return null;
  let squares = 0;
  let product = 0;
  for (const group of groups) {
    const first = (group.one.sum - group.one.n * one.mean) / one.n;
    const second = (group.two.sum - group.two.n * two.mean) / two.n;
    squares += (second - first) ** 2;
    product += first * second;
  }
  const spread = one.standardError * two.standardError;
  const correlation = spread === 0 ? 0 : product / spread;
  const effective = Math.min(one.leastEffective, two.leastEffective);
  const { difference, lower, upper } = differenceInterval(
    { value: one.mean, ...clusteredInterval(one) },
    { value: two.mean, ...clusteredInterval(two) },
    drawnIn(correlation, one.mean, two.mean, effective),
  );
  return {
    items: scored.length,
    clusters: groups.length,
    rateOne: one.mean,
    rateTwo: two.mean,
    difference,
    standardError: groups.length === 1 ? 0 : Math.sqrt(squares),
    lower,
    upper,
    correlation,
  };
}

/** Newcombe's correction, (ad − bc − n/2) for ad − bc, said of a correlation. */
function drawnIn(correlation: number, one: number, two: number, pairs: number): number {
  if (correlation <= 0) return correlation;
  const spread = Math.sqrt(one * (1 - one) * two * (1 - two));
  return spread === 0 ? 0 : Math.max(0, correlation - 1 / (2 * pairs * spread));
}

/**
 * The two-sided p of a paired difference over clusters: Student's t with G − 1 degrees of freedom, with the factor
 * G / (G − 1) that makes it the ordinary t test where clusters are of one size. Never less than 2^(1 − G), the least that
 * a test by the signs of as many clusters can give: a spread that is small by chance proves nothing. Null where there is
 * only one cluster.
 */
export function pairedTest({
  clusters,
  difference,
  standardError,
}: Pick<PairedDifference, 'clusters' | 'difference' | 'standardError'>): number | null {
  if (clusters < 2) return null;
  if (difference === 0) return 1;
  const least = 2 ** (1 - clusters);
  if (standardError === 0) return least;
  const t = difference / (standardError * Math.sqrt(clusters / (clusters - 1)));
  return Math.max(least, twoSidedStudent(t, clusters - 1));
}

function clustersOf(items: readonly PairedItem[]): { one: ClusterCounts; two: ClusterCounts }[] {
  const groups: { one: ClusterCounts; two: ClusterCounts }[] = [];
  const named = new Map<string, { one: ClusterCounts; two: ClusterCounts }>();
  for (const { cluster, one, two } of items) {
    const known = cluster === null ? undefined : named.get(cluster);
    if (known !== undefined) {
      add(known.one, one);
      add(known.two, two);
      continue;
    }
    const group = { one: { ...one }, two: { ...two } };
    groups.push(group);
    if (cluster !== null) named.set(cluster, group);
  }
  return groups;
}

function add(to: ClusterCounts, more: ClusterCounts): void {
  to.n += more.n;
  to.sum += more.sum;
}
