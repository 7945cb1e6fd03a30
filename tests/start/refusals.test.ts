import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { lockDataFolder, openDataFolder } from '../../api/src/platform/data-folder.ts';
import { freePort } from '../../api/src/platform/embedded-postgres.ts';
import { freshDatabase } from '../testkit/database.ts';
import { type Ended, headwater } from './headwater.ts';

let parent: string;
let folder: string;
let ports: { PORT: string; API_PORT: string };

beforeAll(async () => {
  ports = { PORT: String(await freePort()), API_PORT: String(await freePort()) };
});
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'headwater-refusals-'));
  folder = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const start = (env: Record<string, string> = {}) =>
  headwater(['start'], { HEADWATER_DATA: folder, ...ports, ...env });

function expectOneSentence(ended: Ended, sentence: RegExp) {
  expect(ended.err.trim().split('\n')).toHaveLength(1);
  expect(ended.err).toMatch(sentence);
  expect(ended.code).toBe(1);
}

function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

describe('a start refuses in one sentence, and has changed nothing,', () => {
  it.each(['PORT', 'API_PORT'] as const)('when %s is taken', async (variable) => {
    const other = createServer();
    const port = await listen(other);
    try {
      const ended = await start({ [variable]: String(port) });
      expectOneSentence(
        ended,
        new RegExp(`^Port ${port} is taken by another program.* ${variable}\\.$`, 'm'),
      );
      expect(existsSync(folder)).toBe(false);
    } finally {
      other.close();
    }
  });

  it('when the data folder is in use', async () => {
    openDataFolder(folder);
    const lock = lockDataFolder(folder);
    const before = readdirSync(folder);
    try {
      expectOneSentence(await start(), new RegExp(`^Headwater is already running .*process ${process.pid}`));
      expect(readdirSync(folder)).toEqual(before);
    } finally {
      lock.release();
    }
  });

  it('when a variable holds what it cannot', async () => {
    expectOneSentence(await start({ PORT: 'abc' }), /^PORT has to be a port from 1 to 65535\.$/m);
    expect(existsSync(folder)).toBe(false);
  });

  it('when nothing answers at DATABASE_URL', async () => {
    const port = await freePort();
    const ended = await start({ DATABASE_URL: `postgresql://me:hidden@127.0.0.1:${port}/headwater` });
    expectOneSentence(
      ended,
      new RegExp(`^Nothing answers at 127.0.0.1:${port}; check DATABASE_URL\\.$`, 'm'),
    );
    expect(ended.out + ended.err).not.toContain('hidden');
    expect(existsSync(folder)).toBe(false);
  });

  it('when the database refuses the password, or does not exist', async () => {
    const { port, superuser } = inject('postgres');
    const wrong = await start({ DATABASE_URL: `postgresql://postgres:hidden@127.0.0.1:${port}/postgres` });
    expectOneSentence(wrong, /refuses the user or password; check DATABASE_URL/);
    const absent = await start({
      DATABASE_URL: `postgresql://postgres:${superuser}@127.0.0.1:${port}/absent`,
    });
    expectOneSentence(absent, /has no database "absent"; check DATABASE_URL/);
  });
});

/** Just enough of Postgres' protocol to be asked for its version: no server that old comes from the registry. */
function oldPostgres(versionNumber: string): Server {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const ready = message('Z', Buffer.from('I'));
  const column = Buffer.concat([
    Buffer.from('server_version_num\0'),
    Buffer.alloc(6),
    Buffer.from([0, 0, 0, 25]),
    Buffer.alloc(8),
  ]);
  const value = Buffer.from(versionNumber);
  const row = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, value.length]), value]);
  return createServer((socket: Socket) => {
    let greeted = false;
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      if (!greeted) socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]));
      else if (data.toString('latin1').startsWith('Q')) {
        const described = message('T', Buffer.concat([Buffer.from([0, 1]), column]));
        socket.write(
          Buffer.concat([described, message('D', row), message('C', Buffer.from('SHOW\0')), ready]),
        );
      }
      greeted = true;
    });
  });
}

describe('a database that will not do', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = oldPostgres('140012');
    port = await listen(server);
  });
  afterAll(() => void server.close());

  it('is refused in one sentence when it is older than Postgres 15', async () => {
    const ended = await start({ DATABASE_URL: `postgresql://me@127.0.0.1:${port}/headwater` });
    expectOneSentence(ended, /is Postgres 14, and Headwater needs Postgres 15 or later\.$/m);
  });

  it('is refused in one sentence when a migration was left half-finished, and keeps its rows', async () => {
    const database = await freshDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query('create table precious as select 1 as n');
      await client.query('update _prisma_migrations set finished_at = null');
      const ended = await headwater(['migrate'], { HEADWATER_DATA: folder, DATABASE_URL: database.url });
      expectOneSentence(ended, /migration/i);
      expect((await client.query('select n from precious')).rows).toEqual([{ n: 1 }]);
    } finally {
      await client.end();
      await database.drop();
    }
  });
});
