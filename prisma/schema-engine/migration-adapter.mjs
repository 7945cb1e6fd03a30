import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
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

const CHAR = 18;
const TEXT = 25;

/**
 * The driver adapter with two repairs. Its script runner splits a script at every semicolon, which cuts function
 * bodies in two: a simple query without parameters takes the whole script. And it does not know the type "char"
 * of the system catalogues: these columns are read as single characters.
 */
function repaired(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  let characters = [];
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    const fields = result.fields ?? [];
    characters = fields.flatMap((field, i) => (field.dataTypeID === CHAR ? [i] : []));
    for (const i of characters) fields[i].dataTypeID = TEXT;
    return result;
  };
  // The engine asks one thing at a time, so the columns noted are this query's.
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const i of characters) result.columnTypes[i] = ColumnTypeEnum.Character;
    return result;
  };
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

/**
 * The engine asks any database for its version at its start, also where all it compares is files. It is told the
 * least version that is supported; whatever it asks next is refused.
 */
function withoutDatabase(adapter) {
  const refuse = async () => {
    throw new Error('No database is named. Set DATABASE_URL.');
  };
  const queryRaw = async ({ sql }) => {
    if (!sql.includes('server_version_num')) return refuse();
    return {
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 15.0', 150000]],
    };
  };
  return Object.assign(adapter, { queryRaw, executeRaw: refuse, executeScript: refuse });
}

/** Gives the schema engine its connections, to the database and to throw-away shadow databases. */
export class MigrationAdapterFactory {
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';
  shadows = [];

  constructor(url) {
    this.url = url;
  }

  async connect() {
    // The engine connects at its start, for work that needs no database too; the pool itself connects lazily.
    if (!this.url) return withoutDatabase(await new PrismaPg({}).connect());
    // One connection, so that session settings and advisory locks hold from one statement to the next.
    return repaired(await new PrismaPg({ connectionString: this.url, max: 1 }).connect());
  }

  /** The original connects its "shadow" to the main database; this one makes a real one and drops it. */
  async connectToShadowDb() {
    if (!this.url) throw new Error('A difference from migrations needs a server. Set DATABASE_URL.');
    const name = `headwater_shadow_${randomUUID()}`;
    await withClient(this.url, (client) => client.query(`create database ${quoted(name)}`));
    const factory = new PrismaPg({ connectionString: databaseUrl(this.url, name), max: 1 });
    const adapter = repaired(await factory.connect());
    const dispose = adapter.dispose.bind(adapter);
    let dropped;
    const drop = async () => {
      await dispose();
      await withClient(this.url, (client) => client.query(`drop database if exists ${quoted(name)}`));
    };
    adapter.dispose = async () => {
      dropped ??= drop();
      await dropped;
    };
    this.shadows.push(adapter);
    return adapter;
  }

  /** The engine forgets its shadow databases without disposing of them. */
  async dropShadows() {
    for (const adapter of this.shadows.splice(0)) await adapter.dispose();
  }
}
