import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';

/** Runs `work` with one connection to `url`, and closes it. */
async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

function databaseUrl(url, database) {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.toString();
}

export const canConnect = (url) => withClient(url, (client) => client.query('select 1'));

/** Creates the database that `url` names, from the server's maintenance database; gives its name. */
export async function createDatabase(url) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await withClient(databaseUrl(url, 'postgres'), (client) => client.query(`create database ${quoted(name)}`));
  return name;
}

/**
 * The driver adapter with its script runner replaced: the original splits a script at every semicolon,
 * which cuts function bodies in two. A simple query without parameters takes the whole script.
 */
function withWholeScripts(adapter) {
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

function withoutDatabase(adapter) {
  const refuse = async () => {
    throw new Error('No database is named. Set DATABASE_URL.');
  };
  return Object.assign(adapter, { queryRaw: refuse, executeRaw: refuse, executeScript: refuse });
}

/** Gives the schema engine its connections, to the database and to throw-away shadow databases. */
export class MigrationAdapterFactory {
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';

  constructor(url) {
    this.url = url;
  }

  async connect() {
    // The engine connects at its start, for work that needs no database too; the pool itself connects lazily.
    if (!this.url) return withoutDatabase(await new PrismaPg({}).connect());
    // One connection, so that session settings and advisory locks hold from one statement to the next.
    return withWholeScripts(await new PrismaPg({ connectionString: this.url, max: 1 }).connect());
  }

  /** The original connects its "shadow" to the main database; this one makes a real one and drops it. */
  async connectToShadowDb() {
    if (!this.url) throw new Error('A difference from migrations needs a server. Set DATABASE_URL.');
    const name = `headwater_shadow_${randomUUID()}`;
    await withClient(this.url, (client) => client.query(`create database ${quoted(name)}`));
    const factory = new PrismaPg({ connectionString: databaseUrl(this.url, name), max: 1 });
    const adapter = withWholeScripts(await factory.connect());
    const dispose = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await dispose();
      await withClient(this.url, (client) => client.query(`drop database if exists ${quoted(name)}`));
    };
    return adapter;
  }
}
