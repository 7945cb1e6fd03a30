import type { Context } from '../context.ts';
import { groupRows, loadsMany, loadsOne } from '../platform/loader.ts';
import { listPage, listUnder } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import {
  behaviorList,
  evaluationList,
  evaluationVersionsUnder,
  type NamedTable,
  selectApprovals,
  selectBehaviors,
  selectEvaluations,
  selectEvaluationVersions,
  selectGraders,
  selectGraderVersions,
  selectMappings,
  selectStandards,
  selectStandardVersions,
  selectVersionsOfGraders,
  selectVersionsOfStandards,
} from './catalogue.store.ts';
import { selectConditions, selectConditionsOfVersions } from './condition.store.ts';
import type { BehaviorRow, EvaluationRow, EvaluationVersionRow } from './evaluation.ts';
import { findNamed } from './find-named.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const behaviorById = loadsOne<Context, BehaviorRow>('behaviorById', async (c, ids) =>
  byId(await selectBehaviors(c.db, c.viewer, ids)),
);
export const evaluationById = loadsOne<Context, EvaluationRow>('evaluationById', async (c, ids) =>
  byId(await selectEvaluations(c.db, c.viewer, ids)),
);
export const evaluationVersionById = loadsOne<Context, EvaluationVersionRow>(
  'evaluationVersionById',
  async (c, ids) => byId(await selectEvaluationVersions(c.db, c.viewer, ids)),
);
export const conditionById = loadsOne('conditionById', async (c: Context, ids) =>
  byId(await selectConditions(c.db, c.viewer, ids)),
);
export const graderById = loadsOne('graderById', async (c: Context, ids) =>
  byId(await selectGraders(c.db, c.viewer, ids)),
);
export const graderVersionById = loadsOne('graderVersionById', async (c: Context, ids) =>
  byId(await selectGraderVersions(c.db, c.viewer, ids)),
);
export const standardById = loadsOne('standardById', async (c: Context, ids) =>
  byId(await selectStandards(c.db, c.viewer, ids)),
);
export const standardVersionById = loadsOne('standardVersionById', async (c: Context, ids) =>
  byId(await selectStandardVersions(c.db, c.viewer, ids)),
);

export const mappingsOfBehavior = loadsMany('mappingsOfBehavior', async (c: Context, ids) =>
  groupRows(await selectMappings(c.db, ids), (row) => row.behaviorId),
);
export const conditionsOfVersion = loadsMany('conditionsOfVersion', async (c: Context, ids) =>
  groupRows(await selectConditionsOfVersions(c.db, c.viewer, ids), (row) => row.evaluationVersionId),
);
export const versionsOfGrader = loadsMany('versionsOfGrader', async (c: Context, ids) =>
  groupRows(await selectVersionsOfGraders(c.db, c.viewer, ids), (row) => row.graderId),
);
export const versionsOfStandard = loadsMany('versionsOfStandard', async (c: Context, ids) =>
  groupRows(await selectVersionsOfStandards(c.db, c.viewer, ids), (row) => row.standardId),
);
export const approvalsOfStandardVersion = loadsMany('approvalsOfStandardVersion', async (c: Context, ids) =>
  groupRows(await selectApprovals(c.db, c.viewer, ids), (row) => row.standardVersionId),
);

/** The internal id of a named thing, or null where there is none that the viewer may see. */
export async function idByName(context: Context, table: NamedTable, name: string): Promise<bigint | null> {
  const found = await findNamed(context.db, context.viewer, table, [name]);
  return found.get(name)?.id ?? null;
}

const searched = (search?: string | null) => (search == null || search.trim() === '' ? null : search.trim());

export const listBehaviors = (context: Context, args: PageArguments & { search?: string | null }) =>
  listPage<BehaviorRow>(context, args, behaviorList(context.viewer, searched(args.search)));
export const listEvaluations = (context: Context, args: PageArguments & { search?: string | null }) =>
  listPage<EvaluationRow>(context, args, evaluationList(context.viewer, searched(args.search)));
export const versionsOfEvaluation = listUnder<Context, PageArguments, EvaluationVersionRow>(
  'versionsOfEvaluation',
  (context) => evaluationVersionsUnder(context.viewer),
);
