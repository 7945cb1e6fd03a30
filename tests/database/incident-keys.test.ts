import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawKey } from '../../api/src/incident/key.store.ts';
import { boundTo } from '../../api/src/platform/bound-database.ts';
import { type Database, openDatabase } from '../../api/src/platform/database.ts';
import { SEES_ALL } from '../../api/src/platform/rights.ts';
import { type FreshDatabase, freshDatabase } from '../testkit/database.ts';

const YEAR = 2031;
const numbers = (keys: readonly string[]) => keys.map((key) => Number(key.slice('MBI-2031-'.length)));

describe('keys of incidents', () => {
  let fresh: FreshDatabase;
  let db: Database;
  beforeAll(async () => {
    fresh = await freshDatabase();
    db = openDatabase(fresh.appUrl, { poolSize: 12 });
  });
  afterAll(async () => {
    await db.close();
    await fresh.drop();
  });

  /** Draws in transactions that all have drawn before any ends. */
  async function drawnAtOnce(count: number): Promise<string[]> {
    let drawn = 0;
    let go: () => void;
    const all = new Promise<void>((resolve) => {
      go = resolve;
    });
    return Promise.all(
      Array.from({ length: count }, () =>
        boundTo(db, SEES_ALL).$transaction(async (tx) => {
          const key = await drawKey(tx, YEAR);
          drawn += 1;
          if (drawn === count) go();
          await all;
          return key;
        }),
      ),
    );
  }

  /** Every second of the short keys, past the tables that an incident rests on. */
  async function take(first: number): Promise<void> {
    const client = new pg.Client({ connectionString: fresh.superuserUrl });
    await client.connect();
    try {
      await client.query(`set session_replication_role = replica;
        insert into incident (node_id, key, title, summary, setting, severity, status, submitted_at, updated_at)
        select -i, 'MBI-${YEAR}-' || lpad(i::text, 4, '0'), 'A', 'B', 'SAFETY_TEST', 'LOW', 'SUBMITTED', now(), now()
        from generate_series(${first}, 9999, 2) i`);
    } finally {
      await client.end();
    }
  }

  it('are drawn by many at once, none waiting for another, each another', async () => {
    const keys = await drawnAtOnce(12);
    expect(new Set(keys).size).toBe(12);
    for (const number of numbers(keys)) expect(number).toBeLessThan(10_000);
  });

  it('are none that is taken, and longer once the short ones are', async () => {
    // Every second one, then all.
    await take(1);
    const odd: number[] = [];
    for (let i = 0; i < 20; i += 1) odd.push(...numbers(await drawnAtOnce(1)));
    expect(odd.filter((number) => number < 10_000 && number % 2 === 1)).toEqual([]);
    expect(odd.filter((number) => number < 10_000).length).toBeGreaterThan(15);
    await take(2);
    const [longer] = numbers(await drawnAtOnce(1));
    expect(longer).toBeGreaterThanOrEqual(10_000);
    expect(longer).toBeLessThan(100_000);
  });
});
