import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findRunning, lockDataFolder } from '../../api/src/platform/data-folder.ts';
import { startEmbeddedPostgres } from '../../api/src/platform/embedded-postgres.ts';
import { serverAccount } from '../../api/src/platform/embedded-postgres-account.ts';
import { prepareBinaries } from '../../api/src/platform/embedded-postgres-binaries.ts';
import { stopServer } from '../../api/src/platform/embedded-postgres-process.ts';
import { ensureDatabase, ensureRoles, OWNER_ROLE } from '../../api/src/platform/embedded-postgres-roles.ts';

const PREFIX = 'headwater-tests-';
const TEMPLATE = 'headwater_template';

/** What the tests need to make a database of their own. */
export type TestServer = {
  port: number;
  /** The folder of its socket, which is faster than its port; null where there is none. */
  socket: string | null;
  superuser: string;
  owner: string;
  app: string;
  template: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer;
  }
}

/** A run that was killed leaves its server and folder behind: the next run clears them away. */
async function clearAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    if (findRunning(folder)) continue;
    try {
      // A run beside this one may have made its folder a moment ago and not have locked it yet.
      if (Date.now() - statSync(folder).ctimeMs < 60_000) continue;
      const databaseFolder = join(folder, 'postgres');
      const account = serverAccount(databaseFolder);
      await stopServer(prepareBinaries(account, join(folder, 'programs')), account, databaseFolder);
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's, or one that is just being made: not ours to clear.
    }
  }
}

/** The most letters that a socket's folder may have, of the 104 of the whole path that every system takes. */
const LONGEST_SOCKET_FOLDER = 80;

/** A migrated Postgres of its own with these settings beside ours, which the caller stops. */
export async function launch(more: Record<string, string> = {}) {
  await clearAbandoned();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(folder, 0o711);
  const lock = lockDataFolder(folder);
  const secret = () => randomBytes(16).toString('hex');
  const passwords = { superuser: secret(), owner: secret(), app: secret() };
  const clear = () => {
    lock.release();
    rmSync(folder, { recursive: true, force: true });
  };
  // Beside the tables, where alone the account that the server runs under may write.
  const beside = join(folder, 'postgres');
  const socket = process.platform === 'win32' || beside.length > LONGEST_SOCKET_FOLDER ? null : beside;
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    ...(socket === null ? {} : { unix_socket_directories: socket }),
    ...more,
  };
  // The folder of another release's package, set by `npm run test:postgres15`.
  const programs = process.env.HEADWATER_TEST_POSTGRES;
  const postgres = await startEmbeddedPostgres({
    folder,
    password: passwords.superuser,
    settings,
    programs,
  }).catch((error) => {
    clear();
    throw error;
  });
  const stop = async () => {
    await postgres.stop();
    clear();
  };
  try {
    await ensureRoles(postgres.url('postgres'), passwords);
    await ensureDatabase(postgres.url('postgres'), TEMPLATE, postgres.url(TEMPLATE));
    const { deployMigrations } = await import('../../api/src/platform/migrate.ts');
    const ownerUrl = postgres.url(TEMPLATE, OWNER_ROLE, passwords.owner);
    await deployMigrations(ownerUrl);
  } catch (error) {
    await stop();
    throw error;
  }
  const server: TestServer = { port: postgres.port, socket, template: TEMPLATE, ...passwords };
  return { server, stop };
}

type Shared = { users: number; launched: ReturnType<typeof launch> };

/** One server for the whole run: each project calls its own copy of this module, so the count lives on the process. */
const store = globalThis as typeof globalThis & { headwaterTestServer?: Shared };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  store.headwaterTestServer ??= { users: 0, launched: launch() };
  const shared = store.headwaterTestServer;
  shared.users++;
  const { server, stop } = await shared.launched;
  project.provide('postgres', server);
  return async () => {
    if (--shared.users > 0) return;
    delete store.headwaterTestServer;
    await stop();
  };
}
