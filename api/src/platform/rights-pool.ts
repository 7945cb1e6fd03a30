// The second wall: statements run in a transaction that says for whom they read, and row-level security does the rest.
import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import { type Connected, connectionPool, type Limits } from './connection.ts';

/** The value of the setting `headwater.viewer`: 'all', an actor with their teams as '12 {1,4}', or '' for the anonymous. */
export type Rights = string & { readonly rights: unique symbol };

export const SEES_ALL = 'all' as Rights;
export const SEES_PUBLIC = '' as Rights;

export function memberRights(actorId: bigint, teamIds: readonly bigint[]): Rights {
  return `${actorId} {${teamIds.join(',')}}` as Rights;
}

/** A connection sends what it is asked at once, and not when what came before was answered (pg's types lack it). */
const PIPELINE: pg.PoolConfig & { pipeline: boolean } = { pipeline: true };

const reading = new AsyncLocalStorage<Rights>();

/** Runs `work`, each of whose statements sees what `rights` allow. */
export function readingWith<T>(rights: Rights, work: () => PromiseLike<T>): Promise<T> {
  // Prisma's promises begin when they are awaited, so they are awaited where the rights hold.
  return reading.run(rights, async () => await work());
}

/** A connection pool whose statements carry the rights they were asked with; without any, they see what is public. */
export function rightsPool(url: string, limits: Limits, config: pg.PoolConfig): pg.Pool {
  const pool = connectionPool(url, limits, { ...config, ...PIPELINE });
  // A connection that the server closes while idle is replaced by the pool; the next statement tells if it can't.
  pool.on('error', () => undefined);
  // Prisma's driver reads every moment as one of UTC, whatever zone the server writes it in.
  pool.on('connect', (client) => void client.query("set time zone 'UTC'").catch(() => undefined));
  const plainly = pool.query.bind(pool) as Query;
  const query: Query = (...asked) => {
    const rights = reading.getStore();
    return rights === undefined ? plainly(...asked) : queryWith(pool, rights, asked);
  };
  pool.query = query as pg.Pool['query'];
  return pool;
}

/** One of the many forms of pg's query: the one that its adapter for Prisma uses. */
type Query = (...asked: [config: pg.QueryConfig]) => Promise<pg.QueryResult>;

/** Runs one statement that sees what `rights` allow. */
export async function queryWith(
  pool: pg.Pool,
  rights: Rights,
  asked: Parameters<Query>,
): Promise<pg.QueryResult> {
  const client = await pool.connect();
  let failure: Error | boolean = false;
  // A connection that breaks tells so by the failing statement too; unheard, this would end the process.
  const broken = (error: Error) => {
    failure = error;
  };
  client.on('error', broken);
  try {
    // All three are sent at once (the pool's connections pipeline), in one round trip: the first is a simple query, which
    // takes no parameters. Where it fails, the second finds its transaction aborted; where that fails, the third undoes.
    const { stream } = (client as unknown as Connected).connection;
    const sent: Promise<pg.QueryResult>[] = [];
    stream.cork();
    try {
      sent.push(client.query(`begin; select speak_for(${client.escapeLiteral(rights)})`));
      sent.push(client.query(...asked));
    } finally {
      sent.push(client.query('commit'));
      stream.uncork();
    }
    const [begun, answer, ended] = await Promise.allSettled(sent);
    for (const one of [begun, answer, ended]) if (one?.status === 'rejected') throw one.reason;
    return (answer as PromiseFulfilledResult<pg.QueryResult>).value;
  } finally {
    client.removeListener('error', broken);
    client.release(failure);
  }
}
