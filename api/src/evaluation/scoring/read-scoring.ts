import type { Context } from '../../context.ts';
import { groupRows, loadsMany, loadsOne } from '../../platform/loader.ts';
import { listPage } from '../../platform/nested-page.ts';
import type { PageArguments } from '../../platform/page.ts';
import { bareName } from './scorer-names.ts';
import {
  ruleList,
  selectInForce,
  selectRules,
  selectVersions,
  selectVersionsOfRules,
} from './scoring.store.ts';
import { type Chosen, chooseRules, type ScoringRuleRow, type ScoringRuleVersionRow } from './scoring-rule.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const scoringRuleById = loadsOne<Context, ScoringRuleRow>('scoringRuleById', async (c, ids) =>
  byId(await selectRules(c.db, c.viewer, ids)),
);
export const scoringRuleVersionById = loadsOne<Context, ScoringRuleVersionRow>(
  'scoringRuleVersionById',
  async (c, ids) => byId(await selectVersions(c.db, c.viewer, ids)),
);
export const versionsOfScoringRule = loadsMany('versionsOfScoringRule', async (c: Context, ids) =>
  groupRows(await selectVersionsOfRules(c.db, c.viewer, ids), (row) => row.scoringRuleId),
);

export function listScoringRules(
  context: Context,
  args: PageArguments & { evaluation?: string | null; search?: string | null },
) {
  const search = args.search?.trim();
  return listPage<ScoringRuleRow>(
    context,
    args,
    ruleList(context.viewer, {
      evaluation: args.evaluation ?? null,
      search: search === undefined || search === '' ? null : search,
    }),
  );
}

/** The rules that are applied to an evaluation's scores, of those that the viewer may see. */
export async function rulesInForce(
  context: Pick<Context, 'db' | 'viewer'>,
  task: string,
): Promise<Chosen<ScoringRuleVersionRow & { namespace: string; own: boolean }>> {
  return chooseRules(await selectInForce(context.db, context.viewer, [...new Set([task, bareName(task)])]));
}
