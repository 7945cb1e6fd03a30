import type { Context } from '../../context.ts';
import { groupRows, loadsMany, loadsOne } from '../../platform/loader.ts';
import { selectJudgementsOf, selectRetractions } from './judgement.store.ts';

export const judgementsOfSample = loadsMany('judgementsOfSample', async (c: Context, ids) =>
  groupRows(await selectJudgementsOf(c.db, c.viewer, ids), (row) => row.evalSampleId),
);

/** Who took a measurement back by itself, and why; null where nobody did. */
export const retractionOfMeasurement = loadsOne(
  'retractionOfMeasurement',
  async (c: Context, ids) =>
    new Map((await selectRetractions(c.db, c.viewer, ids)).map((row) => [row.id, row])),
);
