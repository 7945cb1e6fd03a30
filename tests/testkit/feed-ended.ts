import { expect } from 'vitest';
import type { Db } from '../../api/src/platform/database.ts';

/** Resolves once all that is in the lineage's feed has ended: transactions of other databases of the server count, too. */
export async function feedEnded(records: Db): Promise<void> {
  const ended = async () => {
    const [row] = await records.$queryRaw<{ ended: boolean }[]>`
      select coalesce(bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())), true) as ended from lineage_feed`;
    return row!.ended;
  };
  await expect.poll(ended, { timeout: 30_000 }).toBe(true);
}
