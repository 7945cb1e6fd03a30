// The rows of bulk imports: begun, taken up again, moved on with each batch, and ended.
import { Prisma } from '../../generated/prisma/client.ts';
import type { BulkConnection } from '../../platform/bulk-connection.ts';
import type { Db, Tx } from '../../platform/database.ts';
import type { NewImport } from '../import.store.ts';
import type { ImportReport, ImportStatus } from '../import.ts';
import { BULK_FORMATS } from './bulk-format.ts';
import type { BulkProgress } from './bulk-progress.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;

interface By {
  teamId: bigint;
  actorId: bigint;
}

export interface HeldImport {
  id: bigint;
  status: ImportStatus;
  format: string;
  fileName: string;
  digest: string;
  bytes: bigint;
  visibility: NewImport['visibility'];
  teamId: bigint;
  actorId: bigint;
  progress: BulkProgress;
}

const HELD = Prisma.sql`select id, status::text as status, format, file_name as "fileName", digest, bytes,
  visibility::text as visibility, team_id as "teamId", actor_id as "actorId", progress from import`;

/** The person's import of these bytes that was not given up. */
export async function selectOwnImport(db: Reader, by: By, digest: string): Promise<HeldImport | null> {
  const rows = await db.$queryRaw<HeldImport[]>`${HELD}
    where team_id = ${by.teamId} and actor_id = ${by.actorId} and digest = ${digest} and status <> 'FAILED'
      and format = any(${[...BULK_FORMATS]}::text[])`;
  return rows[0] ?? null;
}

export async function selectBulkImport(db: Reader, id: bigint): Promise<HeldImport | null> {
  const rows = await db.$queryRaw<HeldImport[]>`${HELD} where id = ${id}`;
  return rows[0] ?? null;
}

export async function insertBulkImport(
  tx: Tx,
  by: By,
  file: NewImport,
  progress: BulkProgress,
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into import (format, file_name, digest, bytes, status, progress, visibility, team_id, actor_id)
    values (${file.format}, ${file.fileName}, ${file.digest}, ${file.bytes}::bigint, 'RUNNING',
      ${JSON.stringify(progress)}::text::jsonb, ${file.visibility}::visibility, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}

/** Begins anew what had come to its end, from the first line. */
export async function reopenImport(tx: Tx, id: bigint, progress: BulkProgress): Promise<void> {
  await tx.$executeRaw`
    update import set status = 'RUNNING', report = null, finished_at = null,
      progress = ${JSON.stringify(progress)}::text::jsonb where id = ${id}`;
}

/** Moves an import on in the transaction of its batch; false where another process has moved it meanwhile. */
export async function moveOn(
  db: BulkConnection,
  id: bigint,
  from: BulkProgress,
  to: BulkProgress,
): Promise<boolean> {
  const moved = await db.count(Prisma.sql`
    update import set progress = ${JSON.stringify(to)}::text::jsonb
    where id = ${id} and status = 'RUNNING' and (progress->'next'->>'offset')::bigint = ${from.next.offset}`);
  return moved === 1;
}

/** Ends an import; false where it has ended already. */
export async function endImport(
  tx: Tx,
  id: bigint,
  ended: { status: 'SUCCEEDED' | 'FAILED'; error: string | null; report: ImportReport },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update import set status = ${ended.status}::text::import_status, error = ${ended.error},
      report = ${JSON.stringify(ended.report)}::text::jsonb, finished_at = clock_timestamp()
    where id = ${id} and status = 'RUNNING'`;
  return changed === 1;
}
