import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findRunning, wasKilled } from '../../api/src/platform/data-folder.ts';
import { freePort, isPortFree } from '../../api/src/platform/embedded-postgres.ts';
import { isServerOf, readPostmaster } from '../../api/src/platform/embedded-postgres-process.ts';
import { eventually, headwater } from './headwater.ts';

const HOLD = fileURLToPath(new URL('hold-database.ts', import.meta.url));
let folder: string;
beforeAll(() => {
  // Made as `mktemp -d` makes it: closed to the account that the server runs under when we are root.
  folder = mkdtempSync(join(tmpdir(), 'headwater-killed-'));
  chmodSync(folder, 0o700);
});
afterAll(async () => {
  // Whatever the test came to, no server is left behind.
  await headwater(['migrate'], { HEADWATER_DATA: folder });
  rmSync(folder, { recursive: true, force: true });
});

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

async function hold(port: number) {
  const env = { ...process.env, HEADWATER_DATA: folder, PORT: String(port) };
  const child = spawn(process.execPath, ['--import', 'tsx', HOLD], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error('The process to be killed ended by itself.')),
  );
  ended.catch(() => undefined);
  const [line] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
  const { ownerUrl } = JSON.parse(line.toString()) as { ownerUrl: string };
  return { child, ownerUrl };
}

it('after kill -9 the children end, and the next command recovers every row and leaves nothing running', async () => {
  const port = await freePort();
  const databaseFolder = join(folder, 'postgres');
  const first = await hold(port);
  await query(first.ownerUrl, 'create table kept as select generate_series(1, 500) as n');
  await eventually(async () => !(await isPortFree(port)));
  const refused = await headwater(['migrate'], { HEADWATER_DATA: folder });
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('already running') });

  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  await eventually(() => isPortFree(port));
  expect(findRunning(folder)).toBeNull();
  expect(wasKilled(folder)).toBe(true);
  const left = readPostmaster(databaseFolder);
  expect(left && isServerOf(left.pid, databaseFolder)).toBe(true);

  const second = await hold(port);
  expect(await query(second.ownerUrl, 'select count(*)::int as n from kept')).toEqual([{ n: 500 }]);
  expect(left && isServerOf(left.pid, databaseFolder)).toBe(false);
  second.child.kill('SIGKILL');
  await once(second.child, 'exit');

  expect(await headwater(['migrate'], { HEADWATER_DATA: folder })).toMatchObject({ code: 0 });
  expect(existsSync(join(databaseFolder, 'postmaster.pid'))).toBe(false);
  expect(wasKilled(folder)).toBe(false);
});
