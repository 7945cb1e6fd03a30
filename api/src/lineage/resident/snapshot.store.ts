// What the database says of a snapshot file: whose it may be, and whether what came after it is still told.
import type pg from 'pg';

type Client = Pick<pg.Client, 'query'>;

/** Which database this is, and how its tables are made: a snapshot of another is none of this one. */
export interface Place {
  /** Of the cluster and in it, as no copy by dump has them. */
  system: string;
  database: string;
  /** Of all migrations: what a migration changes, no trigger tells. */
  migrations: string;
}

/** Null where the database does not say which it is. */
export async function selectPlace(client: Client): Promise<Place | null> {
  try {
    const { rows } = await client.query<Place>(
      `select (select system_identifier::text from pg_control_system()) as system,
         (select oid::text from pg_database where datname = current_database()) as database,
         (select md5(string_agg(migration_name || checksum, ' ' order by migration_name)) from _prisma_migrations
          where finished_at is not null) as migrations`,
    );
    return rows[0] ?? null;
  } catch (error) {
    const mayNot = ['42501', '42883', '42P01'].includes((error as { code?: string }).code ?? '');
    if (mayNot) return null;
    throw error;
  }
}

/** Runs some work in a transaction that sees all: the rights end with it, whoever is given the connection next. */
export async function seeingAll<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query(`begin; select speak_for('all')`);
  try {
    const answer = await work();
    await client.query('commit');
    return answer;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** The SHA-256 of a file as the feed holds it. */
const inWords = (digest: Buffer) => [0, 8, 16, 24].map((at) => String(digest.readBigInt64BE(at)));

/** Marks a file as true: see the migration that made marks. `since` is a transaction, as a decimal. */
export async function markSnapshot(
  client: Client,
  { since, digest, replaced }: { since: string; digest: Buffer; replaced: Snapshot | null },
): Promise<void> {
  const old = replaced === null ? null : [replaced.since, ...inWords(replaced.digest)];
  await client.query('select mark_lineage_snapshot($1::text::xid8, $2::bigint[], $3::bigint[])', [
    since,
    inWords(digest),
    old,
  ]);
}

export interface Snapshot {
  since: string;
  digest: Buffer;
}

/** Whether a file is marked, and how many changed rows the feed tells of since; of all databases, this one decides. */
export async function selectMarked(
  client: Client,
  { since, digest }: Snapshot,
): Promise<{ marked: boolean; changed: number }> {
  const { rows } = await client.query<{ marked: boolean; changed: number }>(
    `select exists (select from lineage_feed where changed = 'mark' and ids = $1::bigint[]) as marked,
       (select coalesce(sum(cardinality(ids)), 0)::float8 from lineage_feed
        where xid >= $2::text::xid8 and changed <> 'mark') as changed`,
    [[since, ...inWords(digest)], since],
  );
  return rows[0]!;
}
