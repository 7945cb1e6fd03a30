// What waits for the rules, which rules it concerns, and what comes of it. Read with everybody's rights: whose sight holds
// is for the use case to say.

import type { Guard } from '../access/audience-sight.ts';
import { GUARD } from '../access/guards.store.ts';
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import type { Grounds } from '../evaluation/grounds.ts';
import type { Db, Tx } from '../platform/database.ts';
import { NO_GROUNDS } from './common-grounds.ts';
import type { Judged, RegressionAction, RegressionRuleRow } from './regression.ts';
import { RULE } from './rule.store.ts';
import { inFamily } from './sight.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;

export interface Recording {
  id: bigint;
  /** The run of which they were recorded together; null where a rule looks back at them. */
  evalRunId: bigint | null;
  /** The rule that looks back; null where all rules look. */
  ruleId: bigint | null;
  measurementIds: bigint[];
  recordedAt: Date;
  tries: number;
}

export const selectWaiting = (db: Reader, most: number) =>
  db.$queryRaw<Recording[]>`
    select id, eval_run_id as "evalRunId", regression_rule_id as "ruleId", measurement_ids as "measurementIds",
      recorded_at as "recordedAt", tries
    from regression_recording where next_try_at <= now() order by id limit ${most}::int`;

/** The rules that stood when these were recorded and stand now, and are about a behaviour that was measured; or the one that looks back. */
export const selectRulesFor = (db: Reader, recording: Recording) =>
  db.$queryRaw<RegressionRuleRow[]>`
    select ${RULE} from regression_rule r
    where r.retracted_at is null and case when ${recording.ruleId}::bigint is not null then r.id = ${recording.ruleId}::bigint
      else r.behavior_id in (
          select m.behavior_id from measurement m where m.id = any(${recording.measurementIds}::bigint[]))
        and r.recorded_at <= (select min(m.recorded_at) from measurement m where m.id = any(${recording.measurementIds}::bigint[]))
      end
    order by r.id`;

/** Has a rule look back at these; false where whoever asks waits for it already. */
export async function insertLookBack(
  tx: Tx,
  actorId: bigint,
  ruleId: bigint,
  measurementIds: readonly bigint[],
): Promise<boolean> {
  const made = await tx.$executeRaw`
    insert into regression_recording (regression_rule_id, asked_by, measurement_ids)
    values (${ruleId}, ${actorId}, ${[...measurementIds]}::bigint[])
    on conflict (regression_rule_id, asked_by) do nothing`;
  return made > 0;
}

export async function deleteRecording(db: Pick<Db | Tx, '$executeRaw'>, id: bigint): Promise<void> {
  await db.$executeRaw`delete from regression_recording where id = ${id}`;
}

/** To be tried again later, each time twice as much later. */
export async function postponeRecording(
  db: Pick<Db | Tx, '$executeRaw'>,
  { id, tries }: Recording,
): Promise<void> {
  const seconds = 2 ** Math.min(tries, 12);
  await db.$executeRaw`
    update regression_recording set tries = tries + 1, next_try_at = now() + ${seconds}::int * interval '1 second'
    where id = ${id}`;
}

/** Records what a rule says and on what grounds, of each measurement once: answers the ids of those that it had not said before. */
export async function insertOutcomes(
  tx: Tx,
  by: { teamId: bigint; actorId: bigint },
  ruleId: bigint,
  judged: readonly Judged[],
  grounds: ReadonlyMap<bigint, Grounds>,
): Promise<Map<bigint, bigint>> {
  const made = new Map<bigint, bigint>();
  for (const one of judged) {
    const { testedOnIds, importIds } = grounds.get(one.measurementId) ?? NO_GROUNDS;
    const [row] = await tx.$queryRaw<{ id: bigint }[]>`
      insert into regression_outcome (regression_rule_id, measurement_id, verdict, lower_bound, baseline_id, difference, p_value,
        corrected_p_value, tested_together, tested_on_ids, import_ids, team_id, actor_id)
      values (${ruleId}, ${one.measurementId}, ${one.verdict}, ${one.lowerBound}::float8, ${one.baselineId}::bigint,
        ${one.difference}::float8, ${one.pValue}::float8, ${one.correctedPValue}::float8, ${one.testedTogether}::int,
        ${[...testedOnIds]}::bigint[], ${[...importIds]}::bigint[], ${by.teamId}, ${by.actorId})
      on conflict (regression_rule_id, measurement_id) do nothing returning id`;
    if (row !== undefined) made.set(one.measurementId, row.id);
  }
  return made;
}

export async function insertConsequences(
  tx: Tx,
  outcomeIds: readonly bigint[],
  incidentId: bigint,
  action: RegressionAction,
): Promise<void> {
  await tx.$executeRaw`
    insert into regression_consequence (regression_outcome_id, incident_id, action)
    select o, ${incidentId}::bigint, ${action} from unnest(${[...outcomeIds]}::bigint[]) o`;
}

/** Who watches one of these incidents, and whether their role reads everything. */
export const selectWatching = (tx: Tx, incidentIds: readonly bigint[]) =>
  tx.$queryRaw<{ actorId: bigint; incidentId: bigint; readsEverything: boolean }[]>`
    select w.actor_id as "actorId", w.incident_id as "incidentId",
      a.role in ('AUDITOR', 'ADMINISTRATOR') as "readsEverything"
    from watch w join actor a on a.id = w.actor_id where w.incident_id = any(${[...incidentIds]}::bigint[])`;

/** Tells everybody who watches the rule or its behaviour, and these; whether they may see it is asked when they read. */
export async function insertNotifications(
  tx: Tx,
  rule: { id: bigint; behaviorId: bigint },
  outcomeIds: readonly bigint[],
  actorIds: readonly bigint[],
): Promise<void> {
  await tx.$executeRaw`
    insert into notification (actor_id, regression_outcome_id)
    select w.actor_id, o from unnest(${[...outcomeIds]}::bigint[]) o cross join (
      select actor_id from watch where regression_rule_id = ${rule.id} or behavior_id = ${rule.behaviorId}
      union select unnest(${[...actorIds]}::bigint[])) w
    order by o, w.actor_id on conflict (actor_id, regression_outcome_id) do nothing`;
}

export interface Candidate {
  id: bigint;
  status: string;
  /** Whether it says of the run, as far as the viewer sees, that it was observed there. */
  linked: boolean;
  /** Whether somebody said after the run began that it was over: such a run tells of nothing that they did not mean. */
  endedSince: boolean;
}

/** What says of the model that it does it no more. To close says so of the work alone. */
const OVER = ['MITIGATED', 'RESOLVED'];
const OPEN_OR_ENDED = ['DRAFT', 'SUBMITTED', 'TRIAGED', 'INVESTIGATING', 'MITIGATED', 'RESOLVED', 'CLOSED'];

/** The incidents of a behaviour that the viewer sees; or the one that a rule names, and what the rule drafted before. */
export const selectCandidates = (
  tx: Tx,
  viewer: Viewer,
  of: { ruleId: bigint; behaviorId: bigint; incidentId: bigint | null; evalRunId: bigint },
) =>
  tx.$queryRaw<Candidate[]>`
    select n.id, i.status::text as status, exists (
      select from edge e where e.downstream = n.id and e.upstream = ${of.evalRunId} and e.kind = 'OBSERVED_IN'
        and e.retracted_at is null and ${visible(viewer, 'e')}) as linked,
      exists (select from event x join eval_run run on run.node_id = ${of.evalRunId}
        where x.node_id = n.id and x.type = 'INCIDENT_STATUS_CHANGED' and x.payload ->> 'to' = any(${OVER}::text[])
          and x.recorded_at > run.started_at) as "endedSince"
    from incident i join node n on n.id = i.node_id
    where n.retracted_at is null and i.status::text = any(${OPEN_OR_ENDED}::text[]) and ${visible(viewer, 'n')}
      and case when ${of.incidentId}::bigint is null
        then n.id in (select b.incident_id from incident_behavior b where b.behavior_id = ${of.behaviorId})
        else n.id = ${of.incidentId}::bigint or n.id in (
          select c.incident_id from regression_consequence c join regression_outcome o on o.id = c.regression_outcome_id
          where o.regression_rule_id = ${of.ruleId} and c.action = 'DRAFTED') end
    order by n.id`;

/** A way from an incident to a model of the family: who may see each step of it. */
export interface LinkStep extends Guard {
  incidentId: bigint;
  link: string;
}

export function selectLinks(
  tx: Tx,
  incidentIds: readonly bigint[],
  modelFamily: string,
): Promise<LinkStep[]> {
  return tx.$queryRaw<LinkStep[]>`
    with model as (
        select * from node u where u.kind = 'MODEL_VERSION' and u.retracted_at is null and ${inFamily(modelFamily)}),
      shown as (
        select e.downstream as incident, e.id::text as link, e.id as first, null::bigint as run, null::bigint as second, u.id as model
        from edge e join model u on u.id = e.upstream
        where e.kind = 'EXHIBITED_BY' and e.retracted_at is null and e.downstream = any(${[...incidentIds]}::bigint[])
        union all
        select e.downstream, e.id || ' ' || v.id, e.id, e.upstream, v.id, u.id
        from edge e join edge v on v.downstream = e.upstream and v.kind = 'EVALUATED' and v.retracted_at is null
          join model u on u.id = v.upstream
        where e.kind = 'OBSERVED_IN' and e.retracted_at is null and e.downstream = any(${[...incidentIds]}::bigint[])),
      x as (
        select s.incident, s.link, e.visibility, e.team_id, e.actor_id, e.audience_id
        from shown s join edge e on e.id in (s.first, s.second)
        union all
        select s.incident, s.link, n.visibility, n.team_id, n.actor_id, n.audience_id
        from shown s join node n on n.id in (s.run, s.model))
    select x.incident as "incidentId", x.link, ${GUARD} from x order by 1, 2`;
}
