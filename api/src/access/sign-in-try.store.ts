import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';

type Runner = Pick<Tx | Db, '$queryRaw' | '$executeRaw'>;

export interface CountedTry {
  key: Uint8Array;
  at: Date;
  /** Failures within the window, this one included. */
  failures: number;
  /** Seconds until the earliest of them is forgotten. */
  wait: number;
}

const recent = (times: Prisma.Sql, seconds: number) =>
  Prisma.sql`array(select f from unnest(${times}) f where f > now() - make_interval(secs => ${seconds}) order by f)`;

/** Counts a try as a failure, in a row that nobody else counts in until the end of the transaction. */
export async function insertTry(tx: Tx, key: Uint8Array, windowSeconds: number): Promise<CountedTry> {
  const [row] = await tx.$queryRaw<[Omit<CountedTry, 'key'>]>`
    insert into sign_in_try as t (key, failed_at, last_at) values (${Buffer.from(key)}, array[now()], now())
    on conflict (key) do update set
      failed_at = ${recent(Prisma.sql`t.failed_at`, windowSeconds)} || excluded.failed_at, last_at = excluded.last_at
    returning last_at as at, cardinality(failed_at) as failures,
      ceil(extract(epoch from failed_at[1] - now()) + ${windowSeconds})::int as wait`;
  return { key, ...row };
}

/** Takes this one failure back. */
export async function forgiveTry(db: Runner, counted: Pick<CountedTry, 'key' | 'at'>): Promise<void> {
  const position = Prisma.sql`array_position(failed_at, ${counted.at}::timestamptz(3))`;
  await db.$executeRaw`
    update sign_in_try set failed_at = failed_at[:${position} - 1] || failed_at[${position} + 1:]
    where key = ${Buffer.from(counted.key)} and ${position} is not null`;
}

export async function deleteTries(db: Runner, key: Uint8Array): Promise<void> {
  await db.$executeRaw`delete from sign_in_try where key = ${Buffer.from(key)}`;
}

const MOST_AT_ONCE = 100;

/** Forgets some of those who have not failed within the window; passes over those who are trying right now. */
export async function deleteOldTries(db: Runner, windowSeconds: number): Promise<void> {
  await db.$executeRaw`
    delete from sign_in_try where key in (
      select key from sign_in_try where last_at < now() - make_interval(secs => ${windowSeconds})
      order by last_at limit ${MOST_AT_ONCE}::int for update skip locked)`;
}
