// The second wall: statements run in a transaction that says for whom they read, and row-level security does the rest.
import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import { type Connected, connectionPool, type Limits } from './connection.ts';
import type { Rights } from './rights.ts';
import { ask, prepareFor, StatementFor } from './statement-for.ts';

/** A connection sends what it is asked at once, and not when what came before was answered (pg's types lack it). */
const PIPELINE: pg.PoolConfig & { pipeline: boolean } = { pipeline: true };

const reading = new AsyncLocalStorage<Rights>();

/** Runs `work`, each of whose statements sees what `rights` allow. */
export function readingWith<T>(rights: Rights, work: () => PromiseLike<T>): Promise<T> {
  // Prisma's promises begin when they are awaited, so they are awaited where the rights hold.
  return reading.run(rights, async () => await work());
}

/** Whether the pool's connections keep what they were asked to prepare: behind some poolers they cannot. */
type RightsPoolConfig = pg.PoolConfig & { prepares: boolean };

/** A connection pool whose statements carry the rights they were asked with; without any, they see what is public. */
export function rightsPool(
  url: string,
  limits: Limits,
  { prepares, ...config }: RightsPoolConfig,
): RightsPool {
  const pool = connectionPool(url, limits, { ...config, ...PIPELINE });
  // A connection that the server closes while idle is replaced by the pool; the next statement tells if it can't.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    // Prisma's driver reads every moment as one of UTC, whatever zone the server writes it in.
    client.query("set time zone 'UTC'").catch(() => undefined);
    // A connection that nobody could be spoken for on is of no use, and another may be.
    if (prepares) prepareFor(client).catch((error) => streamOf(client).destroy(error));
  });
  const plainly = pool.query.bind(pool) as Query;
  const queryWith = (rights: Rights, asked: pg.QueryConfig) =>
    query(pool, new StatementFor(rights, prepares, asked));
  const reads: Query = (asked) => {
    const rights = reading.getStore();
    return rights === undefined ? plainly(asked) : queryWith(rights, asked);
  };
  return Object.assign(pool, { query: reads as pg.Pool['query'], queryWith });
}

/** Runs one statement that sees what `rights` allow. */
type QueryWith = (rights: Rights, asked: pg.QueryConfig) => Promise<pg.QueryResult>;

export type RightsPool = pg.Pool & { queryWith: QueryWith };

/** One of the many forms of pg's query: the one that its adapter for Prisma uses. */
type Query = (asked: pg.QueryConfig) => Promise<pg.QueryResult>;

const streamOf = (client: pg.ClientBase) => (client as unknown as Connected).connection.stream;

async function query(pool: pg.Pool, statement: StatementFor): Promise<pg.QueryResult> {
  const client = await pool.connect();
  let failure: Error | boolean = false;
  // A connection that breaks tells so by the failing statement too; unheard, this would end the process.
  const broken = (error: Error) => {
    failure = error;
  };
  client.on('error', broken);
  try {
    return await ask(client, statement);
  } catch (error) {
    // Whether the connection has outlived what failed on it: the server tells that it ends it, and only then does so.
    await client.query('').catch(broken);
    throw error;
  } finally {
    client.removeListener('error', broken);
    client.release(failure);
  }
}
