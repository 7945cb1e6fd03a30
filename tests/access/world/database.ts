// A database that holds one world after the other. Rows are put in as they are, past every trigger, so that ids and
// times are the same in both worlds of a pair; the clock, the dice and the installation's keys stand
// still.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Services } from '../../../api/src/context.ts';
import { openServices } from '../../../api/src/services.ts';
import { freshDatabase } from '../../testkit/database.ts';
import { NOW } from './generate.ts';
import type { Row, World } from './rows.ts';

export interface WorldDatabase {
  services: Services;
  /** As the API speaks to it. */
  databaseUrl: string;
  load(world: World): Promise<void>;
  /** Rows of anything, as the superuser reads them. */
  read<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

const KEPT = ['_prisma_migrations', 'installation', 'edge_rule'];
const FIRST_NEW_ID = 1_000_000;

const STANDING_STILL = `
  create or replace function recording_moment() returns timestamptz language sql volatile
    as $$ select '${NOW.toISOString()}'::timestamptz $$;
  create or replace function certain_moment() returns timestamptz language sql volatile
    as $$ select '${NOW.toISOString()}'::timestamptz $$;
  create function random() returns double precision language sql as $$ select 0.5::float8 $$;
  create function standing_still() returns trigger language plpgsql as $$ begin
    new.updated_at := '${NOW.toISOString()}';
    if new.submitted_at > '${NOW.toISOString()}' then new.submitted_at := '${NOW.toISOString()}'; end if;
    return new;
  end $$;
  create trigger z_standing_still before insert or update on incident for each row execute function standing_still();
  do $do$ declare c record; begin
    for c in select table_name as t, column_name as n from information_schema.columns
      where table_schema = 'public' and column_default = 'CURRENT_TIMESTAMP' loop
      execute format('alter table %I alter column %I set default %L', c.t, c.n, '${NOW.toISOString()}');
    end loop;
  end $do$;
  set session_replication_role = replica;
  update installation set global_id_key = sha256('world ids'), token_key = sha256('world tokens');`;

export async function worldDatabase(onStatement?: (sql: string) => void): Promise<WorldDatabase> {
  const { superuser } = inject('postgres');
  const database = await freshDatabase();
  const url = new URL(database.url);
  url.username = 'postgres';
  url.password = superuser;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  // Names of functions are looked for in `public` first, so that its `random` is the one that draws.
  const { pathname } = new URL(database.url);
  await client.query(`alter database "${pathname.slice(1)}" set search_path = public, pg_catalog`);
  await client.query(STANDING_STILL);
  const { rows: tables } = await client.query<{ table: string }>(
    `select relname as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all($1)`,
    [KEPT],
  );
  const { rows: sequences } = await client.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'`,
  );
  const empty = tables.map(({ table }) => `delete from "${table}";`).join('');
  // What is made later has the same ids in both worlds.
  const rewind = sequences.map(({ name }) => `select setval('${name}', ${FIRST_NEW_ID}, false);`).join('');
  const dataFolder = await mkdtemp(join(tmpdir(), 'headwater-worlds-'));
  const services = await openServices({
    databaseUrl: database.appUrl,
    dataFolder,
    poolSize: 4,
    lineageMemory: 64 * 1024 ** 2,
    ...(onStatement === undefined ? {} : { onStatement }),
  });
  return {
    // Sealed cursors hold a random nonce; what they hold is compared.
    services: { ...services, cursors: OPEN_CURSORS },
    databaseUrl: database.appUrl,
    async load(world) {
      await client.query(`begin;${empty}${rewind}${inserts(world)}commit`);
      // The rows went in past the triggers that tell of them.
      await services.resident?.reload();
    },
    async read<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
      return (await client.query<R>(sql, values)).rows;
    },
    async close() {
      await services.close();
      await client.end();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

const OPEN_CURSORS: Services['cursors'] = {
  seal: (values) => Buffer.from(JSON.stringify(values)).toString('base64url'),
  open(cursor) {
    try {
      return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as string[];
    } catch {
      return null;
    }
  },
};

/** Tables whose rows have no id of their own, or have their node's. */
const WITHOUT_ID = new Set([
  'source',
  'dataset_version',
  'transformation',
  'model_version',
  'training_run',
  'eval_run',
  'incident',
  'incident_behavior',
  'hypothesis_suspect',
  'membership',
  'audience_member',
]);

function inserts(world: World): string {
  const byTable = new Map<string, Row[]>();
  for (const row of world) byTable.set(row.table, [...(byTable.get(row.table) ?? []), row]);
  return [...byTable]
    .map(([table, rows]) => {
      const values = rows.map((row) => (WITHOUT_ID.has(table) ? row.values : { id: row.id, ...row.values }));
      const columns = [...new Set(values.flatMap((one) => Object.keys(one)))]
        .map((name) => `"${name}"`)
        .join(', ');
      const json = JSON.stringify(values).replaceAll("'", "''");
      return `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", '${json}');`;
    })
    .join('');
}
