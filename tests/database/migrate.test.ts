import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { deployMigrations, MigrationError } from '../../api/src/platform/migrate.ts';

// Each call of the Prisma command line loads an engine, which takes seconds where others compute too.
vi.setConfig({ testTimeout: 120_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const repository = join(root, 'prisma/migrations');
const folder = mkdtempSync(join(tmpdir(), 'headwater-migrate-'));
const names: string[] = [];

const serverUrl = (database: string) => {
  const { port, superuser } = inject('postgres');
  return `postgresql://postgres:${superuser}@127.0.0.1:${port}/${database}`;
};

async function on<T extends object>(database: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: serverUrl(database) });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function emptyDatabase(): Promise<string> {
  const name = `migrate_${process.pid}_${names.length}`;
  names.push(name);
  await on('postgres', `create database ${name}`);
  return name;
}

const prisma = async (database: string, ...args: string[]) => {
  // The configuration names the engine for the repository's own folder; another one needs to be told.
  const PRISMA_SCHEMA_ENGINE_BINARY = join(root, 'prisma/schema-engine/schema-engine.mjs');
  const own = args.includes('--config') ? { PRISMA_SCHEMA_ENGINE_BINARY } : {};
  const env = { ...process.env, DATABASE_URL: serverUrl(database), PRISMA_HIDE_UPDATE_MESSAGE: '1', ...own };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/prisma/build/index.js'), ...args],
    { cwd: root, env },
  );
  return stdout;
};

/** A folder with the repository's migrations and one more. */
function folderWith(name: string, sql: string): string {
  const copy = join(folder, `${name}-${Math.random()}`);
  cpSync(repository, copy, { recursive: true });
  mkdirSync(join(copy, name));
  writeFileSync(join(copy, name, 'migration.sql'), sql);
  return copy;
}

afterAll(async () => {
  for (const name of names) await on('postgres', `drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

describe('deploying', () => {
  let database: string;
  beforeAll(async () => {
    database = await emptyDatabase();
    await deployMigrations(serverUrl(database));
  });

  it('leaves what the Prisma command line calls up to date, with nothing left to deploy', async () => {
    expect(await prisma(database, 'migrate', 'status')).toContain('Database schema is up to date!');
    expect(await prisma(database, 'migrate', 'deploy')).toContain('No pending migrations to apply.');
  });

  it('leaves no difference to the schema that Prisma can see', async () => {
    const args = ['migrate', 'diff', '--to-schema', 'prisma/schema', '--exit-code'];
    expect(await prisma(database, ...args, '--from-config-datasource')).toContain('No difference detected.');
    expect(await prisma(database, ...args, '--from-migrations', 'prisma/migrations')).toContain(
      'No difference detected.',
    );
    const left = await on(
      'postgres',
      "select datname from pg_database where datname like 'headwater_shadow%'",
    );
    expect(left).toEqual([]);
  });

  it('keeps the same history as the Prisma command line', async () => {
    const byPrisma = await emptyDatabase();
    await prisma(byPrisma, 'migrate', 'deploy');
    const history =
      'select migration_name, checksum, applied_steps_count, logs, rolled_back_at, finished_at is null as half, length(id) as id from _prisma_migrations order by 1';
    const columns =
      "select column_name, data_type, character_maximum_length, is_nullable, column_default from information_schema.columns where table_name = '_prisma_migrations' order by ordinal_position";
    expect(await on(database, history)).toEqual(await on(byPrisma, history));
    expect(await on(database, columns)).toEqual(await on(byPrisma, columns));
    expect((await deployMigrations(serverUrl(byPrisma))).applied).toEqual([]);
  });

  it('applies each migration once where two deploy at once', async () => {
    const shared = await emptyDatabase();
    const results = await Promise.all([
      deployMigrations(serverUrl(shared)),
      deployMigrations(serverUrl(shared)),
    ]);
    const folders = readdirSync(repository, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const applied = results.flatMap((result) => result.applied);
    expect(applied.sort()).toEqual(folders.map((entry) => entry.name).sort());
  });

  it('takes a failed migration back whole, and says so in one sentence', async () => {
    const bad = folderWith('29990101000000_break', 'create table half (); select 1 / 0;');
    await expect(deployMigrations(serverUrl(database), { folder: bad })).rejects.toThrow(
      /^The migration 29990101000000_break failed and changed nothing: division by zero\.$/,
    );
    expect(await on(database, "select to_regclass('half') is null as gone")).toEqual([{ gone: true }]);
    expect(await prisma(database, 'migrate', 'status')).toContain('Database schema is up to date!');
  });
});

describe('refusing', () => {
  const refused = async (database: string, from = repository) => {
    const error = await deployMigrations(serverUrl(database), { folder: from }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(MigrationError);
    return (error as MigrationError).message;
  };

  it('names a half-finished migration', async () => {
    const database = await emptyDatabase();
    await deployMigrations(serverUrl(database));
    await on(database, 'update _prisma_migrations set finished_at = null');
    expect(await refused(database)).toMatch(
      /^The migration \S+_create_headwater was begun and not finished: .+\.$/,
    );
  });

  it('names a migration that was edited after it was applied', async () => {
    const database = await emptyDatabase();
    await deployMigrations(serverUrl(database));
    await on(database, "update _prisma_migrations set checksum = repeat('0', 64)");
    expect(await refused(database)).toMatch(
      /^The migration \S+_create_headwater was edited after it was applied: .+\.$/,
    );
  });

  it('names a migration of a later version', async () => {
    const database = await emptyDatabase();
    await deployMigrations(serverUrl(database), { folder: folderWith('29990101000000_later', 'select 1') });
    expect(await refused(database)).toMatch(/^The database holds the migration 29990101000000_later, .+\.$/);
  });
});

describe('a migration that failed in Prisma’s own command line', () => {
  const NAME = '29990101000000_break';
  const outcome = "select to_regclass('half') is not null as made";
  /** The arguments that point Prisma at another folder than the repository's. */
  function configFor(migrations: string): string[] {
    const file = join(migrations, 'prisma.config.mjs');
    const config = { schema: join(root, 'prisma/schema'), migrations: { path: migrations } };
    const datasource = '{ url: process.env.DATABASE_URL }';
    writeFileSync(file, `export default { ...${JSON.stringify(config)}, datasource: ${datasource} };\n`);
    return ['--config', file];
  }
  const failed = async () => {
    const database = await emptyDatabase();
    await deployMigrations(serverUrl(database));
    const bad = folderWith(NAME, 'create table half (); select 1 / 0;');
    const config = configFor(bad);
    await expect(prisma(database, 'migrate', 'deploy', ...config)).rejects.toThrow(/division by zero/);
    return { database, bad, config };
  };

  it('is shown by both, and applied anew once it is said to be rolled back', async () => {
    const { database, bad, config } = await failed();
    await expect(prisma(database, 'migrate', 'status', ...config)).rejects.toThrow(/29990101000000_break/);
    await expect(deployMigrations(serverUrl(database), { folder: bad })).rejects.toThrow(
      /^The migration 29990101000000_break was begun and not finished: .+prisma migrate resolve.+\.$/,
    );
    await prisma(database, 'migrate', 'resolve', '--rolled-back', NAME, ...config);
    writeFileSync(join(bad, NAME, 'migration.sql'), 'create table half ();');
    expect((await deployMigrations(serverUrl(database), { folder: bad })).applied).toEqual([NAME]);
    expect(await on(database, outcome)).toEqual([{ made: true }]);
    expect(await prisma(database, 'migrate', 'deploy', ...config)).toContain('No pending migrations');
  });

  it('counts as done once it is said to be applied', async () => {
    const { database, bad, config } = await failed();
    await prisma(database, 'migrate', 'resolve', '--applied', NAME, ...config);
    expect((await deployMigrations(serverUrl(database), { folder: bad })).applied).toEqual([]);
    expect(await on(database, outcome)).toEqual([{ made: false }]);
    expect(await prisma(database, 'migrate', 'status', ...config)).toContain('up to date!');
  });
});
