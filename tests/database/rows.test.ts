import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Prisma } from '../../api/src/generated/prisma/client.ts';
import { type Database, openDatabase } from '../../api/src/platform/database.ts';
import { SEES_ALL } from '../../api/src/platform/rights.ts';
import { useDatabase } from './record.ts';

const database = useDatabase();
let db: Database;
beforeAll(() => {
  const url = new URL(database.appUrl());
  // Moments are the same whatever time zone the server or the address asks for.
  url.searchParams.set('options', '-c TimeZone=Asia/Kolkata');
  db = openDatabase(url.href, { poolSize: 2 });
});
afterAll(() => db.close());

const VALUES = [
  '1::smallint',
  '-2::int',
  '9007199254740993::bigint',
  "'0.1'::float8",
  "'NaN'::float8",
  "'-Infinity'::float8",
  '12345678901234567890.000000001::numeric',
  "'two words'",
  '\'a "quoted" \\ text\'',
  'true',
  "'2026-01-02T03:04:05.678Z'::timestamptz",
  "'1969-12-31T23:59:59.999Z'::timestamptz",
  "'2026-01-02T03:04:05Z'::timestamptz",
  "'2026-01-02T03:04:05.6Z'::timestamptz",
  `'{"a": [1, null, "b"]}'::jsonb`,
  "'PUBLIC'::visibility::text",
  "'{1,NULL,9007199254740993}'::bigint[]",
  "'{1,2}'::int[]",
  "'{0.5,NULL}'::float8[]",
  `array['a', null, 'b, "c"']`,
  "array['2026-01-02T03:04:05Z'::timestamptz, null]",
  'null::bigint',
  'null::timestamptz',
];

it('reads moments in UTC, which is all that the driver knows', async () => {
  const [row] = await db.$queryRaw<
    [{ moment: Date }]
  >`select '2026-01-02T03:04:05.678Z'::timestamptz as moment`;
  expect(row.moment.toISOString()).toBe('2026-01-02T03:04:05.678Z');
});

describe("rows read past Prisma's client", () => {
  it.each(VALUES)('hold %s as it does', async (value) => {
    const statement = Prisma.sql`select ${Prisma.raw(value)} as value`;
    const [[past], [through]] = await Promise.all([
      db.rows<{ value: unknown }>(SEES_ALL, statement),
      db.$queryRaw<{ value: unknown }[]>(statement),
    ]);
    expect(past).toEqual(through);
    expect(Object.prototype.toString.call(past?.value)).toBe(Object.prototype.toString.call(through?.value));
  });

  it('hold bytes as they are', async () => {
    const [row] = await db.rows<{ value: Uint8Array }>(
      SEES_ALL,
      Prisma.sql`select '\\x00ff10'::bytea as value`,
    );
    expect([...row!.value]).toEqual([0, 255, 16]);
  });

  it('give back every kind of parameter', async () => {
    const moment = new Date('2026-01-02T03:04:05.678Z');
    const [row] = await db.rows(
      SEES_ALL,
      Prisma.sql`select ${9007199254740993n}::bigint as big, ${moment}::timestamptz as moment, ${0.1}::float8 as float,
        ${['a', 'b"c', null]}::text[] as texts, ${[1n, 2n]}::bigint[] as bigs, ${[moment]}::timestamptz[] as moments,
        ${true}::boolean as truth, ${null}::text as nothing, ${Buffer.from([0, 255])}::bytea as bytes`,
    );
    expect(row).toEqual({
      ...{ big: 9007199254740993n, moment, float: 0.1, texts: ['a', 'b"c', null], bigs: [1n, 2n] },
      ...{ moments: [moment], truth: true, nothing: null, bytes: Buffer.from([0, 255]) },
    });
  });

  it('leave the connection as it was after a statement that fails', async () => {
    await expect(db.rows(SEES_ALL, Prisma.sql`select 1 / ${0}::int`)).rejects.toMatchObject({
      code: '22012',
    });
    const seen = await Promise.all(
      [1, 2, 3].map(() =>
        db.rows(null, Prisma.sql`select coalesce(current_setting('headwater.viewer', true), '') as viewer`),
      ),
    );
    expect(seen).toEqual([1, 2, 3].map(() => [{ viewer: '' }]));
  });
});
