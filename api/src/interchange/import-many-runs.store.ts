import type { Tx } from '../platform/database.ts';
import type { BulkProgress } from './bulk/bulk-progress.ts';
import type { ImportReport } from './import.ts';

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
