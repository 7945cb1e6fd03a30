import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EmbeddedPostgres,
  freePort,
  startEmbeddedPostgres,
} from '../../api/src/platform/embedded-postgres.ts';
import { isServerOf, readPostmaster } from '../../api/src/platform/embedded-postgres-process.ts';
import {
  APP_ROLE,
  ensureDatabase,
  ensureRoles,
  OWNER_ROLE,
} from '../../api/src/platform/embedded-postgres-roles.ts';

let folder: string;
let postgres: EmbeddedPostgres;
const start = (port?: number) => startEmbeddedPostgres({ folder, password: 'of the tests', port });

async function query<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-postgres-'));
  chmodSync(folder, 0o711);
  postgres = await start();
  await query(postgres.url('postgres'), 'create table kept as select generate_series(1, 1000) as n');
});

afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const kept = async () =>
  (await query<{ n: string }>(postgres.url('postgres'), 'select count(*) as n from kept'))[0]?.n;

describe('the embedded Postgres', () => {
  it('listens on the loopback interface alone and asks for a password', async () => {
    const [row] = await query(postgres.url('postgres'), 'show listen_addresses');
    expect(row).toEqual({ listen_addresses: '127.0.0.1' });
    await expect(query(postgres.url('postgres', 'postgres', 'wrong'), 'select 1')).rejects.toThrow(
      /password/,
    );
  });

  it('keeps its files from other accounts', () => {
    expect(statSync(join(folder, 'postgres')).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'postgres.log')).mode & 0o077).toBe(0);
  });

  it.runIf(process.platform === 'linux')('is told no key and no password of ours', async () => {
    const told = { HEADWATER_EVIDENCE_KEY: 'a key of evidence', HEADWATER_TOKEN_KEY: 'a key of tokens' };
    const environmentOf = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'utf8');
    const { port } = postgres;
    await postgres.stop();
    Object.assign(process.env, told);
    try {
      postgres = await start(port);
    } finally {
      for (const name of Object.keys(told)) delete process.env[name];
    }
    const read = environmentOf(postgres.pid);
    expect(read).toContain('LC_ALL=C');
    for (const secret of Object.values(told)) expect(read).not.toContain(secret);
    // A superuser reads it without leaving the database.
    const [row] = await query<{ told: string }>(
      postgres.url('postgres'),
      `select encode(pg_read_binary_file('/proc/${postgres.pid}/environ', 0, 100000), 'escape') as told`,
    );
    expect(row?.told).toContain('LC_ALL=C');
    for (const secret of Object.values(told)) expect(row?.told).not.toContain(secret);
  });

  it('keeps its rows and its port over a stop and a start', async () => {
    const { port, pid } = postgres;
    await postgres.stop();
    expect(isServerOf(pid, join(folder, 'postgres'))).toBe(false);
    postgres = await start(port);
    expect(postgres.port).toBe(port);
    expect(postgres.recovered).toBe(false);
    expect(await kept()).toBe('1000');
  });

  it('takes another port when the remembered one is taken', async () => {
    await postgres.stop();
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    try {
      postgres = await start(taken);
      expect(postgres.port).not.toBe(taken);
      expect(await kept()).toBe('1000');
    } finally {
      other.close();
    }
  });

  it('recovers every committed row after its server was killed', async () => {
    const death = postgres.died;
    await query(postgres.url('postgres'), 'insert into kept values (1001)');
    process.kill(postgres.pid, 'SIGKILL');
    await death;
    postgres = await start(postgres.port);
    expect(await kept()).toBe('1001');
  });

  it('stops a server that was left behind on the folder and takes its place', async () => {
    const left = postgres.pid;
    postgres = await start(await freePort());
    expect(postgres.recovered).toBe(true);
    expect(isServerOf(left, join(folder, 'postgres'))).toBe(false);
    expect(await kept()).toBe('1001');
  });

  it('does not trust the number in an old postmaster.pid that now is another process', async () => {
    await postgres.stop();
    const pidFile = join(folder, 'postgres', 'postmaster.pid');
    writeFileSync(pidFile, `${process.pid}\n${join(folder, 'postgres')}\n0\n5432\n\n127.0.0.1\n\nready\n`);
    postgres = await start();
    expect(postgres.recovered).toBe(false);
    expect(readPostmaster(join(folder, 'postgres'))?.pid).toBe(postgres.pid);
    expect(await kept()).toBe('1001');
  });

  it('says in one sentence when the database was made by another Postgres', async () => {
    await postgres.stop();
    const version = join(folder, 'postgres', 'PG_VERSION');
    writeFileSync(version, '14\n');
    await expect(start()).rejects.toThrow(/was made by Postgres 14 and this Headwater brings Postgres 18/);
    writeFileSync(version, '18\n');
    postgres = await start();
    expect(await kept()).toBe('1001');
  });

  it.runIf(process.getuid?.() === 0)(
    'as root, names the closed folder that the server cannot pass through',
    async () => {
      const closed = mkdtempSync(join(tmpdir(), 'headwater-closed-'));
      const inside = join(closed, 'data');
      mkdirSync(inside, { mode: 0o711 });
      try {
        const attempt = startEmbeddedPostgres({ folder: inside, password: 'x' });
        await expect(attempt).rejects.toThrow(`cannot pass through ${closed}; set HEADWATER_DATA`);
        expect(statSync(closed).mode & 0o777).toBe(0o700);
      } finally {
        rmSync(closed, { recursive: true, force: true });
      }
    },
  );

  it('gives the app role no rights beyond those that the owner grants', async () => {
    const passwords = { owner: 'one', app: 'two' };
    await ensureRoles(postgres.url('postgres'), passwords);
    for (let time = 0; time < 2; time++) {
      await ensureDatabase(postgres.url('postgres'), 'headwater', postgres.url('headwater'));
    }
    const app = postgres.url('headwater', APP_ROLE, passwords.app);
    const owner = postgres.url('headwater', OWNER_ROLE, passwords.owner);
    await query(owner, 'create table thing (name text)');
    await expect(query(app, 'select from thing')).rejects.toThrow(/permission denied/);
    await query(owner, `grant select, insert on thing to ${APP_ROLE}`);
    await query(app, `insert into thing values ('river')`);
    expect(await query(app, 'select name from thing')).toEqual([{ name: 'river' }]);
    for (const refused of [
      'drop table thing',
      'create table mine (id int)',
      'truncate thing',
      'create role x',
    ]) {
      await expect(query(app, refused)).rejects.toThrow(/permission denied|must be owner/);
    }
  });
});
