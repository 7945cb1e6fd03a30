// What filing writes, for one incident or for many in one statement.
import type { VisibilityWord } from '../lineage/node.ts';
import type { Statements } from '../platform/statements.ts';
import type { IncidentSetting, Severity } from './incident.ts';

export interface NewIncident {
  /** Null of a draft, whose node has no name yet, in its team's namespace; else in the common one. */
  key: string | null;
  title: string;
  summary: string;
  setting: IncidentSetting;
  severity: Severity;
  status: 'DRAFT' | 'SUBMITTED';
  occurredAt: Date | null;
  submittedAt: Date | null;
  visibility: VisibilityWord;
  citationId: bigint | null;
  teamId: bigint;
  actorId: bigint;
}

/**
 * Incidents with their nodes, in one statement: the nodes' ids, in the order given. A node is known again by its key, so
 * that of drafts, which have none, there is one at most.
 */
export async function insertIncidents(tx: Statements, all: readonly NewIncident[]): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    with given as materialized (
      select * from unnest(
        ${all.map((i) => i.key)}::text[], ${all.map((i) => i.title)}::text[], ${all.map((i) => i.summary)}::text[],
        ${all.map((i) => i.setting)}::text[], ${all.map((i) => i.severity)}::text[], ${all.map((i) => i.status)}::text[],
        ${all.map((i) => timeOf(i.occurredAt))}::text[], ${all.map((i) => timeOf(i.submittedAt))}::text[],
        ${all.map((i) => i.visibility)}::text[], ${all.map((i) => i.citationId)}::bigint[],
        ${all.map((i) => i.teamId)}::bigint[], ${all.map((i) => i.actorId)}::bigint[]
      ) with ordinality as g(key, title, summary, setting, severity, status, occurred_at, submitted_at, visibility,
        citation_id, team_id, actor_id, place)
    ), named as (
      insert into node (kind, namespace, name, citation_id, visibility, team_id, actor_id)
      select 'INCIDENT',
        case when key is null then (select t.namespace from team t where t.id = given.team_id) else '' end,
        key, citation_id, visibility::visibility, team_id, actor_id
      from given order by place
      returning id, name
    ), whole as materialized (
      select named.id, given.* from given join named on named.name is not distinct from given.key
    ), told as (
      insert into incident (node_id, key, title, summary, setting, severity, status, occurred_at, submitted_at)
      select id, key, title, summary, setting::incident_setting, severity::severity, status::incident_status,
        occurred_at::timestamptz, submitted_at::timestamptz
      from whole order by place
    )
    select id from whole order by place`;
  return rows.map(({ id }) => id);
}

const timeOf = (time: Date | null) => time?.toISOString() ?? null;

/** The behaviours of new incidents, in one statement. */
export async function insertBehaviors(
  tx: Statements,
  all: readonly { id: bigint; behaviorIds: readonly bigint[] }[],
): Promise<void> {
  const rows = all.flatMap(({ id, behaviorIds }) => behaviorIds.map((behavior) => ({ id, behavior })));
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into incident_behavior (incident_id, behavior_id)
    select * from unnest(${rows.map((r) => r.id)}::bigint[], ${rows.map((r) => r.behavior)}::bigint[])`;
}

/** What a new incident was observed in, or which model version showed it. */
export interface NewObservation {
  kind: 'EXHIBITED_BY' | 'OBSERVED_IN';
  incidentId: bigint;
  upstream: bigint;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
}

/** Edges of new incidents, in one statement, to what is not retracted; answers how many there were. */
export async function insertObservations(tx: Statements, all: readonly NewObservation[]): Promise<number> {
  if (all.length === 0) return 0;
  return tx.$executeRaw`
    insert into edge (kind, downstream, upstream, visibility, team_id, actor_id)
    select t.kind::edge_kind, t.downstream, t.upstream, t.visibility::visibility, t.team_id, t.actor_id
    from unnest(${all.map((e) => e.kind)}::text[], ${all.map((e) => e.incidentId)}::bigint[],
      ${all.map((e) => e.upstream)}::bigint[], ${all.map((e) => e.visibility)}::text[],
      ${all.map((e) => e.teamId)}::bigint[], ${all.map((e) => e.actorId)}::bigint[]
    ) with ordinality as t(kind, downstream, upstream, visibility, team_id, actor_id, place)
    join node u on u.id = t.upstream
    where u.retracted_at is null
    order by t.place`;
}
