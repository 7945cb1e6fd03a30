import type { Db } from '../../api/src/platform/database.ts';

/** Resolves once as many transactions in the database wait for a lock that another holds as have begun and not ended. */
export async function untilWaiting(records: Db, ...begun: readonly Promise<unknown>[]): Promise<void> {
  let going = begun.length;
  const settle = () => {
    going -= 1;
  };
  for (const one of begun) one.then(settle, settle);
  const waiting = () => records.$queryRaw<unknown[]>`
    select distinct l.pid from pg_locks l join pg_stat_activity a using (pid)
    where a.datname = current_database() and not l.granted`;
  while ((await waiting()).length < going) await new Promise((resolve) => setTimeout(resolve, 10));
}
