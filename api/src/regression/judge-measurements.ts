import type { Context } from '../context.ts';
import type { MeasurementRow } from '../evaluation/evaluation.ts';
import type { Grounds } from '../evaluation/grounds.ts';
import { measurementInterval } from '../evaluation/measurement.ts';
import { compareMeasurements, type MeasurementComparison } from '../evaluation/read-comparisons.ts';
import { measurementById } from '../evaluation/read-eval-runs.ts';
import { NO_GROUNDS } from './common-grounds.ts';
import { type Criterion, type Judged, judgeRises, judgeThreshold, type Risen } from './regression.ts';
import type { TestedTogether } from './tested-together.ts';

/** What is said of measurements so that nobody who is told of them learns of what they do not see. */
export interface InCommon {
  /** Over which of them the p of each is corrected. */
  together: TestedTogether;
  /** On what the verdict on each may rest. */
  grounds: ReadonlyMap<bigint, Grounds>;
}

/**
 * What a rule says of measurements that were recorded together, by what the context's viewer sees of them and of what they
 * are compared with. Of the baselines themselves it says nothing, and what of them was taken back serves no longer: where
 * none is left, a measurement cannot be tested. Where `inCommon` is left out p is corrected over all of them, and all that
 * the viewer sees counts, as for who asks.
 */
export async function judgeMeasurements(
  context: Context,
  criterion: Criterion,
  ids: readonly bigint[],
  inCommon?: InCommon,
): Promise<Judged[]> {
  const rows = await rowsOf(context, ids);
  if (criterion.kind === 'THRESHOLD')
    return rows.map((row) => judgeThreshold(row.id, row, criterion.threshold));
  const baselines = await rowsOf(context, [...criterion.baselineIds].reverse());
  const holding = baselines.filter(({ retractedAt }) => retractedAt === null);
  const compared: Risen[] = [];
  for (const row of rows) {
    if (criterion.baselineIds.includes(row.id)) continue;
    const grounds = inCommon && (inCommon.grounds.get(row.id) ?? NO_GROUNDS);
    const found = await againstBest(context, holding, row, grounds);
    const baselineId = found?.one.id ?? baselines[0]?.id;
    if (baselineId === undefined) continue;
    compared.push({
      measurementId: row.id,
      lowerBound: measurementInterval(row)?.lower ?? null,
      baselineId,
      verdict: found?.verdict ?? 'CANNOT_BE_TESTED',
      tested: found?.tested ?? null,
    });
  }
  return judgeRises(compared, criterion.alpha, inCommon?.together);
}

async function rowsOf(context: Context, ids: readonly bigint[]): Promise<MeasurementRow[]> {
  const rows = await Promise.all(ids.map((id) => context.load(measurementById, id)));
  return rows.filter((row) => row !== null);
}

/**
 * The newest baseline that may be compared as a whole and tested, before any that merely shares some items; else the
 * newest of those; else the one from which the measurement differs in least. Null where there is no baseline.
 */
async function againstBest(
  context: Context,
  baselines: readonly MeasurementRow[],
  row: MeasurementRow,
  grounds: Grounds | undefined,
): Promise<MeasurementComparison | null> {
  let best: MeasurementComparison | null = null;
  for (const baseline of baselines) {
    const found = await compareMeasurements(context, baseline, row, grounds);
    if (found.tested !== null && found.comparability.comparable) return found;
    if (best === null || fits(found, best)) best = found;
  }
  return best;
}

/** Whether one comparison that is not of wholes says more than another. */
function fits(one: MeasurementComparison, than: MeasurementComparison): boolean {
  if (than.tested !== null) return false;
  return one.tested !== null || differences(one) < differences(than);
}

const differences = ({ comparability }: MeasurementComparison) => comparability.differences.length;
