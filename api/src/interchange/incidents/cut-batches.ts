import type { PlannedRecord } from './planned-incident.ts';

const MOST_RECORDS = 25;
/** In records, where a figure or ten references cost as much as one. */
const MOST_WEIGHT = 150;

/** Records in the batches of one transaction each, so that none takes long however much its records bring. */
export function* cutBatches(records: readonly PlannedRecord[]): Generator<PlannedRecord[]> {
  let batch: PlannedRecord[] = [];
  let weight = 0;
  for (const record of records) {
    batch.push(record);
    weight += 1 + (record.incident?.results.length ?? 0) + record.reports.length / 10;
    if (batch.length < MOST_RECORDS && weight < MOST_WEIGHT) continue;
    yield batch;
    batch = [];
    weight = 0;
  }
  if (batch.length > 0) yield batch;
}
