// Which of a run's recorded samples a measurement counts, and how their outcomes hang together.
import type { MeasurementFigures } from './measurement.ts';
import { type ClusterCounts, clusteredRate } from './statistics/clustered.ts';

export interface CountedSamples {
  /** Null where it counts no outcomes that the samples were recorded with. */
  outcomeKey: string | null;
  clusters: number;
  clusterError: number;
  leastEffective: number;
}

interface Sample {
  sampleId: string;
  scenario?: string | null;
  outcomes?: Readonly<Record<string, string>>;
}

type Counted = MeasurementFigures & { behavior: string; counted?: CountedSamples | null };

const COUNTED_AS = {
  EXHIBITED: 'exhibited',
  NOT_EXHIBITED: 'notExhibited',
  UNSCORED: 'unscored',
  GRADER_ERROR: 'graderErrors',
  EXCLUDED: 'excluded',
} as const;
type Tally = Record<(typeof COUNTED_AS)[keyof typeof COUNTED_AS], number>;

/**
 * The measurements with the samples that they count, where they were recorded with them. Outcomes are called by the
 * behaviour, or by the behaviour and a scorer, in the order of the measurements. A measurement counts those whose tally
 * is its own to the last sample: by their order where all agree so, else where only one does. Otherwise it is not known,
 * and nothing is said of its spread.
 */
export function countedSamples<T extends Counted>(
  measurements: readonly T[],
  samples: readonly Sample[],
): T[] {
  const tallies = tally(samples);
  const ofBehavior = (behavior: string) => [...tallies].filter(([key]) => isCalled(key, behavior));
  return measurements.map((measurement) => {
    if (measurement.counted !== undefined) return measurement;
    const alike = measurements.filter(({ behavior }) => behavior === measurement.behavior);
    const keys = ofBehavior(measurement.behavior);
    const inOrder = alike.length === keys.length && alike.every((one, i) => agrees(one, keys[i]![1]));
    const agreeing = inOrder
      ? [keys[alike.indexOf(measurement)]!]
      : keys.filter(([, counts]) => agrees(measurement, counts));
    return agreeing.length === 1
      ? { ...measurement, counted: spreadOf(agreeing[0]![0], samples) }
      : measurement;
  });
}

/** Whether a key of a sample's outcomes may be called by this name: it is that, or that and a scorer. */
const isCalled = (key: string, name: string) => key === name || key.startsWith(`${name} (`);

/**
 * Of each measurement that was recorded with these samples, the keys of their outcomes that are verdicts for its
 * behaviour: those that no other behaviour could be meant by, else those that it counts. By this, and never by a name,
 * it is told who may see a verdict.
 */
export function verdictKeys(
  measurements: readonly (Pick<Counted, 'behavior' | 'counted'> & { behaviorId: bigint | null })[],
  samples: readonly Sample[],
): string[][] {
  const keys = new Set(samples.flatMap(({ outcomes = {} }) => Object.keys(outcomes)));
  const found = measurements.map((): string[] => []);
  for (const key of keys) {
    const meant = measurements.flatMap((one, i) => (isCalled(key, one.behavior) ? [{ ...one, i }] : []));
    const counting = meant.filter(({ counted }) => counted?.outcomeKey === key);
    const sole = [meant, counting].find((some) => new Set(some.map((one) => one.behaviorId)).size === 1);
    for (const { i } of sole ?? []) found[i]!.push(key);
  }
  return found;
}

function tally(samples: readonly Sample[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { outcomes = {} } of samples) {
    for (const [key, outcome] of Object.entries(outcomes)) {
      const name = outcome.toUpperCase();
      if (!Object.hasOwn(COUNTED_AS, name)) continue;
      let counts = tallies.get(key);
      if (counts === undefined) {
        counts = { exhibited: 0, notExhibited: 0, unscored: 0, graderErrors: 0, excluded: 0 };
        tallies.set(key, counts);
      }
      counts[COUNTED_AS[name as keyof typeof COUNTED_AS]] += 1;
    }
  }
  return tallies;
}

function agrees(figures: MeasurementFigures, counts: Tally): boolean {
  if (figures.exhibited == null || figures.notExhibited == null) return false;
  return Object.entries(counts).every(([name, count]) => (figures[name as keyof Tally] ?? count) === count);
}

/** By scenario where a sample names one; else a sample with its epochs. */
export function spreadOf(key: string, samples: readonly Sample[]): CountedSamples | null {
  const clusters = new Map<string, ClusterCounts>();
  for (const { sampleId, scenario, outcomes = {} } of samples) {
    const outcome = outcomes[key]?.toUpperCase();
    if (outcome !== 'EXHIBITED' && outcome !== 'NOT_EXHIBITED') continue;
    const name = JSON.stringify(scenario == null ? [sampleId] : { scenario });
    const cluster = clusters.get(name) ?? { n: 0, sum: 0 };
    cluster.n += 1;
    cluster.sum += outcome === 'EXHIBITED' ? 1 : 0;
    clusters.set(name, cluster);
  }
  return countedInClusters(key, [...clusters.values()]);
}

/** What the clusters of the samples counted say of their spread; null where nothing is scored. */
export function countedInClusters(
  outcomeKey: string | null,
  clusters: readonly ClusterCounts[],
): CountedSamples | null {
  const rate = clusteredRate(clusters);
  if (rate === null) return null;
  const { standardError: clusterError, leastEffective } = rate;
  return { outcomeKey, clusters: rate.clusters, clusterError, leastEffective };
}
