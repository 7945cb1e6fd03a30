import type { Principal, Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { LOCKS } from '../platform/advisory-locks.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { ImportReport, ImportRow, ImportStatus } from './import.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

export interface NewImport {
  format: string;
  fileName: string;
  digest: string;
  bytes: number;
  visibility: VisibilityWord;
}

interface By {
  teamId: bigint;
  actorId: bigint;
}

/**
 * Lets the imports of a team write one after another until the transaction ends, so that two of them never make
 * the same evaluation, model or run twice. Asked first, before anything that holds others up.
 */
export async function takeTurn(tx: Tx, teamId: bigint): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCKS.imports}::int, hashint8(${teamId}::bigint))`;
}

export interface EarlierImport {
  id: bigint;
  status: ImportStatus;
  actorId: bigint;
}

/**
 * The team's import of these bytes that did not fail, as far as who sends them sees it: their own before a colleague's.
 * None of lines, which has a way of its own.
 */
export async function selectEarlier(
  db: Reader,
  sender: Principal,
  teamId: bigint,
  digest: string,
): Promise<EarlierImport | null> {
  const rows = await db.$queryRaw<EarlierImport[]>`
    select i.id, i.status::text as status, i.actor_id as "actorId" from import i
    where i.team_id = ${teamId} and i.digest = ${digest} and i.status <> 'FAILED'
      and i.format !~ '^(lineage|documents)-' and ${visible(sender, 'i')}
    order by i.actor_id = ${sender.actorId} desc, i.id limit 1`;
  return rows[0] ?? null;
}

/** An earlier failure of the same person with the same bytes for the same reason. */
export async function selectFailure(
  db: Reader,
  by: By,
  digest: string,
  error: string,
): Promise<bigint | null> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select id from import where team_id = ${by.teamId} and digest = ${digest} and status = 'FAILED'
      and actor_id = ${by.actorId} and error = ${error} order by id desc limit 1`;
  return rows[0]?.id ?? null;
}

/** `keptAs` is the sealed object that holds the file; null where it is not kept. */
export async function insertImport(
  tx: Tx,
  by: By,
  file: NewImport,
  keptAs: bigint | null = null,
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into import (format, file_name, digest, bytes, status, visibility, sealed_object_id, team_id, actor_id)
    values (${file.format}, ${file.fileName}, ${file.digest}, ${file.bytes}::bigint, 'RUNNING',
      ${file.visibility}::visibility, ${keptAs}::bigint, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}

export async function insertFailure(
  tx: Tx,
  by: By,
  file: NewImport,
  { error, report }: { error: string; report: ImportReport | null },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into import (format, file_name, digest, bytes, status, error, report, visibility, team_id, actor_id, finished_at)
    values (${file.format}, ${file.fileName}, ${file.digest}, ${file.bytes}::bigint, 'FAILED', ${error},
      ${report === null ? null : JSON.stringify(report)}::text::jsonb, ${file.visibility}::visibility, ${by.teamId}, ${by.actorId}, clock_timestamp())
    returning id`;
  return row.id;
}

export async function finishImport(tx: Tx, id: bigint, report: ImportReport): Promise<void> {
  await tx.$executeRaw`
    update import set status = 'SUCCEEDED', report = ${JSON.stringify(report)}::jsonb, finished_at = clock_timestamp()
    where id = ${id}`;
}

export interface NamedRun {
  id: bigint;
  name: string;
  runIdentity: string | null;
  contentDigest: string | null;
  visibility: VisibilityWord;
  seen: boolean;
}

/** The eval runs that hold these names in the team's namespace now, and whether the viewer may see them. */
export function selectRunsNamed(
  tx: Tx,
  viewer: Viewer,
  teamId: bigint,
  names: readonly string[],
): Promise<NamedRun[]> {
  return tx.$queryRaw<NamedRun[]>`
    select n.id, n.name, r.metadata->>'runIdentity' as "runIdentity", r.metadata->>'contentDigest' as "contentDigest",
      n.visibility::text as visibility, ${visible(viewer, 'n')} as seen
    from node n join team t on t.namespace = n.namespace left join eval_run r on r.node_id = n.id
    where t.id = ${teamId} and n.kind = 'EVAL_RUN' and n.name = any(${[...names]}::text[]) and n.retracted_at is null`;
}

/** Names that an import would use and that are held in the team's namespace by what the viewer may not see. */
export async function selectHidden(
  tx: Tx,
  viewer: Viewer,
  teamId: bigint,
  names: Partial<Record<'model' | 'dataset' | 'evaluation' | 'grader' | 'behavior', readonly string[]>>,
): Promise<string[]> {
  const held = Object.entries(names).map(([table, wanted]) => {
    return Prisma.sql`select x.name from ${Prisma.raw(table)} x join team t on t.namespace = x.namespace
      where t.id = ${teamId} and x.name = any(${[...wanted]}::text[]) and not ${visible(viewer, 'x')}`;
  });
  const rows = await tx.$queryRaw<{ name: string }[]>`${Prisma.join(held, ' union all ')}`;
  return rows.map((row) => row.name);
}

const COLUMNS = Prisma.sql`i.id, i.format, i.file_name as "fileName", i.digest, i.bytes, i.status::text as status, i.error,
  i.report, i.progress, i.visibility::text as visibility, i.actor_id as "actorId", i.recorded_at as "recordedAt",
  i.finished_at as "finishedAt"`;

export function selectImports(db: Reader, viewer: Viewer, ids: Ids): Promise<ImportRow[]> {
  return db.$queryRaw<ImportRow[]>`
    select ${COLUMNS} from import i where i.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'i')}`;
}

export function selectImportsOfRuns(
  db: Reader,
  viewer: Viewer,
  runIds: Ids,
): Promise<(ImportRow & { runId: bigint })[]> {
  return db.$queryRaw<(ImportRow & { runId: bigint })[]>`
    select r.node_id as "runId", ${COLUMNS} from eval_run r
    join node n on n.id = r.node_id join import i on i.id = r.import_id
    where r.node_id = any(${[...runIds]}::bigint[]) and ${visible(viewer, 'n')} and ${visible(viewer, 'i')}`;
}

/** The eval runs that imports made, as node ids. */
export function selectRunsOfImports(
  db: Reader,
  viewer: Viewer,
  ids: Ids,
): Promise<{ importId: bigint; runId: bigint }[]> {
  return db.$queryRaw<{ importId: bigint; runId: bigint }[]>`
    select r.import_id as "importId", r.node_id as "runId" from eval_run r join node n on n.id = r.node_id
    where r.import_id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'n')} order by r.node_id`;
}

const listOf = (of: 'report' | 'progress', name: string) =>
  Prisma.sql`select x::bigint
    from jsonb_array_elements_text(coalesce(i.${Prisma.raw(of)}->${name}::text, '[]'::jsonb)) x`;

/** The runs and incidents that a file tells of, whoever brought those in: `i` is its import. */
const TOLD_OF = Prisma.sql`from node n where n.id in (
  select r.node_id from eval_run r where r.import_id = i.id
  union select o.incident_id from incident_origin o where o.import_id = i.id
  union select (i.report->>'recordedBefore')::bigint
  union ${listOf('report', 'runsRecordedBefore')} union ${listOf('report', 'incidentsRecordedBefore')}
  union ${listOf('progress', 'runsRecordedBefore')})`;

/** Whether something that a file tells of is for named people alone. */
export const TELLS_OF_RESTRICTED = Prisma.sql`exists (select 1 ${TOLD_OF} and n.visibility = 'RESTRICTED')`;

/** How many things the file of each import tells of, as far as the viewer sees them; null counts all that there are. */
export const countToldOf = (db: Reader, viewer: Viewer | null, ids: Ids) =>
  db.$queryRaw<{ id: bigint; told: number }[]>`
    select i.id, (select count(*)::int ${TOLD_OF} and ${viewer === null ? Prisma.sql`true` : visible(viewer, 'n')}) as told
    from import i where i.id = any(${[...ids]}::bigint[]) and ${viewer === null ? Prisma.sql`true` : visible(viewer, 'i')}`;

/** The behaviours that versions of rules measured in some runs, by the ids of both. */
export async function selectMeasuredBy(tx: Tx, runIds: Ids, versionIds: Ids): Promise<Map<string, string[]>> {
  const rows = await tx.$queryRaw<{ version: string; behaviors: string[] }[]>`
    select m.scoring_rule_version_id::text as version, array_agg(distinct m.behavior_id::text) as behaviors
    from measurement m where m.eval_run_id = any(${[...runIds]}::bigint[])
      and m.scoring_rule_version_id = any(${[...versionIds]}::bigint[]) group by 1`;
  return new Map(rows.map(({ version, behaviors }) => [version, behaviors]));
}
