// The spread of a rate whose samples share a scenario, or repeat each other over epochs.

/** What one cluster holds: how many scored samples, and how many of them exhibit (or the sum of their values). */
export interface ClusterCounts {
  n: number;
  sum: number;
}

/** CR0 takes the sum of squares as it is, as Miller does; CR1 multiplies it by G / (G − 1). */
export type SmallSampleFactor = 'CR0' | 'CR1';

export interface ClusteredRate {
  /** Scored samples in all. */
  n: number;
  /** Clusters that hold a scored sample. */
  clusters: number;
  mean: number;
  /** 0 where every cluster has the same mean, a single one included: no certainty. */
  standardError: number;
  /** n² / Σ nᵍ²: how many independent samples these are worth if each cluster repeats a single outcome. */
  leastEffective: number;
}

/**
 * The mean of samples in clusters and its standard error: √(Σᵍ (Σᵢ (yᵢ − ȳ))²) / n. Source: Miller, "Adding error bars
 * to evals" (arXiv:2411.00640, 2024), section 2.2, which takes no small-sample factor; the estimator is Liang and
 * Zeger's (Biometrika 73, 1986). Null where nothing is scored.
 */
export function clusteredRate(
  counts: readonly ClusterCounts[],
  factor: SmallSampleFactor = 'CR0',
): ClusteredRate | null {
  const held = counts.filter(({ n }) => n > 0);
  const n = held.reduce((total, cluster) => total + cluster.n, 0);
  if (n === 0) return null;
  const mean = held.reduce((total, cluster) => total + cluster.sum, 0) / n;
  const squares = held.reduce((total, cluster) => total + (cluster.sum - cluster.n * mean) ** 2, 0);
  const clusters = held.length;
  const scale = factor === 'CR1' && clusters > 1 ? clusters / (clusters - 1) : 1;
  // One cluster leaves nothing but rounding.
  const standardError = clusters === 1 ? 0 : Math.sqrt(squares * scale) / n;
  const leastEffective = n ** 2 / held.reduce((total, cluster) => total + cluster.n ** 2, 0);
  return { n, clusters, mean, standardError, leastEffective };
}
