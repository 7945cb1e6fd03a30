import type { Change } from '../access/change.ts';
import { measurementById } from '../evaluation/read-eval-runs.ts';
import { candidatesOf, link } from './act-on-hits.ts';
import { insertConsequences } from './examine.store.ts';
import type { RegressionRuleRow } from './regression.ts';
import { selectRests } from './sight.store.ts';
import { tellWatchers } from './tell-watchers.ts';

interface Found {
  outcomeId: bigint;
  measurementId: bigint;
}

/**
 * What follows from what was found by looking back: the runs are added to the incident that the rule names, where everybody
 * who sees it sees all that the hits of a run rest on, and who watches is told. Nothing is reopened, for what is looked back
 * at was there when the incident ended or may have been; and nothing is drafted, so that what is missing tells nothing.
 */
export async function linkHits(
  change: Change,
  rule: RegressionRuleRow,
  found: readonly Found[],
): Promise<void> {
  const { tx, context } = change;
  const runs = new Map<bigint, Found[]>();
  for (const one of found) {
    const row = await context.load(measurementById, one.measurementId);
    if (row !== null) runs.set(row.evalRunId, [...(runs.get(row.evalRunId) ?? []), one]);
  }
  for (const [evalRunId, hits] of runs) {
    const outcomeIds = hits.map(({ outcomeId }) => outcomeId);
    const reached = rule.incidentId === null ? [] : await linkRun(change, rule, evalRunId, hits);
    for (const id of reached) await insertConsequences(tx, outcomeIds, id, 'LINKED');
    await tellWatchers(tx, rule, outcomeIds, reached);
  }
}

async function linkRun(
  change: Change,
  rule: RegressionRuleRow,
  evalRunId: bigint,
  hits: readonly Found[],
): Promise<bigint[]> {
  const measurementIds = hits.map(({ measurementId }) => measurementId);
  const rests = await selectRests(change.tx, rule, measurementIds);
  const reached: bigint[] = [];
  for (const { candidate } of await candidatesOf(change, rule, { evalRunId, rests })) {
    if (candidate.id !== rule.incidentId) continue;
    await link(change, candidate, evalRunId);
    reached.push(candidate.id);
  }
  return reached;
}
