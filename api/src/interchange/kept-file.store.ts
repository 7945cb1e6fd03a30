import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { SealedObject } from '../platform/vault.ts';
import { TELLS_OF_RESTRICTED } from './import.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

/** Whether an import succeeded and has no file yet. */
export async function selectIfUnkept(db: Reader, importId: bigint): Promise<boolean> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select id from import where id = ${importId} and status = 'SUCCEEDED' and sealed_object_id is null`;
  return rows.length > 0;
}

/** Throws KeptAlready where somebody was quicker. */
export async function updateKept(tx: Tx, importId: bigint, keptAs: bigint): Promise<void> {
  const changed = await tx.$executeRaw`
    update import set sealed_object_id = ${keptAs} where id = ${importId} and sealed_object_id is null`;
  if (changed === 0) throw new KeptAlready();
}

/** Undoes the transaction that would have kept a file twice. */
export class KeptAlready extends Error {}

interface ObjectColumns {
  objectName: string;
  masterKeyId: string;
  wrappedKey: Uint8Array;
}

const OBJECT = Prisma.sql`o.name as "objectName", o.master_key_id as "masterKeyId", o.wrapped_key as "wrappedKey"`;

function withObject<R extends ObjectColumns>(
  row: R,
): Omit<R, keyof ObjectColumns> & { object: SealedObject } {
  const { objectName, masterKeyId, wrappedKey, ...rest } = row;
  return { ...rest, object: { name: objectName, masterKeyId, wrappedKey } };
}

/** A file that is kept, with what opens it. */
export interface KeptFileRow {
  id: bigint;
  fileName: string;
  format: string;
  digest: string;
  bytes: bigint;
  /** Read only with a reason: the import, or an eval run that it tells of, is for named people alone. */
  restricted: boolean;
  teamId: bigint;
  object: SealedObject;
}

/** The files of imports that the viewer may see; `restricted` as far as they see what the file tells of. */
export async function selectKeptFiles(db: Reader, viewer: Viewer, ids: Ids): Promise<KeptFileRow[]> {
  const rows = await db.$queryRaw<(Omit<KeptFileRow, 'object'> & ObjectColumns)[]>`
    select i.id, i.file_name as "fileName", i.format, i.digest, i.bytes, i.team_id as "teamId",
      (i.visibility = 'RESTRICTED' or ${TELLS_OF_RESTRICTED}) as restricted,
      ${OBJECT}
    from import i join sealed_object o on o.id = i.sealed_object_id
    where i.id = any(${[...ids]}::bigint[]) and i.status = 'SUCCEEDED' and ${visible(viewer, 'i')}`;
  return rows.map(withObject);
}

/** Where the transcript of a sample is to be read from. */
export interface SampleSourceRow {
  id: bigint;
  sampleId: string;
  epoch: number;
  importId: bigint;
  format: string;
  bytes: bigint;
  placeOffset: bigint | null;
  placeLength: bigint | null;
  /** Read only with a reason: the eval run or its file is for named people alone. */
  restricted: boolean;
  object: SealedObject | null;
}

/** The files behind samples, as far as the viewer may see the eval run and the import that it was read from. */
export async function selectSampleSources(
  db: Reader,
  viewer: Viewer,
  sampleIds: Ids,
): Promise<SampleSourceRow[]> {
  const rows = await db.$queryRaw<
    (Omit<SampleSourceRow, 'object'> & Omit<ObjectColumns, 'objectName'> & { objectName: string | null })[]
  >`
    select s.id, s.sample_id as "sampleId", s.epoch, i.id as "importId", i.format, i.bytes,
      s.place_offset as "placeOffset", s.place_length as "placeLength",
      (i.visibility = 'RESTRICTED' or n.visibility = 'RESTRICTED') as restricted, ${OBJECT}
    from eval_sample s join node n on n.id = s.eval_run_id join eval_run r on r.node_id = n.id
    join import i on i.id = r.import_id left join sealed_object o on o.id = i.sealed_object_id
    where s.id = any(${[...sampleIds]}::bigint[]) and ${visible(viewer, 'n')} and ${visible(viewer, 'i')}`;
  return rows.map(({ objectName, masterKeyId, wrappedKey, ...row }) => ({
    ...row,
    object: objectName === null ? null : { name: objectName, masterKeyId, wrappedKey },
  }));
}

/** What a kept file is opened by. */
export interface Restriction {
  /** The import, or an eval run of it that the viewer sees, is for named people alone. */
  restricted: boolean;
  /** Something that the file tells of is, whoever brought that in. */
  tellsOfRestricted: boolean;
  format: string;
  fileName: string;
  digest: string;
  teamId: bigint;
  /** The eval runs of it that the viewer sees. */
  runIds: bigint[];
}

/** Of an import that the viewer may see and whose file is kept; null where there is none. */
export async function selectRestriction(
  db: Reader,
  viewer: Viewer,
  importId: bigint,
): Promise<Restriction | null> {
  const rows = await db.$queryRaw<Restriction[]>`
    select i.format, i.file_name as "fileName", i.digest, i.team_id as "teamId",
      (i.visibility = 'RESTRICTED' or coalesce(bool_or(r.visibility = 'RESTRICTED'), false)) as restricted,
      ${TELLS_OF_RESTRICTED} as "tellsOfRestricted",
      coalesce(array_agg(r.id) filter (where r.id is not null), '{}') as "runIds"
    from import i left join lateral (
      select n.id, n.visibility from eval_run e join node n on n.id = e.node_id
      where e.import_id = i.id and ${visible(viewer, 'n')}) r on true
    where i.id = ${importId} and i.status = 'SUCCEEDED' and i.sealed_object_id is not null and ${visible(viewer, 'i')}
    group by i.id`;
  return rows[0] ?? null;
}

export interface ImportRevealRow {
  id: bigint;
  importId: bigint;
  reason: string;
  expiresAt: Date;
  actorId: bigint;
  recordedAt: Date;
}

const REVEAL = Prisma.sql`r.id, r.import_id as "importId", r.reason, r.expires_at as "expiresAt", r.actor_id as "actorId",
  r.recorded_at as "recordedAt"`;
const reveals = (viewer: Viewer) => Prisma.sql`
  from import_reveal r join import i on i.id = r.import_id where ${visible(viewer, 'r')} and ${visible(viewer, 'i')}`;

export const selectImportReveals = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<ImportRevealRow[]>`select ${REVEAL} ${reveals(viewer)} and r.id = any(${[...ids]}::bigint[])`;

export const selectRevealsOfImports = (db: Reader, viewer: Viewer, importIds: Ids) =>
  db.$queryRaw<ImportRevealRow[]>(
    cappedPer(
      'importId',
      Prisma.sql`select ${REVEAL} ${reveals(viewer)} and r.import_id = any(${[...importIds]}::bigint[])
        order by r.id desc`,
    ),
  );

/** Whether this reveal is the viewer's own, of this import, and not over. */
export async function isOpenImportReveal(
  db: Reader,
  viewer: Viewer,
  reveal: { id: bigint; importId: bigint },
): Promise<boolean> {
  if (viewer.kind === 'anonymous') return false;
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select r.id ${reveals(viewer)} and r.id = ${reveal.id} and r.import_id = ${reveal.importId}
      and r.actor_id = ${viewer.actorId} and r.expires_at > now()`;
  return rows.length > 0;
}

export async function insertImportReveal(
  tx: Tx,
  reveal: { importId: bigint; reason: string; lastsMs: number; teamId: bigint; actorId: bigint },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into import_reveal (import_id, reason, expires_at, visibility, team_id, actor_id)
    values (${reveal.importId}, ${reveal.reason}, now() + ${reveal.lastsMs}::int * interval '1 millisecond',
      'TEAM', ${reveal.teamId}, ${reveal.actorId})
    returning id`;
  return row.id;
}
