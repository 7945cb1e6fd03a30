import { beforeAll, describe, expect, it } from 'vitest';
import { Follower } from '../../api/src/lineage/resident/follower.ts';
import { type Connection, node, useDatabase } from './record.ts';

const database = useDatabase();
let client: Connection;
beforeAll(async () => {
  client = await database.app();
});

interface News {
  moment: number;
  xmin: string;
  seq: string | null;
  xid: string | null;
  changed: string | null;
  ids: string[] | null;
}

async function news(since = '0', known: string[] = []): Promise<News[]> {
  const { rows } = await client.query<News>('select * from lineage_news($1::xid8, $2::bigint[])', [
    since,
    known,
  ]);
  return rows;
}

const changeOf = (rows: News[], id: number) => rows.find((row) => row.ids?.includes(String(id)));

describe('what a lineage in memory is told', () => {
  it('is one row without a change where there is none', async () => {
    const [{ xmin }] = (await news()) as [News];
    const rows = await news(xmin);
    expect(rows).toEqual([
      {
        moment: expect.any(Number),
        xmin: expect.any(String),
        seq: null,
        xid: null,
        changed: null,
        ids: null,
      },
    ]);
    expect(Math.abs(rows[0]!.moment - Date.now())).toBeLessThan(60_000);
  });

  it('is each change once, until it is known', async () => {
    const [{ xmin }] = (await news()) as [News];
    const made = await node(client, 'SOURCE');
    const change = changeOf(await news(xmin), made)!;
    expect(change).toMatchObject({ changed: 'node', ids: [String(made)] });
    expect(changeOf(await news(xmin, [change.seq!]), made)).toBeUndefined();
  });

  it('is no change of a transaction that goes on, which is told of once it ended', async () => {
    const other = await database.app();
    await other.query('begin');
    const made = await node(other, 'SOURCE');
    await node(client, 'SOURCE');
    const before = await news();
    expect(changeOf(before, made)).toBeUndefined();
    await other.query('commit');
    const { xmin, moment } = before[0]!;
    const change = changeOf(await news(xmin), made)!;
    expect(BigInt(change.xid!)).toBeGreaterThanOrEqual(BigInt(xmin));
    const { rows } = await client.query<{ at: Date }>('select recorded_at as at from node where id = $1', [
      made,
    ]);
    expect(rows[0]!.at.getTime()).toBeGreaterThan(moment);
  });

  it('leaves nobody its rights', async () => {
    const anonymous = await database.app('');
    const { rows } = await anonymous.query<{ seen: number }>(
      `select count(*)::int as seen from lineage_news('0', '{}') where seq is not null`,
    );
    expect(rows[0]!.seen).toBeGreaterThan(0);
    expect((await anonymous.query('select from lineage_feed')).rowCount).toBe(0);
  });

  it('is refused where all looks would share a snapshot, which is no matter to a lineage in memory', async () => {
    await client.query('begin isolation level repeatable read');
    await expect(news()).rejects.toThrow('one snapshot');
    await client.query('rollback');
    // Last in this file: whoever connects from here on has it for a default.
    const owner = await database.owner();
    await owner.query(`do $$ begin
      execute format('alter database %I set default_transaction_isolation = ''repeatable read''', current_database());
    end $$`);
    const follower = await Follower.connect(database.appUrl(), () => undefined);
    await follower.load(2 ** 26);
    const made = Date.now();
    const { moment } = await follower.catchUp();
    expect(Math.abs(moment - made)).toBeLessThan(60_000);
    await follower.close();
  });
});
