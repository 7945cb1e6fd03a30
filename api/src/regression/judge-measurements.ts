import type { Context } from '../context.ts';
import type { MeasurementRow } from '../evaluation/evaluation.ts';
import { measurementInterval } from '../evaluation/measurement.ts';
import { compareMeasurements, type MeasurementComparison } from '../evaluation/read-comparisons.ts';
import { measurementById } from '../evaluation/read-eval-runs.ts';
import { type Criterion, type Judged, judgeRises, judgeThreshold, type Risen } from './regression.ts';

/**
 * What a rule says of measurements that were recorded together, by what the context's viewer sees of them and of what they
 * are compared with. Of the baselines themselves it says nothing.
 */
export async function judgeMeasurements(
  context: Context,
  criterion: Criterion,
  ids: readonly bigint[],
): Promise<Judged[]> {
  const rows = await rowsOf(context, ids);
  if (criterion.kind === 'THRESHOLD')
    return rows.map((row) => judgeThreshold(row.id, row, criterion.threshold));
  const baselines = await rowsOf(context, [...criterion.baselineIds].reverse());
  const compared: Risen[] = [];
  for (const row of rows) {
    if (criterion.baselineIds.includes(row.id)) continue;
    const found = await againstBest(context, baselines, row);
    if (found === null) continue;
    compared.push({
      measurementId: row.id,
      lowerBound: measurementInterval(row)?.lower ?? null,
      baselineId: found.one.id,
      verdict: found.verdict,
      tested: found.tested,
    });
  }
  return judgeRises(compared, criterion.alpha);
}

async function rowsOf(context: Context, ids: readonly bigint[]): Promise<MeasurementRow[]> {
  const rows = await Promise.all(ids.map((id) => context.load(measurementById, id)));
  return rows.filter((row) => row !== null);
}

/** The newest baseline that the measurement can be tested against; else the one from which it differs in least. */
async function againstBest(
  context: Context,
  baselines: readonly MeasurementRow[],
  row: MeasurementRow,
): Promise<MeasurementComparison | null> {
  let best: MeasurementComparison | null = null;
  for (const baseline of baselines) {
    const found = await compareMeasurements(context, baseline, row);
    if (found.tested !== null) return found;
    if (best === null || differences(found) < differences(best)) best = found;
  }
  return best;
}

const differences = ({ comparability }: MeasurementComparison) => comparability.differences.length;
