import type { Context } from '../../context.ts';
import { groupRows, loadsMany } from '../../platform/loader.ts';
import { selectJudgementsOf } from './judgement.store.ts';

export const judgementsOfSample = loadsMany('judgementsOfSample', async (c: Context, ids) =>
  groupRows(await selectJudgementsOf(c.db, c.viewer, ids), (row) => row.evalSampleId),
);
