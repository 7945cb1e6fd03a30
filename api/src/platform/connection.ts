// The one place that opens connections to Postgres: on none of them is anything waited for without end.
import type { Socket } from 'node:net';
import pg from 'pg';

/** How long each thing may take, in milliseconds. */
export interface Limits {
  /** Until the connection stands, with the user signed in. */
  connecting: number;
  /** A statement, which the server then ends. */
  statement: number;
  /** A wait for a lock, whose statement the server then ends. */
  lockWait: number;
  /** A transaction in which nothing is asked, whose connection the server then ends. */
  idleTransaction: number;
  /** An answer of which nothing comes, not even that it took too long: the connection is then given up. */
  silence: number;
}

/** Of what asks for little: nothing of it takes more than seconds where all is well. */
export const BRIEF: Limits = {
  connecting: 10_000,
  statement: 60_000,
  lockWait: 20_000,
  idleTransaction: 60_000,
  silence: 70_000,
};

/** How long a server may take to say goodbye, in milliseconds. */
const CLOSE_MS = 1_000;

/** The database took a connection, or was about to, and then said nothing more. */
export class SilentDatabase extends Error {
  override name = 'SilentDatabase';

  constructor({ host, port }: { host: string; port: number }, ms: number) {
    super(`The database at ${host}:${port} has not answered for ${ms / 1_000} seconds.`);
  }
}

/** What pg's types keep to themselves: the socket, and whether an answer is awaited from it. */
export interface Connected {
  connection: { stream: Socket };
  readyForQuery: boolean;
}

const settingsOf = (url: string, limits: Limits): pg.ClientConfig => ({
  connectionString: url,
  statement_timeout: limits.statement,
  lock_timeout: limits.lockWait,
  idle_in_transaction_session_timeout: limits.idleTransaction,
  connectionTimeoutMillis: limits.connecting,
  keepAlive: true,
});

/** Connects; `name` is what the database calls the connection. SilentDatabase, or what the server refuses it with. */
export async function connectClient(
  url: string,
  { name, types, limits = BRIEF }: { name: string; types?: pg.CustomTypesConfig; limits?: Limits },
): Promise<pg.Client> {
  const client = new pg.Client({
    ...settingsOf(url, limits),
    application_name: name,
    ...(types && { types }),
  });
  // A connection that breaks tells so by the failing statement too; unheard, this would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await leaveClient(client);
    throw (error as Error).message === 'timeout expired'
      ? new SilentDatabase(client, limits.connecting)
      : error;
  }
  giveUpSilent(client, limits.silence);
  return client;
}

/** A pool of such connections; it connects at the first statement. */
export function connectionPool(url: string, limits: Limits, config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, ...settingsOf(url, limits) });
  pool.on('connect', (client) => giveUpSilent(client, limits.silence));
  return pool;
}

function giveUpSilent(client: pg.ClientBase, ms: number): void {
  const { stream } = (client as unknown as Connected).connection;
  stream.on('timeout', () => {
    // Whoever listens for news, or waits for the next to ask, may hear nothing for as long as it likes.
    if ((client as unknown as Connected).readyForQuery) return;
    stream.destroy(new SilentDatabase(client as pg.Client, stream.timeout ?? ms));
  });
  bearSilence(client, ms);
}

/** From now on, an answer of which nothing comes is waited for so many milliseconds. */
export function bearSilence(client: pg.ClientBase, ms: number): void {
  // Counted anew by whatever is sent or comes, so that an answer may be as long as it is.
  (client as unknown as Connected).connection.stream.setTimeout(ms);
}

/** The statements that give the rest of a transaction other limits than its connection has. */
export const withinLimits = ({ statement, lockWait, idleTransaction }: Limits): string =>
  `set local statement_timeout = ${statement}; set local lock_timeout = ${lockWait};
   set local idle_in_transaction_session_timeout = ${idleTransaction}`;

/** Ends a connection, and waits no longer than a second for a server that does not answer. */
export async function leaveClient(client: pg.Client): Promise<void> {
  const ended = client.end().catch(() => undefined);
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
  (client as unknown as Connected).connection.stream.destroy();
}
