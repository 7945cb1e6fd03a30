// The bootstrap of a rate over clusters, from a seed: the same seed gives the same interval, everywhere.
import type { ClusterCounts } from './clustered.ts';
import { LEVEL } from './interval.ts';
import { normalCdf, normalQuantile } from './normal.ts';

export interface BootstrapBounds {
  percentile: { lower: number; upper: number };
  /** Bias-corrected and accelerated; null where all resamples lie on one side of the rate. */
  bca: { lower: number; upper: number } | null;
}

/**
 * 95 % bounds of a rate by drawing whole clusters with replacement. Sources: Efron and Tibshirani, An Introduction to the
 * Bootstrap (1993), chapters 13 and 14, ties counted by half; quantiles between order statistics are linear (Hyndman and
 * Fan, American Statistician 50, 1996, type 7). Null where there are fewer than two clusters, or where every resample
 * gives one rate: no variation was seen, which is no certainty.
 */
export function clusterBootstrap(
  clusters: readonly ClusterCounts[],
  resamples: number,
  seed: number,
): BootstrapBounds | null {
  const held = clusters.filter(({ n }) => n > 0);
  if (held.length < 2 || resamples < 1) return null;
  const random = mulberry32(seed);
  const rates = new Float64Array(resamples);
  for (let r = 0; r < resamples; r += 1) {
    let n = 0;
    let sum = 0;
    for (let draw = 0; draw < held.length; draw += 1) {
      const cluster = held[Math.floor(random() * held.length)]!;
      n += cluster.n;
      sum += cluster.sum;
    }
    rates[r] = sum / n;
  }
  rates.sort();
  if (rates[0] === rates[resamples - 1]) return null;
  const outside = (1 - LEVEL) / 2;
  return {
    percentile: { lower: quantile(rates, outside), upper: quantile(rates, 1 - outside) },
    bca: accelerated(held, rates, outside),
  };
}

function accelerated(
  clusters: readonly ClusterCounts[],
  rates: Float64Array,
  outside: number,
): { lower: number; upper: number } | null {
  const n = clusters.reduce((total, cluster) => total + cluster.n, 0);
  const sum = clusters.reduce((total, cluster) => total + cluster.sum, 0);
  const rate = sum / n;
  let below = 0;
  for (const one of rates) below += one < rate ? 1 : one === rate ? 0.5 : 0;
  const bias = normalQuantile(below / rates.length);
  if (!Number.isFinite(bias)) return null;
  const without = clusters.map((cluster) => (sum - cluster.sum) / (n - cluster.n));
  const mean = without.reduce((total, one) => total + one, 0) / without.length;
  let cubes = 0;
  let squares = 0;
  for (const one of without) {
    cubes += (mean - one) ** 3;
    squares += (mean - one) ** 2;
  }
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  const at = (z: number) => {
    const moved = bias + z;
    return quantile(rates, normalCdf(bias + moved / (1 - acceleration * moved)));
  };
  const z = normalQuantile(outside);
  return { lower: at(z), upper: at(-z) };
}

function quantile(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const under = Math.floor(place);
  const low = sorted[under]!;
  return low + (place - under) * (sorted[Math.min(under + 1, sorted.length - 1)]! - low);
}

/** Mulberry32 (Ettinger, 2017, public domain): 32 bits of state, fractions from 0 to below 1. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
