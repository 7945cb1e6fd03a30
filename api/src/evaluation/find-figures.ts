import type { Change } from '../access/change.ts';
import { selectMeasurements, selectReportedResults } from './eval-run.store.ts';

/** Those of the ids that are measurements which whoever makes the change may see. */
export async function findMeasurements(change: Change, ids: readonly bigint[]): Promise<Set<bigint>> {
  if (ids.length === 0) return new Set();
  return new Set((await selectMeasurements(change.tx, change.context.viewer, ids)).map((row) => row.id));
}

/** Those of the ids that are reported results which whoever makes the change may see. */
export async function findReportedResults(change: Change, ids: readonly bigint[]): Promise<Set<bigint>> {
  if (ids.length === 0) return new Set();
  return new Set((await selectReportedResults(change.tx, change.context.viewer, ids)).map((row) => row.id));
}
