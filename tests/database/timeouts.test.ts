import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from '../../api/src/platform/database.ts';
import { type FreshDatabase, freshDatabase } from '../testkit/database.ts';

const SOON = 200;
const LATE = 20_000;

describe('what holds on to the database for too long is ended', () => {
  let database: FreshDatabase;
  const opened: Database[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    for (const db of opened) await db.close();
    await database.drop();
  });

  function open(options: DatabaseOptions = {}): Database {
    const db = openDatabase(database.appUrl, { poolSize: 2, ...options });
    opened.push(db);
    return db;
  }
  const sleep = (db: Pick<Database, '$queryRawUnsafe'>, ms: number) =>
    db.$queryRawUnsafe(`select pg_sleep(${ms / 1000})::text`);
  const stillAnswers = async (db: Database) =>
    expect(await db.$queryRaw`select 1 as one`).toEqual([{ one: 1 }]);

  it('by limits that every connection has', async () => {
    const [limits] = await open().$queryRaw<object[]>`
      select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
        current_setting('idle_in_transaction_session_timeout') as idle`;
    expect(limits).toEqual({ statement: '1min', lock: '20s', idle: '1min' });
  });

  it('a statement', async () => {
    const db = open({ longest: { statement: SOON } });
    await expect(sleep(db, LATE)).rejects.toThrow(/statement timeout/);
    await stillAnswers(db);
  });

  it('a wait for a lock', async () => {
    const db = open({ longest: { lockWait: SOON } });
    const lock = 'select pg_advisory_xact_lock(1)::text';
    await db.$transaction(async (holds) => {
      await holds.$queryRawUnsafe(lock);
      await expect(db.$transaction((waits) => waits.$queryRawUnsafe(lock))).rejects.toThrow(/lock timeout/);
    });
    await stillAnswers(db);
  });

  it('a transaction that does nothing, whose connection is replaced', async () => {
    const db = open({ longest: { idleTransaction: SOON } });
    const idle = db.$transaction(
      async (tx) => {
        const [own] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
        await untilGone(own!.pid);
        await tx.$queryRaw`select 1 as one`;
      },
      { timeout: LATE },
    );
    await expect(idle).rejects.toThrow();
    await stillAnswers(db);
  });

  it('a wait for a connection', async () => {
    const db = open({ poolSize: 1, longest: { connecting: SOON } });
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`select 1 as one`;
      await expect(db.$queryRaw`select 1 as one`).rejects.toThrow(/timeout|connect/i);
    });
    await stillAnswers(db);
  });

  it('a connection that nobody wants, though not while its reader turns the page', async () => {
    const db = open({ poolSize: 1 });
    const pid = async () => (await db.$queryRaw<[{ pid: number }]>`select pg_backend_pid() as pid`)[0].pid;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const first = await pid();
      vi.advanceTimersByTime(4 * 60_000);
      expect(await pid()).toBe(first);
      vi.advanceTimersByTime(6 * 60_000);
      expect(await pid()).not.toBe(first);
    } finally {
      vi.useRealTimers();
    }
  });

  async function untilGone(pid: number): Promise<void> {
    const db = open();
    for (let left = [{}]; left.length > 0; )
      left = await db.$queryRaw<object[]>`select 1 from pg_stat_activity where pid = ${pid}`;
  }
});
