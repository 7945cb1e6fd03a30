// What is asked of a database that takes connections and then says nothing more ends in an error that says so.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installationKeys } from '../../api/src/access/access.store.ts';
import { Prisma } from '../../api/src/generated/prisma/client.ts';
import { Follower } from '../../api/src/lineage/resident/follower.ts';
import { BulkConnection } from '../../api/src/platform/bulk-connection.ts';
import { BRIEF, connectClient, leaveClient, SilentDatabase } from '../../api/src/platform/connection.ts';
import { type Database, openDatabase } from '../../api/src/platform/database.ts';
import { isBoundByPolicies } from '../../api/src/platform/database-grants.ts';
import { deployMigrations, MigrationError } from '../../api/src/platform/migrate.ts';
import { SEES_ALL } from '../../api/src/platform/rights.ts';
import { type FreshDatabase, freshDatabase } from '../testkit/database.ts';
import { relayTo } from '../testkit/relay.ts';

const SOON = 300;
const limits = { ...BRIEF, connecting: SOON, silence: SOON };
const SAID = /^The database at 127\.0\.0\.1:\d+ has not answered for 0\.3 seconds\.$/;

let database: FreshDatabase;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  for (const close of closing) await close();
  await database.drop();
});

async function silentAt(pattern: RegExp, url = database.url): Promise<string> {
  const relay = await relayTo(url, { silentAt: pattern });
  closing.unshift(() => relay.close());
  return relay.url;
}

/** What is thrown, or came of it; a promise that never settles ends the test in a timeout. */
const thrown = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error as Error,
  );

describe('of a database that falls silent', () => {
  it('a connection is given up while it is made', async () => {
    const error = await thrown(connectClient(await silentAt(/./s), { name: 'test', limits }));
    expect(error).toBeInstanceOf(SilentDatabase);
    expect(error!.message).toMatch(SAID);
  });

  it('a statement is given up, and so is whatever is asked after it, at once', async () => {
    const client = await connectClient(await silentAt(/select 'hush'/), { name: 'test', limits });
    // A silence that was borne is none that counts, nor the end of counting.
    await new Promise((resolve) => setTimeout(resolve, 2 * SOON));
    const asked = performance.now();
    expect(await thrown(client.query("select 'hush'"))).toBeInstanceOf(SilentDatabase);
    expect(performance.now() - asked).toBeGreaterThan(SOON - 20);
    const begun = performance.now();
    expect(await thrown(client.query('rollback'))).toBeInstanceOf(Error);
    await leaveClient(client);
    expect(performance.now() - begun).toBeLessThan(SOON);
  });

  it('the silence of whoever asks nothing is borne, and an answer that comes by and by is taken', async () => {
    const client = await connectClient(database.url, { name: 'test', limits });
    await new Promise((resolve) => setTimeout(resolve, 3 * SOON));
    // The server sends a row as soon as it fills its buffer; together they take twice as long as silence may.
    const { rows } = await client.query(
      `select repeat('x', 9000) || pg_sleep(0.15)::text as row from generate_series(1, 5)`,
    );
    expect(rows).toHaveLength(5);
    await leaveClient(client);
  });

  it('the start is not kept waiting: not by what it asks of the rights, nor of the keys', async () => {
    const error = await thrown(isBoundByPolicies(await silentAt(/pg_has_role/), limits));
    expect(error).toBeInstanceOf(SilentDatabase);
    const db = openDatabase(await silentAt(/token_key/), { poolSize: 1, longest: limits });
    closing.unshift(() => db.close());
    expect(await causeOf(installationKeys(db))).toMatch(SAID);
  });

  it.each([
    ['takes its lock', /pg_try_advisory_lock/],
    ['reads the history', /select migration_name/],
    ['grants', /grant usage on schema/],
  ])('a migration ends where it %s', async (_, pattern) => {
    const error = await thrown(deployMigrations(await silentAt(pattern), { longest: { brief: limits } }));
    expect(error).toBeInstanceOf(SilentDatabase);
    expect(error!.message).toMatch(SAID);
  });

  it('a migration under way ends with its name, and is not said to have changed nothing', async () => {
    const empty = new URL(database.superuserUrl);
    const superuser = await connectClient(empty.href, { name: 'test' });
    const name = `silent_${process.pid}`;
    await superuser.query(`create database ${name}`);
    try {
      empty.pathname = name;
      const url = await silentAt(/create function/i, empty.href);
      const longest = { brief: { silence: 5_000 }, migrating: { silence: SOON } };
      const error = await thrown(deployMigrations(url, { longest }));
      expect(error).toBeInstanceOf(MigrationError);
      expect(error!.message).toMatch(
        /^The migration \S+ did not come to its end: The database at .+ has not answered/,
      );
    } finally {
      await superuser.query(`drop database ${name} with (force)`);
      await leaveClient(superuser);
    }
  });

  it('a statement of a request is given up, by each of the three ways to ask, and the next is answered', async () => {
    const relay = await relayTo(database.appUrl, { silentAt: /hush/ });
    closing.unshift(() => relay.close());
    const ways: ((db: Database) => Promise<unknown>)[] = [
      (db) => db.$queryRaw`select 'hush'`,
      (db) => db.rows(SEES_ALL, Prisma.sql`select 'hush'`),
      (db) => db.statements(SEES_ALL, (tx) => tx.$queryRaw`select 'hush'`),
    ];
    for (const ask of ways) {
      const db = openDatabase(relay.url, { poolSize: 1, longest: limits });
      expect(await causeOf(ask(db))).toMatch(SAID);
      relay.speak();
      expect(await db.rows(SEES_ALL, Prisma.sql`select 1 as one`)).toEqual([{ one: 1 }]);
      await db.close();
    }
  });

  it('a batch of an import ends, in the middle of its rows too', async () => {
    for (const pattern of [/insert into held/, /copy held/]) {
      const bulk = await BulkConnection.open(await silentAt(pattern), { silence: SOON });
      const error = await thrown(
        bulk.transaction(async () => {
          await bulk.execute('create temporary table held (n int)');
          await bulk.copy('held', ['n'], [[1], [2]]);
          await bulk.execute('insert into held values (3)');
        }),
      );
      expect(error).toBeInstanceOf(SilentDatabase);
      await bulk.close();
    }
  });
});

describe('limits that the server keeps', () => {
  const SETTINGS = `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
    current_setting('idle_in_transaction_session_timeout') as idle`;

  it('are there on every connection', async () => {
    const client = await connectClient(database.url, { name: 'test' });
    expect((await client.query(SETTINGS)).rows).toEqual([{ statement: '1min', lock: '20s', idle: '1min' }]);
    await leaveClient(client);
  });

  it('are longer while the lineage is loaded, and end', async () => {
    const follower = await Follower.connect(database.url, () => undefined);
    const { client } = follower as unknown as { client: Awaited<ReturnType<typeof connectClient>> };
    const told: unknown[] = [];
    const asked = client.query.bind(client) as (...all: unknown[]) => Promise<unknown>;
    client.query = (async (...all: unknown[]) => {
      if (all[0] === 'commit') told.push(((await client.query(SETTINGS)) as { rows: unknown[] }).rows[0]);
      return asked(...all);
    }) as never;
    await follower.load(2 ** 26);
    expect(told).toEqual([{ statement: '10min', lock: '10s', idle: '10min' }]);
    expect((await client.query(SETTINGS)).rows).toEqual([{ statement: '30s', lock: '10s', idle: '1min' }]);
    await follower.close();
  });
});

/** What an error says, or the one it came of: Prisma's driver keeps it as the cause. */
async function causeOf(work: Promise<unknown>): Promise<string> {
  let error: unknown = await thrown(work);
  while (error instanceof Error && error.cause !== undefined && !SAID.test(error.message))
    error = error.cause;
  return error instanceof Error ? error.message : String(error);
}
