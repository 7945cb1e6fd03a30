// A database that holds one world after the other. Rows are put in as they are, past every trigger, so that ids and
// times are the same in both worlds of a pair; the clock, the dice and the installation's keys stand
// still.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import type { Context, Services } from '../../../api/src/context.ts';
import { statementNames } from '../../../api/src/platform/statement-names.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { databaseOn } from '../../testkit/database-on.ts';
import type { TestServer } from '../../testkit/global-setup.ts';
import { Remembered } from '../ask/remembered.ts';
import { NOW } from './generate.ts';
import { inserts } from './inserts.ts';
import { PLANNING } from './plans.ts';
import type { World } from './rows.ts';

export interface WorldDatabase {
  services: Services;
  /** As the API speaks to it. */
  databaseUrl: string;
  /** Makes the database hold this world and nothing else. */
  load(world: World): Promise<void>;
  /** The same for what is only read until `willChange`: nothing is done where the database holds such a world already. */
  hold(world: World): Promise<void>;
  /** Said before what is held is changed. */
  willChange(): void;
  /** Said once it was changed and is only read from here on, until another world is held. */
  wasChanged(): void;
  /** Of a request of the viewer. */
  context(viewer: Viewer): Context;
  /** A digest of all rows that somebody's question could bring about. */
  digest(): Promise<string>;
  /** Rows of anything, as the superuser reads them. */
  read<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

const KEPT = ['_prisma_migrations', 'installation', 'edge_rule'];
export const FIRST_NEW_ID = 1_000_000;
/** Which rows of a table nobody's question brings about: the lineage in memory marks once a minute how far it is. */
const UNASKED: Readonly<Record<string, string>> = { lineage_feed: `where t.changed <> 'mark'` };

/** Not rewound: the mark of each minute may draw from it just before, and its number would be drawn again. */
const OF_THE_FEED = 'lineage_feed_seq_seq';

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

/** After so many loads what they deleted is cleared away; new statistics mean new plans, so not more often. */
const LOADS_TO_VACUUM = 200;

/** A connection's plans: statements of worlds are many, and few are new. */
const PLANS_KEPT = 1_500;

/** In bytes; a world is small. */
const LINEAGE_MEMORY = 64 * 1024 ** 2;

export async function worldDatabase(server: TestServer): Promise<WorldDatabase> {
  const database = await databaseOn(server);
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  await settle(client);
  const { empty, digest } = await statementsOfAllTables(client);
  const dataFolder = await mkdtemp(join(tmpdir(), 'headwater-worlds-'));
  const open = async (poolSize: number, lineageMemory: number) => {
    const opened = await openServices({
      databaseUrl: database.nearUrl,
      dataFolder,
      poolSize,
      statementName: statementNames({ most: PLANS_KEPT, after: 2 }),
      lineageMemory,
    });
    // Sealed cursors hold a random nonce; what they hold is compared.
    return { ...opened, cursors: OPEN_CURSORS };
  };
  // A change reads beside its transaction; for what is only read, one connection plans each statement once.
  const [services, beside] = await Promise.all([open(2, LINEAGE_MEMORY), open(1, 0)]);
  const reading = { ...beside, resident: services.resident };
  let held: { rows: string; remembered: Remembered } | null = null;
  let loads = 0;
  const put = async (rows: string) => {
    held = null;
    await client.query(`begin;${empty}${rows}commit`);
    // The rows went in past the triggers that tell of them.
    await services.resident?.reload();
    loads += 1;
    if (loads % LOADS_TO_VACUUM === 0) await client.query('vacuum');
  };
  return {
    services,
    databaseUrl: database.nearUrl,
    load: (world) => put(inserts(world)),
    async hold(world) {
      const rows = inserts(world);
      if (rows === held?.rows) return;
      await put(rows);
      held = { rows, remembered: new Remembered() };
    },
    willChange() {
      held = null;
    },
    wasChanged() {
      held = { rows: '', remembered: new Remembered() };
    },
    context(viewer) {
      if (held !== null) return held.remembered.context(reading, viewer);
      return requestContext(services, viewer, { requestId: 'asked' });
    },
    async digest() {
      return (await client.query<{ digest: string }>(digest)).rows[0]?.digest ?? '';
    },
    async read<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
      return (await client.query<R>(sql, values)).rows;
    },
    async close() {
      await Promise.all([services.close(), beside.close()]);
      await client.end();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The settings of whoever connects from now on, and the clock, the dice and the keys. */
async function settle(client: pg.Client): Promise<void> {
  // Names of functions are looked for in `public` first, so that its `random` is the one that draws.
  const settings = { search_path: 'public, pg_catalog', ...PLANNING };
  for (const [name, value] of Object.entries(settings))
    await client.query(
      `alter database ${client.escapeIdentifier(client.database ?? '')} set ${name} = ${value}`,
    );
  await client.query(STANDING_STILL);
}

async function statementsOfAllTables(client: pg.Client): Promise<{ empty: string; digest: string }> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       and relname <> all($1) order by relname`,
    [KEPT],
  );
  const { rows: sequences } = await client.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
       and relname <> $1`,
    [OF_THE_FEED],
  );
  // What is made later has the same ids in both worlds.
  const rewind = sequences.map(({ name }) => `select setval('${name}', ${FIRST_NEW_ID}, false);`);
  const rows = tables.map(
    ({ name }) => `select '${name}' || t::text as line from ${name} t ${UNASKED[name] ?? ''}`,
  );
  return {
    empty: [...tables.map(({ name }) => `delete from ${name};`), ...rewind].join(''),
    digest: `select md5(string_agg(line, e'\\n' order by line)) as digest from (${rows.join(' union all ')}) all_rows`,
  };
}

const OPEN_CURSORS: Services['cursors'] = {
  seal: (of, values) => Buffer.from(JSON.stringify([of, ...values])).toString('base64url'),
  open(of, cursor) {
    try {
      const [sealedFor, ...values] = JSON.parse(
        Buffer.from(cursor, 'base64url').toString('utf8'),
      ) as string[];
      return sealedFor === of ? values : null;
    } catch {
      return null;
    }
  },
};
