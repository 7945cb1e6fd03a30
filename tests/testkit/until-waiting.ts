import type { Db } from '../../api/src/platform/database.ts';

/** Resolves once a transaction in the database waits for a lock that another holds, or `begun` has not waited. */
export async function untilWaiting(records: Db, begun: Promise<unknown>): Promise<void> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  begun.then(settle, settle);
  const waiting = () => records.$queryRaw<unknown[]>`
    select from pg_locks l join pg_stat_activity a using (pid)
    where a.datname = current_database() and not l.granted`;
  while (!settled && (await waiting()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
}
