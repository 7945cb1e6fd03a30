import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Prisma } from '../../api/src/generated/prisma/client.ts';
import { type Database, openDatabase } from '../../api/src/platform/database.ts';
import { memberRights, SEES_ALL, SEES_PUBLIC } from '../../api/src/platform/rights.ts';
import { statementNames } from '../../api/src/platform/statement-names.ts';
import { EndUnknown, type Statements } from '../../api/src/platform/statements.ts';
import { type FreshDatabase, freshDatabase } from '../testkit/database.ts';

describe('a transaction of statements', () => {
  let fresh: FreshDatabase;
  let db: Database;
  beforeAll(async () => {
    fresh = await freshDatabase();
    db = openDatabase(fresh.appUrl, { poolSize: 2, statementName: statementNames({ most: 20, after: 1 }) });
  });
  afterAll(async () => {
    await db.close();
    await fresh.drop();
  });

  const note = (tx: Statements, name: string) =>
    tx.$executeRaw`insert into content_tag (name, team_id, actor_id)
      select ${name}, (select min(id) from team), (select min(id) from actor)`;
  const noted = async () => {
    const rows = await db.statements(
      SEES_ALL,
      (tx) => tx.$queryRaw<{ name: string }[]>`select name from content_tag order by name`,
    );
    return rows.map(({ name }) => name);
  };

  it('keeps what it wrote, and counts it', async () => {
    expect(await db.statements(SEES_ALL, (tx) => note(tx, 'kept'))).toBe(1);
    expect(await noted()).toEqual(['kept']);
  });

  it('undoes all where its work throws, and where a statement fails, whatever follows', async () => {
    const thrown = db.statements(SEES_ALL, async (tx) => {
      await note(tx, 'thrown away');
      throw new Error('no');
    });
    await expect(thrown).rejects.toThrow('no');
    const failed = db.statements(SEES_ALL, async (tx) => {
      await note(tx, 'failed');
      await tx.$queryRaw`select 1 / 0`.catch(() => undefined);
      await note(tx, 'after it');
    });
    await expect(failed).rejects.toThrow('aborted');
    expect(await noted()).toEqual(['kept']);
  });

  it('keeps what it did not wait for, and undoes all where that fails', async () => {
    await db.statements(SEES_ALL, async (tx) => void note(tx, 'not waited for'));
    expect(await noted()).toEqual(['kept', 'not waited for']);
    const failed = db.statements(SEES_ALL, async (tx) => {
      await note(tx, 'undone');
      tx.$queryRaw`select 1 / 0`.catch(() => undefined);
    });
    await expect(failed).rejects.toThrow('all was undone');
    expect(await noted()).toEqual(['kept', 'not waited for']);
  });

  it('sees what its rights allow, and leaves them on no connection', async () => {
    const seen = (tx: Statements) => tx.$queryRaw<object[]>`select name from content_tag`;
    expect(await db.statements(memberRights(1n, [1n]), seen)).toHaveLength(2);
    expect(await db.statements(SEES_PUBLIC, seen)).toEqual([]);
    // Both connections, at once.
    const plain = await Promise.all([db.rows(null, told), db.rows(null, told)]);
    expect(plain.flat()).toEqual([{ viewer: '' }, { viewer: '' }]);
  });

  it('says so where its end is not known, and the next has a connection that works', async () => {
    const superuser = new pg.Client({ connectionString: fresh.superuserUrl });
    await superuser.connect();
    try {
      const unknown = db.statements(SEES_ALL, async (tx) => {
        const [row] = await tx.$queryRaw<[{ pid: number }]>`select pg_backend_pid() as pid`;
        await superuser.query('select pg_terminate_backend($1)', [row.pid]);
      });
      await expect(unknown).rejects.toThrow(EndUnknown);
    } finally {
      await superuser.end();
    }
    expect(await noted()).toEqual(['kept', 'not waited for']);
  });
});

const told = Prisma.sql`select coalesce(current_setting('headwater.viewer', true), '') as viewer`;
