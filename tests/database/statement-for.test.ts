import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Prisma } from '../../api/src/generated/prisma/client.ts';
import { type Database, openDatabase } from '../../api/src/platform/database.ts';
import { SEES_ALL, SEES_PUBLIC } from '../../api/src/platform/rights.ts';
import { statementNames } from '../../api/src/platform/statement-names.ts';
import { type Connection, useDatabase } from './record.ts';

const database = useDatabase();
let owner: Connection;
beforeAll(async () => {
  owner = await database.owner();
  await owner.query(`create table noted (name text unique deferrable initially deferred);
    grant select, insert on noted to headwater_app`);
});

const KEEPING = { statementName: statementNames({ most: 20, after: 1 }) };

describe.each([
  ['that a connection keeps', KEEPING],
  ['that none keeps', {}],
])('a statement %s', (_, keeping) => {
  let db: Database;
  beforeAll(() => {
    db = openDatabase(database.appUrl(), { poolSize: 1, ...keeping });
  });
  afterAll(() => db.close());

  const ask = <R>(sql: Prisma.Sql, rights = SEES_ALL) => db.rows<R>(rights, sql);
  const viewer = Prisma.sql`select current_setting('headwater.viewer', true) as viewer`;
  const note = (name: string) => ask(Prisma.sql`insert into noted values (${name}), (${name})`);
  const connection = async () =>
    (await ask<{ pid: number }>(Prisma.sql`select pg_backend_pid() as pid`))[0]!.pid;
  const without = async (work: () => Promise<void>) => {
    await owner.query('alter function speak_for(text) rename to speak_for_no_more');
    try {
      await work();
    } finally {
      await owner.query('alter function speak_for_no_more(text) rename to speak_for');
    }
  };

  it('runs for whom it says, and nobody once it ended', async () => {
    expect(await ask(viewer)).toEqual([{ viewer: 'all' }]);
    expect(await ask(viewer, SEES_PUBLIC)).toEqual([{ viewer: '' }]);
    expect(await db.rows(null, viewer)).toEqual([{ viewer: '' }]);
  });

  it('answers its own rows, of none as of several', async () => {
    expect(await ask(Prisma.sql`select from noted where false`)).toEqual([]);
    expect(await ask(Prisma.sql`select i from generate_series(1, 3) i`)).toEqual([
      { i: 1 },
      { i: 2 },
      { i: 3 },
    ]);
  });

  it('tells each time why it fails, and leaves its connection as it was', async () => {
    const before = await connection();
    for (let time = 0; time < 3; time += 1) {
      await expect(ask(Prisma.sql`select 1 / ${0}::int`)).rejects.toMatchObject({ code: '22012' });
      await expect(ask(Prisma.sql`select nothing`)).rejects.toMatchObject({ code: '42703' });
    }
    expect(await connection()).toBe(before);
  });

  it('is undone where it fails only when it ends', async () => {
    await expect(note('twice')).rejects.toMatchObject({ code: '23505' });
    expect(await ask(Prisma.sql`select from noted where name = 'twice'`)).toEqual([]);
  });

  it('does not run where it cannot be said for whom', async () => {
    const before = await connection();
    await without(async () => {
      await expect(ask(Prisma.sql`insert into noted values ('for nobody')`)).rejects.toMatchObject({
        code: '42883',
      });
    });
    expect(await ask(Prisma.sql`select from noted where name = 'for nobody'`)).toEqual([]);
    expect(await connection()).toBe(before);
  });

  it('finds a connection again once one can be made', async () => {
    const late = openDatabase(database.appUrl(), { poolSize: 1, ...keeping });
    await without(async () => {
      await expect(late.rows(SEES_ALL, viewer)).rejects.toThrow('speak_for');
    });
    expect(await late.rows(SEES_ALL, viewer)).toEqual([{ viewer: 'all' }]);
    await late.close();
  });
});
