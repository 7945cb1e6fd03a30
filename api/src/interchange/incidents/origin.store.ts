// What catalogues say of incidents, and the imports that brought it.
import type { Viewer } from '../../access/viewer.ts';
import { visible } from '../../access/visibility.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { cappedPer } from '../../platform/capped-sql.ts';
import type { Db, Tx } from '../../platform/database.ts';
import type { ImportReport, ImportStatus } from '../import.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { Catalogue, PlannedRecord } from './planned-incident.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

/** Ends an import that is running; false where it has come to its end already. */
export async function endImport(
  tx: Tx,
  id: bigint,
  { status, error, report }: { status: ImportStatus; error: string | null; report: ImportReport },
): Promise<boolean> {
  const ended = await tx.$executeRaw`
    update import set status = ${status}::import_status, error = ${error}, report = ${JSON.stringify(report)}::text::jsonb,
      finished_at = clock_timestamp()
    where id = ${id} and status = 'RUNNING'`;
  return ended === 1;
}

export interface HeldOrigin {
  incidentId: bigint;
  key: string;
  part: string;
  externalId: string | null;
  contentDigest: string;
  content: JsonObject;
}

const HELD = Prisma.sql`o.incident_id as "incidentId", i.key, o.part, o.external_id as "externalId",
  o.content_digest as "contentDigest", o.content`;
const held = (viewer: Viewer, teamId: bigint, catalogue: Catalogue) => Prisma.sql`
  from incident_origin o join node n on n.id = o.incident_id join incident i on i.node_id = n.id
  where o.team_id = ${teamId} and n.team_id = ${teamId} and o.catalogue = ${catalogue} and n.retracted_at is null
    and i.key is not null and ${visible(viewer, 'n')}`;

/** What the team has brought in of these ids, oldest first, as far as the viewer sees the incidents. */
export const selectHeld = (
  tx: Reader,
  viewer: Viewer,
  teamId: bigint,
  catalogue: Catalogue,
  externalIds: readonly string[],
) =>
  tx.$queryRaw<HeldOrigin[]>`select ${HELD} ${held(viewer, teamId, catalogue)}
    and o.external_id = any(${[...externalIds]}::text[]) order by o.id`;

/** The same of records that have no id, by what they say. */
export const selectHeldByDigest = (
  tx: Reader,
  viewer: Viewer,
  teamId: bigint,
  catalogue: Catalogue,
  digests: readonly string[],
) =>
  tx.$queryRaw<HeldOrigin[]>`select ${HELD} ${held(viewer, teamId, catalogue)}
    and o.external_id is null and o.content_digest = any(${[...digests]}::text[]) order by o.id`;

/** The incidents that list a report of the press by its number. */
export const selectListing = (tx: Reader, viewer: Viewer, teamId: bigint, numbers: readonly number[]) =>
  tx.$queryRaw<{ reportNumber: number; incidentId: bigint }[]>`
    select distinct listed.number::int as "reportNumber", o.incident_id as "incidentId"
    from (select * from incident_origin where team_id = ${teamId} and catalogue = 'AIID' and part = 'incident'
      and jsonb_typeof(content->'reports') = 'array') o
    cross join lateral jsonb_array_elements_text(o.content->'reports') listed(number)
    join node n on n.id = o.incident_id
    where listed.number = any(${numbers.map(String)}::text[]) and n.team_id = ${teamId} and n.retracted_at is null
      and ${visible(viewer, 'n')} order by 1, 2`;

/**
 * Whether an incident has what a record says already, and the addresses of all reports that it has or had, as far as the
 * viewer sees them: what is added tells which are not there. Records are seen with their incident.
 */
export async function selectKnown(
  tx: Reader,
  viewer: Viewer,
  incidentId: bigint,
  contentDigest: string,
): Promise<{ said: boolean; urls: string[] }> {
  const [row] = await tx.$queryRaw<[{ said: boolean; urls: string[] }]>`
    select exists (select from incident_origin where incident_id = ${incidentId} and content_digest = ${contentDigest}) as said,
      coalesce((select array_agg(r.url) from report r
        where r.incident_id = ${incidentId} and r.url is not null and ${visible(viewer, 'r')}), '{}') as urls`;
  return row;
}

/** Whether somebody is seen to have related two incidents by these words already, in whichever direction. */
export async function isRelated(
  tx: Reader,
  viewer: Viewer,
  one: bigint,
  other: bigint,
  relation: string,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ found: boolean }]>`
    select exists (select from related_incident r where r.relation = ${relation} and ${visible(viewer, 'r')}
      and (r.incident_id, r.other_id) in ((${one}::bigint, ${other}::bigint), (${other}::bigint, ${one}::bigint))) as found`;
  return row.found;
}

export async function insertOrigin(
  tx: Tx,
  by: { teamId: bigint; actorId: bigint },
  origin: { incidentId: bigint; importId: bigint; record: PlannedRecord },
): Promise<void> {
  const { catalogue, part, externalId, url, content, contentDigest } = origin.record;
  await tx.$executeRaw`
    insert into incident_origin (incident_id, catalogue, part, external_id, url, content, content_digest, import_id,
      team_id, actor_id)
    values (${origin.incidentId}, ${catalogue}, ${part}, ${externalId}, ${url}, ${JSON.stringify(content)}::text::jsonb,
      ${contentDigest}, ${origin.importId}, ${by.teamId}, ${by.actorId})`;
}

export interface OriginRow {
  id: bigint;
  incidentId: bigint;
  catalogue: Catalogue;
  part: string;
  externalId: string | null;
  url: string | null;
  content: JsonObject;
  /** Null where it was recorded otherwise. */
  importId: bigint | null;
  recordedAt: Date;
}

export const selectOriginsOf = (db: Reader, viewer: Viewer, incidentIds: Ids) =>
  db.$queryRaw<OriginRow[]>(
    cappedPer(
      'incidentId',
      Prisma.sql`
    select o.id, o.incident_id as "incidentId", o.catalogue, o.part, o.external_id as "externalId", o.url, o.content,
      o.import_id as "importId", o.recorded_at as "recordedAt"
    from incident_origin o join node n on n.id = o.incident_id
    where o.incident_id = any(${[...incidentIds]}::bigint[]) and ${visible(viewer, 'n')} order by o.id`,
    ),
  );

/** The incidents that imports made or added to, as node ids, in the order of the file. */
export const selectIncidentsOfImports = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<{ importId: bigint; incidentId: bigint }[]>(
    cappedPer(
      'importId',
      Prisma.sql`
    select x."importId", x."incidentId" from (
      select o.import_id as "importId", o.incident_id as "incidentId", min(o.id) as first from incident_origin o
      where o.import_id = any(${[...ids]}::bigint[]) group by 1, 2) x
    join node n on n.id = x."incidentId" where ${visible(viewer, 'n')} order by x.first`,
    ),
  );
