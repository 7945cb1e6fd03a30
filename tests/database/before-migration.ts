// A database as it was before a migration, to be filled as people filled it then.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { inject } from 'vitest';
import { deployMigrations } from '../../api/src/platform/migrate.ts';

const repository = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

export interface OlderDatabase {
  client: pg.Client;
  /** Inserts a row and answers its id. */
  one(sql: string, values?: unknown[]): Promise<number>;
  /** The same of a row that is somebody's, by its columns. */
  insert(table: string, by: By, values: Record<string, unknown>): Promise<number>;
  /** A person in a team of the same name. */
  person(team: string): Promise<By>;
  /** Brings it up to date; the names of the migrations that this took. */
  migrate(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface By {
  teamId: number;
  actorId: number;
}

/** With all migrations whose names come before `migration`. */
export async function databaseBefore(migration: string): Promise<OlderDatabase> {
  const name = `before_${migration.slice(0, 14)}_${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), 'headwater-before-'));
  await onServer(`create database ${name}`);
  for (const each of readdirSync(repository))
    if (each < migration) cpSync(join(repository, each), join(folder, each), { recursive: true });
  await deployMigrations(urlOf(name), { folder, grants: false });
  const client = await connected(name);
  await client.query("select set_config('headwater.viewer', 'all', false)");
  const one = async (sql: string, values: unknown[] = []) =>
    Number((await client.query<{ id: string }>(`${sql} returning id`, values)).rows[0]!.id);
  return {
    client,
    one,
    insert(table, { teamId, actorId }, values) {
      const row: Record<string, unknown> = { ...values, team_id: teamId, actor_id: actorId };
      const names = Object.keys(row);
      const places = names.map((_, i) => `$${i + 1}`);
      return one(
        `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`,
        Object.values(row),
      );
    },
    person: async (team) => ({
      teamId: await one('insert into team (namespace, name) values ($1, $1)', [team]),
      actorId: await one("insert into actor (kind, name) values ('PERSON', $1)", [team]),
    }),
    migrate: async () => (await deployMigrations(urlOf(name))).applied,
    async close() {
      await client.end();
      await onServer(`drop database ${name} with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const urlOf = (database: string) => {
  const { port, superuser } = inject('postgres');
  return `postgresql://postgres:${superuser}@127.0.0.1:${port}/${database}`;
};

async function connected(database: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  return client;
}

async function onServer(sql: string): Promise<void> {
  const server = await connected('postgres');
  await server.query(sql);
  await server.end();
}
