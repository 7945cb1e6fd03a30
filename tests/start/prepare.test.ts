import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { headwater } from './headwater.ts';

const { port, superuser } = inject('postgres');
const name = `prepare_${process.pid}`;
const urlOf = (database: string) => `postgresql://postgres:${superuser}@127.0.0.1:${port}/${database}`;
let folder: string;

async function on<T extends object>(database: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-prepare-'));
  await on('postgres', `create database ${name}`);
});
afterAll(async () => {
  await on('postgres', `drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

describe('preparing a database for an API that is started by itself', () => {
  const env = () => ({ DATABASE_URL: urlOf(name), HEADWATER_DATA: join(folder, 'data') });

  it('migrates it, makes the first administrator, and shows the password once', async () => {
    const first = await headwater(['prepare', '--empty'], env());
    expect(first).toMatchObject({ code: 0, err: '' });
    const [, password] = /Password {7}(\S{20,}) {3}\(shown this once\)/.exec(first.out) ?? [];
    expect(password).toBeTruthy();
    expect(
      await on(name, "select role::text from actor where kind = 'PERSON' and email is not null"),
    ).toEqual([{ role: 'ADMINISTRATOR' }]);

    const second = await headwater(['prepare'], env());
    expect(second).toMatchObject({ code: 0, err: '' });
    expect(second.out).toContain('nothing to do');
    expect(second.out).toContain('as shown at the first start');
    expect(second.out).not.toContain(password);
    // Started empty, it stays empty.
    expect(await on(name, 'select count(*)::int as n from incident')).toEqual([{ n: 0 }]);
  }, 60_000);

  it('says in a sentence why it cannot', async () => {
    const ended = await headwater(['prepare'], { ...env(), DATABASE_URL: urlOf('no_such_database') });
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/^The database server at \S+ has no database "no_such_database"; .+\.\n$/);
  });
});
