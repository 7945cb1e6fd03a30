import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import type { Db, Tx } from '../platform/database.ts';
import { evidence } from './evidence.store.ts';
import type { IncidentFacts, RelatedRow, ReportRow, SuspectRow } from './incident.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

/** The columns of IncidentFacts, of an incident `i`. */
export const FACTS = Prisma.sql`i.node_id as "nodeId", i.key, i.title, i.summary, i.setting::text as setting, i.severity::text as severity,
  i.status::text as status, i.occurred_at as "occurredAt", i.submitted_at as "submittedAt", i.updated_at as "updatedAt"`;

export const selectIncidentFacts = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<IncidentFacts[]>`
    select ${FACTS} from incident i join node n on n.id = i.node_id
    where i.node_id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'n')}`;

/** The facts, held against other writers until the transaction ends. */
export async function lockIncident(tx: Tx, id: bigint): Promise<IncidentFacts | null> {
  const [row] = await tx.$queryRaw<
    IncidentFacts[]
  >`select ${FACTS} from incident i where i.node_id = ${id} for update`;
  return row ?? null;
}

export async function selectIdByKey(db: Reader, viewer: Viewer, key: string): Promise<bigint | null> {
  const [row] = await db.$queryRaw<{ id: bigint }[]>`
    select n.id from incident i join node n on n.id = i.node_id
    where i.key = ${key} and n.retracted_at is null and ${visible(viewer, 'n')}`;
  return row?.id ?? null;
}

/** An incident's name is its key, in the common namespace: keys are unique among all teams. */
export async function nameIncidentNode(tx: Tx, id: bigint, key: string): Promise<void> {
  await tx.$executeRaw`update node set name = ${key}, namespace = '' where id = ${id} and name is null`;
}

/** Tells that something about the incident changed; the database sets the time. */
export async function touchIncident(tx: Tx, id: bigint): Promise<void> {
  await tx.$executeRaw`update incident set updated_at = now() where node_id = ${id}`;
}

/** Sets the behaviours of an incident; those that the viewer may not see stay. Answers those that were added or taken away. */
export async function replaceBehaviors(
  tx: Tx,
  viewer: Viewer,
  id: bigint,
  behaviorIds: Ids,
): Promise<bigint[]> {
  const wanted = Prisma.sql`${[...behaviorIds]}::bigint[]`;
  const removed = await tx.$queryRaw<{ id: bigint }[]>`
    delete from incident_behavior x using behavior b
    where x.incident_id = ${id} and b.id = x.behavior_id and ${visible(viewer, 'b')} and not (b.id = any(${wanted}))
    returning b.id`;
  const added = await tx.$queryRaw<{ id: bigint }[]>`
    insert into incident_behavior (incident_id, behavior_id)
    select ${id}::bigint, b from unnest(${wanted}) b on conflict do nothing returning behavior_id as id`;
  return [...removed, ...added].map((row) => row.id);
}

export const selectBehaviorIds = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<{ incidentId: bigint; behaviorId: bigint }[]>`
    select x.incident_id as "incidentId", x.behavior_id as "behaviorId"
    from incident_behavior x join behavior b on b.id = x.behavior_id join node n on n.id = x.incident_id
    where x.incident_id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'b')} and ${visible(viewer, 'n')} order by b.id`;

const SUSPECT = Prisma.sql`s.id, s.incident_id as "incidentId", s.kind::text as kind, s.node_id as "nodeId", s.content_tag_id as "contentTagId",
  coalesce(case when t.namespace = '' then t.name else t.namespace || '/' || t.name end,
    case when u.namespace = '' then '' else u.namespace || '/' end || u.name || coalesce('@' || u.version, '')) as label,
  s.reason, s.actor_id as "actorId", s.recorded_at as "recordedAt"`;
const suspects = (viewer: Viewer) => Prisma.sql`
  from suspect s join node n on n.id = s.incident_id left join node u on u.id = s.node_id left join content_tag t on t.id = s.content_tag_id
  where ${visible(viewer, 's')} and ${visible(viewer, 'n')}
    and (s.node_id is null or ${visible(viewer, 'u')}) and (s.content_tag_id is null or ${visible(viewer, 't')})`;
export const selectSuspects = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<SuspectRow[]>`select ${SUSPECT} ${suspects(viewer)} and s.id = any(${[...ids]}::bigint[])`;
export const selectSuspectsOf = (db: Reader, viewer: Viewer, incidentIds: Ids) =>
  db.$queryRaw<SuspectRow[]>(
    cappedPer(
      'incidentId',
      Prisma.sql`
    select ${SUSPECT} ${suspects(viewer)} and s.retracted_at is null and s.incident_id = any(${[...incidentIds]}::bigint[]) order by s.id`,
    ),
  );

const REPORT = Prisma.sql`r.id, r.incident_id as "incidentId", r.title, r.publisher, r.url, r.author, r.published_at as "publishedAt", r.language`;
const reports = (viewer: Viewer) =>
  Prisma.sql`from report r join node n on n.id = r.incident_id where ${visible(viewer, 'r')} and ${visible(viewer, 'n')}`;
export const selectReports = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<ReportRow[]>`select ${REPORT} ${reports(viewer)} and r.id = any(${[...ids]}::bigint[])`;
export const selectReportsOf = (db: Reader, viewer: Viewer, incidentIds: Ids) =>
  db.$queryRaw<ReportRow[]>(
    cappedPer(
      'incidentId',
      Prisma.sql`
    select ${REPORT} ${reports(viewer)} and r.retracted_at is null and r.incident_id = any(${[...incidentIds]}::bigint[])
    order by r.published_at nulls last, r.id`,
    ),
  );

/** Relations that an incident states, and those that others state of it. */
export const selectRelatedOf = (db: Reader, viewer: Viewer, incidentIds: Ids) =>
  db.$queryRaw<RelatedRow[]>(
    cappedPer(
      'incidentId',
      Prisma.sql`
    select x."incidentId", x."otherId", x.relation, x.note from (
      select r.id, r.incident_id as "incidentId", r.other_id as "otherId", r.relation, r.note from related_incident r
      where r.incident_id = any(${[...incidentIds]}::bigint[]) and r.retracted_at is null and ${visible(viewer, 'r')}
      union all
      select r.id, r.other_id, r.incident_id, r.relation || ' (as the other incident says)', r.note from related_incident r
      where r.other_id = any(${[...incidentIds]}::bigint[]) and r.retracted_at is null and ${visible(viewer, 'r')}) x
    join node o on o.id = x."otherId" join node n on n.id = x."incidentId"
    where o.retracted_at is null and ${visible(viewer, 'o')} and ${visible(viewer, 'n')} order by x.id`,
    ),
  );

const RETRACTABLE = {
  Suspect: 'suspect',
  Report: 'report',
  Evidence: 'evidence',
} as const;

interface Taker {
  actorId: bigint;
  teamIds: readonly bigint[];
  any: boolean;
}

/** A row that was taken back, and the team whose word it was. */
export interface TakenBack {
  id: bigint;
  teamId: bigint;
}

/** Retracts a row of an incident; says where it may not be, and null where the viewer sees none. */
export async function retractChild(
  tx: Tx,
  viewer: Viewer,
  what: keyof typeof RETRACTABLE,
  id: bigint,
  incidentId: bigint,
  by: Taker,
  reason: string | null,
): Promise<TakenBack[] | 'not yours' | null> {
  const table = Prisma.raw(RETRACTABLE[what]);
  const seen = what === 'Suspect' ? suspects(viewer) : what === 'Report' ? reports(viewer) : evidence(viewer);
  const row = Prisma.raw({ Suspect: 's', Report: 'r', Evidence: 'e' }[what]);
  const [found] = await tx.$queryRaw<TakenBack[]>`
    select ${row}.id, ${row}.team_id as "teamId" ${seen} and ${row}.id = ${id} and ${row}.incident_id = ${incidentId}
      and ${row}.retracted_at is null`;
  if (found === undefined) return null;
  if (!by.any && !by.teamIds.includes(found.teamId)) return 'not yours';
  await tx.$executeRaw`
    update ${table} set retracted_at = now(), retracted_by = ${by.actorId}, retraction_reason = ${reason} where id = ${id}`;
  return [found];
}

/** Retracts what links an incident with another node: its edges to it, or the relations with another incident. */
export async function retractLinks(
  tx: Tx,
  viewer: Viewer,
  link: 'edge' | 'related_incident',
  incidentId: bigint,
  otherId: bigint,
  by: Taker,
  reason: string | null,
): Promise<TakenBack[] | 'not yours' | null> {
  const where =
    link === 'edge'
      ? Prisma.sql`edge x where x.downstream = ${incidentId} and x.upstream = ${otherId}`
      : Prisma.sql`related_incident x where x.incident_id = ${incidentId} and x.other_id = ${otherId}`;
  const rows = await tx.$queryRaw<TakenBack[]>`
    select x.id, x.team_id as "teamId" from ${where} and x.retracted_at is null and ${visible(viewer, 'x')}
      and exists (select 1 from node o where o.id = ${otherId} and ${visible(viewer, 'o')})`;
  if (rows.length === 0) return null;
  const mine = rows.filter((row) => by.any || by.teamIds.includes(row.teamId));
  if (mine.length === 0) return 'not yours';
  await tx.$executeRaw`
    update ${Prisma.raw(link)} set retracted_at = now(), retracted_by = ${by.actorId}, retraction_reason = ${reason}
    where id = any(${mine.map((row) => row.id)}::bigint[])`;
  return mine;
}
