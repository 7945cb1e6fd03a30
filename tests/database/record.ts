import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { databaseError } from '../../api/src/platform/database-error.ts';
import { type FreshDatabase, freshDatabase } from '../testkit/database.ts';

export type Connection = pg.Client;

/** A database for the file's tests, and connections to it that close with it. */
export function useDatabase() {
  const opened: pg.Client[] = [];
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    await Promise.all(opened.map((client) => client.end().catch(() => undefined)));
    await database.drop();
  });
  const connect = async (url: string, viewer = 'all') => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query("select set_config('headwater.viewer', $1, false)", [viewer]);
    opened.push(client);
    return client;
  };
  return {
    /** As the owner of the tables. */
    owner: () => connect(database.url),
    /** As the API, on its own account or for whom it reads: see rights-pool.ts. */
    app: (viewer = 'all') => connect(database.appUrl, viewer),
    url: () => database.url,
    appUrl: () => database.appUrl,
  };
}

let made = 0;

/** Records a node with a name of its own; gives its id. */
export async function node(client: Connection, kind: string): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `insert into node (kind, name, version, team_id, actor_id)
     select $1, $2, null, t.id, a.id from team t, actor a where t.namespace = '' and a.kind = 'SYSTEM'
     returning id`,
    [kind, `${kind.toLowerCase()}-${++made}`],
  );
  return Number(rows[0]?.id);
}

export async function nodes(client: Connection, kind: string, count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await node(client, kind));
  return ids;
}

export type EdgeParts = {
  kind?: string;
  amount?: number | null;
  unit?: string | null;
  epochs?: number | null;
  composition?: number | null;
};

/** Records an edge, a derivation unless told; gives its id. */
export async function edge(
  client: Connection,
  downstream: number,
  upstream: number,
  parts: EdgeParts = {},
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `insert into edge (kind, downstream, upstream, amount, amount_unit, epochs, composition_id, team_id, actor_id)
     select $1, $2, $3, $4, $5, $6, $7, t.id, a.id from team t, actor a
     where t.namespace = '' and a.kind = 'SYSTEM' returning id`,
    [
      parts.kind ?? 'DERIVED_FROM',
      downstream,
      upstream,
      parts.amount ?? null,
      parts.unit ?? null,
      parts.epochs ?? null,
      parts.composition ?? null,
    ],
  );
  return Number(rows[0]?.id);
}

export async function composition(
  client: Connection,
  of: number,
  unit: string,
  total: number | null = null,
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `insert into composition (node_id, unit, total, team_id, actor_id)
     select $1, $2, $3, t.id, a.id from team t, actor a where t.namespace = '' and a.kind = 'SYSTEM' returning id`,
    [of, unit, total],
  );
  return Number(rows[0]?.id);
}

export const retract = (client: Connection, table: string, id: number) =>
  client.query(
    `update ${table} set retracted_by = (select id from actor where kind = 'SYSTEM'), retraction_reason = 'wrong' where id = $1`,
    [id],
  );

/** What the database said of a refused statement; null where it went through. */
export async function refusal(work: Promise<unknown>) {
  try {
    await work;
    return null;
  } catch (error) {
    const told = databaseError(error);
    if (told === null) throw error;
    return told;
  }
}

export const code = async (work: Promise<unknown>) => (await refusal(work))?.code ?? 'accepted';
