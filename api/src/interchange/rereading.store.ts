import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';
import { foundSeen, type ReadingChange, type RunMade } from './import-reading.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;

/** A file of many eval runs that is being read again: how far that has come. */
export interface RereadingRow {
  id: bigint;
  importId: bigint;
  /** Eval runs that the file tells of. */
  runs: number;
  /** Of them, those that were gone through, since it was last asked for. */
  read: number;
  /** Those that say something else than before, and are recorded beside what was. */
  made: number;
  /** Why it was broken off; null where it goes on, or where the server stopped. */
  error: string | null;
  actorId: bigint;
  recordedAt: Date;
}

/** What the reading will tell when it is whole. */
export interface Gathered {
  newestBefore: bigint;
  made: number;
  changes: ReadingChange[];
  warnings: string[];
  /** The runs of other files that it was found to say. */
  found: bigint[];
}

/** In place of what others were told: it was worded by what they see of the record. */
const OTHERS_WERE_TOLD = 'Part of it was read for somebody else, who was told what rests on the record.';

/** The warnings, as somebody may hear them who is not whoever they were gathered for. */
const warningsFor = (actorId: bigint) => Prisma.sql`
  case when import_rereading.actor_id = ${actorId} or import_rereading.warnings = '[]'
    then import_rereading.warnings else jsonb_build_array(${OTHERS_WERE_TOLD}::text) end`;

/** Begins it, or has what was broken off go on. */
export async function openRereading(tx: Tx, importId: bigint, runs: number, actorId: bigint): Promise<void> {
  await tx.$executeRaw`
    insert into import_rereading (import_id, newest_before, runs, actor_id)
    select ${importId}, coalesce(max(id), 0), ${runs}::int, ${actorId} from node
    on conflict (import_id) do update set runs = excluded.runs, read = 0, error = null, actor_id = excluded.actor_id,
      warnings = ${warningsFor(actorId)}`;
}

export async function selectOpenRereading(db: Reader, importId: bigint): Promise<bigint | null> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select id from import_rereading where import_id = ${importId}`;
  return rows[0]?.id ?? null;
}

/** What was gathered so far, as it is told to whoever goes on with it; null where it has come to its end. */
export async function selectGathered(tx: Tx, id: bigint, actorId: bigint): Promise<Gathered | null> {
  const rows = await tx.$queryRaw<Gathered[]>`
    select newest_before as "newestBefore", made, changes, found_runs as found, ${warningsFor(actorId)} as warnings
    from import_rereading where id = ${id}`;
  return rows[0] ?? null;
}

/**
 * Says, in the transaction of a batch, what came of it, how far the reading has come, and who runs it: somebody else may
 * have asked for it meanwhile, to whom what is gathered is not worded.
 */
export async function moveRereading(
  tx: Tx,
  id: bigint,
  read: number,
  gathered: Gathered,
  actorId: bigint,
): Promise<void> {
  const { made, changes, warnings, found } = gathered;
  await tx.$executeRaw`
    update import_rereading set read = ${read}::int, made = ${made}::int,
      changes = ${JSON.stringify(changes)}::text::jsonb,
      warnings = ${JSON.stringify(warnings)}::text::jsonb, found_runs = ${found}::bigint[], actor_id = ${actorId}
    where id = ${id}`;
}

/** Keeps why it is gone on with no more: whoever ran it is told. */
export async function breakRereadingOff(tx: Tx, id: bigint, error: string, actorId: bigint): Promise<void> {
  await tx.$executeRaw`
    update import_rereading set error = ${error}, warnings = ${warningsFor(actorId)}, actor_id = ${actorId}
    where id = ${id}`;
}

/** Ends it; false where it has ended already. */
export async function closeRereading(tx: Tx, id: bigint): Promise<boolean> {
  return (await tx.$executeRaw`delete from import_rereading where id = ${id}`) === 1;
}

/** The runs that a reading of the file has made since it began, the first first. */
export const selectMadeSince = (tx: Tx, importId: bigint, newestBefore: bigint, most: number) =>
  tx.$queryRaw<RunMade[]>`
    select n.id, n.name, n.visibility::text as visibility from eval_run r join node n on n.id = r.node_id
    where r.import_id = ${importId} and n.id > ${newestBefore} order by n.id limit ${most}::int`;

/** Of these runs, those that a reading of the file has made since it began. */
export async function selectMadeAmong(
  tx: Tx,
  importId: bigint,
  newestBefore: bigint,
  ids: readonly bigint[],
): Promise<Set<bigint>> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select node_id as id from eval_run where node_id = any(${[...ids]}::bigint[])
      and import_id = ${importId} and node_id > ${newestBefore}`;
  return new Set(rows.map((row) => row.id));
}

/** Those of imports and found runs that the viewer may see: whether all that the file tells of is another question. */
export const selectRereadings = (db: Reader, viewer: Viewer, importIds: readonly bigint[]) =>
  db.$queryRaw<RereadingRow[]>`
    select r.id, r.import_id as "importId", r.runs, r.read, r.made, r.error, r.actor_id as "actorId",
      r.recorded_at as "recordedAt"
    from import_rereading r join import i on i.id = r.import_id
    where r.import_id = any(${[...importIds]}::bigint[]) and ${visible(viewer, 'i')} and ${foundSeen(viewer, 'r')}`;
