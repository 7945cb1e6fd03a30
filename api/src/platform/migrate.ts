import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import {
  BRIEF,
  bearSilence,
  connectClient,
  type Limits,
  leaveClient,
  SilentDatabase,
  withinLimits,
} from './connection.ts';
import { grantToApp } from './database-grants.ts';

/** A reason, in one sentence, why the database was left as it was. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

export type DeployOptions = {
  /** The folder of migrations; the repository's own unless told. */
  folder?: string;
  /** False where `folder` holds fewer than the repository's: what is granted names columns of them all. */
  grants?: false;
  /** Hears the name of each migration when it is in. */
  onApplied?(name: string): void;
  /** Shorter than BRIEF and MIGRATING say: of what stands around a migration, and of a migration itself. */
  longest?: { brief?: Partial<Limits>; migrating?: Partial<Limits> };
};

type Migration = { name: string; sql: string; checksum: string };
type AppliedRow = { migration_name: string; checksum: string; finished_at: Date | null };

const FOLDER = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

// The key that Prisma's own engine takes, so that its command line and this wait for each other.
const PRISMA_LOCK = 72707369;
const LOCK_WAIT_MS = 60_000;

/**
 * A migration may build an index of many rows, and waits for as long as a batch of an import may hold a table. One that is
 * known to need longer says so itself, by its own `set local`.
 */
const MIGRATING: Limits = {
  ...BRIEF,
  statement: 60 * 60_000,
  lockWait: 10 * 60_000,
  // Of all its statements together: the server may answer them in one piece.
  silence: 6 * 60 * 60_000,
};

// Exactly Prisma's table, so that its command line takes over where this leaves off.
const HISTORY = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(`${folder}/${name}/migration.sql`);
      return { name, sql: sql.toString('utf8'), checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

function refuseBadHistory(migrations: readonly Migration[], applied: readonly AppliedRow[]): void {
  const half = applied.find((row) => row.finished_at === null);
  if (half) {
    throw new MigrationError(
      `The migration ${half.migration_name} was begun and not finished: put the database back from a backup, or finish it by hand and say so with "npx prisma migrate resolve".`,
    );
  }
  for (const row of applied) {
    const known = migrations.find((migration) => migration.name === row.migration_name);
    if (!known) {
      throw new MigrationError(
        `The database holds the migration ${row.migration_name}, which this version of Headwater does not know: run the version that made it, or a later one.`,
      );
    }
    if (known.checksum !== row.checksum) {
      throw new MigrationError(
        `The migration ${row.migration_name} was edited after it was applied: restore its file as it was.`,
      );
    }
  }
}

async function apply(
  client: pg.Client,
  migration: Migration,
  { brief, migrating }: { brief: Limits; migrating: Limits },
): Promise<void> {
  const id = randomUUID();
  try {
    await client.query(`begin; ${withinLimits(migrating)}`);
    await client.query('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
      id,
      migration.checksum,
      migration.name,
    ]);
    bearSilence(client, migrating.silence);
    await client.query(migration.sql).finally(() => bearSilence(client, brief.silence));
    await client.query(
      'update _prisma_migrations set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1',
      [id],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    if (error instanceof SilentDatabase)
      throw new MigrationError(
        `The migration ${migration.name} did not come to its end: ${error.message} See whether it is in "_prisma_migrations" when the database answers again.`,
        { cause: error },
      );
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`The migration ${migration.name} failed and changed nothing: ${reason}.`, {
      cause: error,
    });
  }
}

async function takeLock(client: pg.Client): Promise<void> {
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      PRISMA_LOCK,
    ]);
    if (rows[0]?.taken) return;
    if (Date.now() > deadline)
      throw new MigrationError(
        'Another process has been migrating this database for a minute: try again when it is done.',
      );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Applies the migrations that the database lacks, each in a transaction of its own, as `prisma migrate deploy`
 * would, without its engine; then grants the app role, where it exists, what it needs. Throws MigrationError.
 */
export async function deployMigrations(
  databaseUrl: string,
  options: DeployOptions = {},
): Promise<{ applied: string[] }> {
  const migrations = readMigrations(options.folder ?? FOLDER);
  const brief = { ...BRIEF, ...options.longest?.brief };
  const migrating = { ...MIGRATING, ...options.longest?.migrating };
  const client = await connectClient(databaseUrl, { name: 'headwater-migrate', limits: brief });
  try {
    await takeLock(client);
    await client.query("set client_min_messages = 'warning'");
    await client.query(HISTORY);
    const { rows } = await client.query<AppliedRow>(
      'select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null',
    );
    refuseBadHistory(migrations, rows);
    const done = new Set(rows.map((row) => row.migration_name));
    const applied: string[] = [];
    for (const migration of migrations) {
      if (done.has(migration.name)) continue;
      await apply(client, migration, { brief, migrating });
      applied.push(migration.name);
      options.onApplied?.(migration.name);
    }
    if (options.grants !== false) await grantToApp(client);
    return { applied };
  } finally {
    await leaveClient(client);
  }
}
