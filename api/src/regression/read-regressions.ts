import type { Context } from '../context.ts';
import type { Grounds } from '../evaluation/grounds.ts';
import { comparability } from '../evaluation/read-comparability.ts';
import { measurementById } from '../evaluation/read-eval-runs.ts';
import { idByName } from '../evaluation/read-evaluations.ts';
import { listed } from '../platform/listed.ts';
import { groupRows, loadsMany, loadsOne } from '../platform/loader.ts';
import { listPage, listUnder } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import { judgeMeasurements } from './judge-measurements.ts';
import { criterionOf, type Judged, type RegressionOutcomeRow, type RegressionRuleRow } from './regression.ts';
import { resolveDefinition } from './resolve-definition.ts';
import {
  outcomesUnderRule,
  ruleList,
  selectConsequences,
  selectHitsOfIncidents,
  selectLastOutcomes,
  selectOutcomes,
  selectRules,
} from './rule.store.ts';
import type { RuleDefinitionInput } from './rule-input.ts';
import { countMatching, selectNewestMatching } from './sight.store.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const regressionRuleById = loadsOne<Context, RegressionRuleRow>('regressionRuleById', async (c, ids) =>
  byId(await selectRules(c.db, c.viewer, ids)),
);
export const regressionOutcomeById = loadsOne<Context, RegressionOutcomeRow>(
  'regressionOutcomeById',
  async (c, ids) => byId(await selectOutcomes(c.db, c.viewer, ids)),
);
export const lastOutcomeOfRule = loadsOne<Context, RegressionOutcomeRow>(
  'lastOutcomeOfRule',
  async (c, ids) => {
    const rows = await selectLastOutcomes(c.db, c.viewer, ids);
    return new Map(rows.map((row) => [row.regressionRuleId, row]));
  },
);
export const consequencesOfOutcome = loadsMany('consequencesOfOutcome', async (c: Context, ids) =>
  groupRows(await selectConsequences(c.db, c.viewer, ids), (row) => row.outcomeId),
);
export const hitsOfIncident = loadsMany('hitsOfIncident', async (c: Context, ids) =>
  groupRows(await selectHitsOfIncidents(c.db, c.viewer, ids), (row) => row.incidentId),
);
export const outcomesOfRule = listUnder<Context, PageArguments, RegressionOutcomeRow>('outcomesOfRule', (c) =>
  outcomesUnderRule(c.viewer),
);

export async function listRegressionRules(
  context: Context,
  args: PageArguments & { behavior?: string | null; retired?: boolean | null; search?: string | null },
) {
  const behaviorId = args.behavior == null ? null : await idByName(context, 'behavior', args.behavior);
  const search = args.search?.trim();
  return listPage<RegressionRuleRow>(
    context,
    args,
    ruleList(context.viewer, {
      // A behaviour that is not to be seen has no rules.
      behaviorId: args.behavior == null ? null : (behaviorId ?? 0n),
      retired: args.retired ?? null,
      search: search === undefined || search === '' ? null : search,
    }),
  );
}

/**
 * Why a measurement could not be compared, or tested, as the viewer sees both; empty where it was. Of what was said on
 * certain grounds, by these: what else the viewer sees was no reason.
 */
export async function reasonsOf(
  context: Context,
  judged: Judged & Partial<Pick<RegressionOutcomeRow, 'recordedAt' | keyof Grounds>>,
): Promise<string[]> {
  if (judged.verdict === 'HIT' || judged.verdict === 'NO_HIT') return [];
  if (judged.baselineId === null) return ['Nothing is known of its spread, so it has no interval.'];
  const [baseline, measured] = await Promise.all([
    context.load(measurementById, judged.baselineId),
    context.load(measurementById, judged.measurementId),
  ]);
  if (baseline === null || measured === null) return [];
  const goneBy = baseline.retractedAt !== null && baseline.retractedAt <= (judged.recordedAt ?? new Date());
  if (judged.verdict === 'CANNOT_BE_TESTED' && goneBy)
    return ['What it was to be compared with was taken back.'];
  const { testedOnIds, importIds } = judged;
  const grounds = testedOnIds && importIds && { testedOnIds, importIds };
  const { differences } = await comparability(context, baseline, measured, grounds);
  if (differences.length > 0) return differences;
  if (judged.verdict === 'NOT_COMPARABLE') return ['What differed is not recorded of them any more.'];
  return ['Nothing is known of the spread of one of the two, so no test tells them apart.'];
}

const MOST_PREVIEWED = 50;

export interface RegressionPreview {
  outcomes: Judged[];
  /** How many measurements it is about in all, of which the newest were looked at. */
  matching: number;
}

/**
 * What a rule would have said of what is recorded already, newest first: each run by itself, as its measurements were
 * recorded together or nearly so. Nothing is written.
 */
export async function previewRegressionRule(
  context: Context,
  input: RuleDefinitionInput,
): Promise<RegressionPreview> {
  const definition = await resolveDefinition(context, input);
  const ids = await selectNewestMatching(context.db, context.viewer, definition, MOST_PREVIEWED);
  const rows = await Promise.all(ids.map((id) => context.load(measurementById, id)));
  const runs = new Map<bigint, bigint[]>();
  for (const row of rows)
    if (row !== null) runs.set(row.evalRunId, [...(runs.get(row.evalRunId) ?? []), row.id]);
  const judged: Judged[] = [];
  for (const together of runs.values())
    judged.push(...(await judgeMeasurements(context, criterionOf(definition), together)));
  return previewed(judged, await countMatching(context.db, context.viewer, definition));
}

/** What a rule would find by looking back, by what the viewer sees: the newest, all judged together. */
export async function previewLookBack(
  context: Context,
  rule: RegressionRuleRow,
  since: Date,
): Promise<RegressionPreview> {
  const period = { since, before: rule.recordedAt };
  const [ids, matching] = await Promise.all([
    selectNewestMatching(context.db, context.viewer, rule, MOST_PREVIEWED, period),
    countMatching(context.db, context.viewer, rule, period),
  ]);
  return previewed(await judgeMeasurements(context, criterionOf(rule), ids), matching);
}

const previewed = (judged: Judged[], matching: number): RegressionPreview => ({
  outcomes: listed(judged, matching > judged.length ? null : judged.length),
  matching,
});
