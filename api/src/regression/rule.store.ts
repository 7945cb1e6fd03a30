// Rules of the regression watch and what they said, as far as a viewer may see them.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import { contains } from '../platform/contains.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { OrderTerm } from '../platform/page.ts';
import { retractRowOf } from '../platform/retract-row.ts';
import type { RegressionAction, RegressionOutcomeRow, RegressionRuleRow } from './regression.ts';
import { outcomesSeen, ruleSeen } from './sight.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

export const RULE = Prisma.sql`r.id, r.title, r.behavior_id as "behaviorId", r.model_family as "modelFamily", r.condition, r.kind,
  r.threshold, r.alpha, r.baseline_ids as "baselineIds", r.incident_id as "incidentId", r.note,
  r.visibility::text as visibility, r.team_id as "teamId", r.actor_id as "actorId", r.recorded_at as "recordedAt",
  r.retracted_at as "retractedAt", r.retraction_reason as "retractionReason"`;

const OUTCOME = Prisma.sql`o.id, o.regression_rule_id as "regressionRuleId", o.measurement_id as "measurementId", o.verdict,
  o.lower_bound as "lowerBound", o.baseline_id as "baselineId", o.difference, o.p_value as "pValue",
  o.corrected_p_value as "correctedPValue", o.tested_together as "testedTogether", o.tested_on_ids as "testedOnIds",
  o.import_ids as "importIds", o.recorded_at as "recordedAt"`;

const newestFirst = (column: string): OrderTerm[] => [
  { name: 'id', sql: Prisma.raw(column), type: 'bigint', direction: 'desc' },
];

export const selectRules = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<RegressionRuleRow[]>`
    select ${RULE} from regression_rule r where r.id = any(${[...ids]}::bigint[]) and ${ruleSeen(viewer, 'r')}`;

export function ruleList(
  viewer: Viewer,
  filter: { behaviorId: bigint | null; retired: boolean | null; search: string | null },
) {
  const { behaviorId, retired, search } = filter;
  const of = behaviorId === null ? Prisma.sql`true` : Prisma.sql`r.behavior_id = ${behaviorId}`;
  const standing =
    retired === null ? Prisma.sql`true` : Prisma.sql`(r.retracted_at is not null) = ${retired}`;
  const like =
    search === null
      ? Prisma.sql`true`
      : Prisma.sql`(r.title ilike ${contains(search)} or r.model_family ilike ${contains(search)})`;
  return {
    columns: RULE,
    body: Prisma.sql`from regression_rule r where ${ruleSeen(viewer, 'r')} and ${of} and ${standing} and ${like}`,
    order: newestFirst('r.id'),
  };
}

export const selectOutcomes = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<RegressionOutcomeRow[]>`
    select ${OUTCOME} ${outcomesSeen(viewer)} and o.id = any(${[...ids]}::bigint[])`;

/** Under a rule `p.id`. */
export const outcomesUnderRule = (viewer: Viewer) => ({
  columns: OUTCOME,
  body: Prisma.sql`${outcomesSeen(viewer)} and o.regression_rule_id = p.id`,
  order: newestFirst('o.id'),
});

/** Of each rule the outcome that came last. */
export const selectLastOutcomes = (db: Reader, viewer: Viewer, ruleIds: Ids) =>
  db.$queryRaw<RegressionOutcomeRow[]>`
    select distinct on (o.regression_rule_id) ${OUTCOME} ${outcomesSeen(viewer)}
      and o.regression_rule_id = any(${[...ruleIds]}::bigint[])
    order by o.regression_rule_id, o.id desc`;

export interface ConsequenceRow {
  outcomeId: bigint;
  incidentId: bigint;
  action: RegressionAction;
}

/** What hits did to incidents that the viewer sees. */
export const selectConsequences = (db: Reader, viewer: Viewer, outcomeIds: Ids) =>
  db.$queryRaw<ConsequenceRow[]>(
    cappedPer(
      'outcomeId',
      Prisma.sql`
    select c.regression_outcome_id as "outcomeId", c.incident_id as "incidentId", c.action
    from regression_consequence c join node n on n.id = c.incident_id
    where c.regression_outcome_id = any(${[...outcomeIds]}::bigint[]) and ${visible(viewer, 'n')} order by c.incident_id`,
    ),
  );

/** The hits that concern each incident, newest first. */
export const selectHitsOfIncidents = (db: Reader, viewer: Viewer, incidentIds: Ids) =>
  db.$queryRaw<(RegressionOutcomeRow & { incidentId: bigint; action: RegressionAction })[]>(
    cappedPer(
      'incidentId',
      Prisma.sql`
    select c.incident_id as "incidentId", c.action, x.* from regression_consequence c join node n on n.id = c.incident_id
    join (select ${OUTCOME} ${outcomesSeen(viewer)}) x on x.id = c.regression_outcome_id
    where c.incident_id = any(${[...incidentIds]}::bigint[]) and ${visible(viewer, 'n')} order by x.id desc`,
    ),
  );

export async function insertRule(
  tx: Tx,
  by: { teamId: bigint; actorId: bigint },
  rule: Omit<
    RegressionRuleRow,
    'id' | 'teamId' | 'actorId' | 'recordedAt' | 'retractedAt' | 'retractionReason'
  >,
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into regression_rule (title, behavior_id, model_family, condition, kind, threshold, alpha, baseline_ids, incident_id,
      note, visibility, team_id, actor_id)
    values (${rule.title}, ${rule.behaviorId}, ${rule.modelFamily}, ${rule.condition}, ${rule.kind}, ${rule.threshold}::float8,
      ${rule.alpha}::float8, ${[...rule.baselineIds]}::bigint[], ${rule.incidentId}::bigint, ${rule.note},
      ${rule.visibility}::visibility, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}

/** False where it was retired already. */
export async function retireRule(tx: Tx, id: bigint, actorId: bigint, reason: string): Promise<boolean> {
  return retractRowOf(tx, 'regression_rule', id, actorId, reason);
}
