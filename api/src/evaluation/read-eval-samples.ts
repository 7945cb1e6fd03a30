import type { Context } from '../context.ts';
import { groupRows, loadsMany, loadsOne } from '../platform/loader.ts';
import { listUnder } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import {
  countOutcomes,
  countScores,
  type SampleOrder,
  samplesUnder,
  selectNamed,
  selectNeighbours,
  selectSamples,
} from './eval-sample.store.ts';
import type { EvalSampleRow } from './evaluation.ts';
import { countConditions, selectConditionsOfSamples } from './sample-condition.store.ts';

export type { OutcomeCount, ScoreCount } from './eval-sample.store.ts';
export type { ConditionCount } from './sample-condition.store.ts';

export const sampleById = loadsOne('sampleById', async (c: Context, ids) => {
  const rows = await selectSamples(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

export interface SampleArguments extends PageArguments {
  outcome?: string | null;
  behavior?: string | null;
  condition?: string | null;
  search?: string | null;
  score?: { scorer: string; part?: string | null; equals?: string | null } | null;
  errorOnly?: boolean | null;
  orderBy?: SampleOrder | null;
}

const under = listUnder<Context, SampleArguments, EvalSampleRow>('samplesOfRun', (c, args) => {
  const { outcome = null, behavior = null, condition = null, score, errorOnly, orderBy } = args;
  const search = args.search?.trim() ?? '';
  return samplesUnder(
    c.viewer,
    {
      outcome,
      behavior,
      condition,
      search: search === '' ? null : search,
      score:
        score == null
          ? null
          : { scorer: score.scorer, part: score.part ?? null, equals: score.equals ?? null },
      errorOnly: errorOnly ?? false,
    },
    orderBy ?? 'LOG',
  );
});

export function samplesOfRun(context: Context, runId: bigint, args: SampleArguments) {
  return under(context, runId, args);
}

export const outcomesOfRun = loadsMany('outcomesOfRun', async (c: Context, ids) =>
  groupRows(await countOutcomes(c.db, c.viewer, ids), (row) => row.evalRunId),
);

export const conditionCountsOfRun = loadsMany('conditionCountsOfRun', async (c: Context, ids) =>
  groupRows(await countConditions(c.db, c.viewer, ids), (row) => row.evalRunId),
);

export const conditionsOfSample = loadsMany('conditionsOfSample', async (c: Context, ids) => {
  const groups = groupRows(await selectConditionsOfSamples(c.db, c.viewer, ids), (row) => row.sampleId);
  return new Map([...groups].map(([id, rows]) => [id, rows.map((row) => row.name)]));
});

export const scoreValuesOfRun = loadsMany('scoreValuesOfRun', async (c: Context, ids) =>
  groupRows(await countScores(c.db, c.viewer, ids), (row) => row.evalRunId),
);

const neighboursOf = loadsOne('neighboursOfSample', async (c: Context, ids) => {
  const rows = await selectNeighbours(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

/** The sample before or after one in the order of the log; null at either end. */
export async function neighbour(
  context: Context,
  id: bigint,
  which: 'previous' | 'next',
): Promise<EvalSampleRow | null> {
  const found = (await context.load(neighboursOf, id))?.[which] ?? null;
  return found === null ? null : context.load(sampleById, found);
}

/** A sample of a run by its name in the log and its epoch; null where there is none. */
export async function sampleNamed(
  context: Context,
  runId: bigint,
  named: { sampleId: string; epoch: number },
): Promise<EvalSampleRow | null> {
  const [found] = await selectNamed(context.db, context.viewer, { runId, ...named });
  return found === undefined ? null : context.load(sampleById, found.id);
}
