import { describe, expect, it } from 'vitest';
import { cutBatches } from './cut-batches.ts';
import type { PlannedRecord } from './planned-incident.ts';

const record = (results: number) =>
  ({ incident: { results: Array.from({ length: results }) }, reports: [] }) as unknown as PlannedRecord;

const sizes = (records: PlannedRecord[]) => [...cutBatches(records)].map((batch) => batch.length);

describe('batches of records', () => {
  it('hold 25 records, in order and each once', () => {
    const records = Array.from({ length: 60 }, () => record(0));
    expect(sizes(records)).toEqual([25, 25, 10]);
    expect([...cutBatches(records)].flat()).toEqual(records);
    expect(sizes([])).toEqual([]);
  });

  it('hold fewer where records bring much, and one alone however much it brings', () => {
    expect(sizes([record(100), record(100), record(1), record(10_000), record(1)])).toEqual([2, 2, 1]);
  });
});
