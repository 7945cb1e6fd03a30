import type { Context } from '../context.ts';
import { InputRefusal } from '../platform/refusal.ts';
import type { MeasurementRow } from './evaluation.ts';
import { clustersOfMeasurement } from './read-samples.ts';
import { clusterBootstrap } from './statistics/bootstrap.ts';
import { type Interval, LEVEL } from './statistics/interval.ts';

const LEAST_RESAMPLES = 100;
const MOST_RESAMPLES = 10_000;
/** Resamples times clusters: about a quarter of a second. */
const MOST_DRAWS = 20_000_000;

/**
 * The interval of a measurement by drawing its recorded clusters anew. Null where they are not recorded, are fewer than
 * two, or show no variation.
 */
export async function bootstrapInterval(
  context: Context,
  row: MeasurementRow,
  { resamples, seed }: { resamples: number; seed: number },
): Promise<Interval | null> {
  const range = `${LEAST_RESAMPLES} to ${MOST_RESAMPLES}`;
  if (resamples < LEAST_RESAMPLES || resamples > MOST_RESAMPLES)
    throw new InputRefusal(['resamples'], `resamples must be from ${range}.`, range);
  const clusters = await clustersOfMeasurement(context, row);
  if (resamples * clusters.length > MOST_DRAWS) {
    const most = Math.floor(MOST_DRAWS / clusters.length);
    throw new InputRefusal(['resamples'], `With ${clusters.length} clusters, at most ${most}.`, String(most));
  }
  const found = clusterBootstrap(clusters, resamples, seed);
  if (found === null) return null;
  const kind = found.bca === null ? 'percentile' : 'bias-corrected and accelerated';
  return {
    ...(found.bca ?? found.percentile),
    level: LEVEL,
    method: `${kind} bootstrap over ${clusters.length} clusters, ${resamples} resamples from seed ${seed}`,
  };
}
