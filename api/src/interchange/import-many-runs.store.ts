import type { Tx } from '../platform/database.ts';
import type { BulkProgress } from './bulk/bulk-progress.ts';
import type { ImportReport, ImportStatus } from './import.ts';

interface Held {
  id: bigint;
  status: ImportStatus;
  actorId: bigint;
}

/** The team's import of these bytes that did not fail, whoever may see it; none of lines, which has a way of its own. */
export async function selectHeldImport(
  db: Pick<Tx, '$queryRaw'>,
  teamId: bigint,
  digest: string,
): Promise<Held | null> {
  const rows = await db.$queryRaw<Held[]>`
    select id, status::text as status, actor_id as "actorId" from import
    where team_id = ${teamId} and digest = ${digest} and status <> 'FAILED' and format !~ '^(lineage|documents)-'`;
  return rows[0] ?? null;
}

/** Says, in the transaction of a batch, how far an import has come. */
export async function moveBatches(tx: Tx, id: bigint, progress: BulkProgress): Promise<void> {
  await tx.$executeRaw`
    update import set progress = ${JSON.stringify(progress)}::text::jsonb where id = ${id} and status = 'RUNNING'`;
}

/** Ends an import, whose report then says what its progress did; false where it has ended already. */
export async function endBatches(
  tx: Tx,
  id: bigint,
  ended: { status: 'SUCCEEDED' | 'FAILED'; error: string | null; report: ImportReport },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update import set status = ${ended.status}::text::import_status, error = ${ended.error}, progress = null,
      report = ${JSON.stringify(ended.report)}::text::jsonb, finished_at = clock_timestamp()
    where id = ${id} and status = 'RUNNING'`;
  return changed === 1;
}
