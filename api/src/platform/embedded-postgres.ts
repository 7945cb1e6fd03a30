import { type ChildProcess, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartRefusal } from './data-folder-refusal.ts';
import { refuseClosedFolder, runAs, type ServerAccount, serverAccount } from './embedded-postgres-account.ts';
import { type Binaries, prepareBinaries } from './embedded-postgres-binaries.ts';
import { isAlive, readPostmaster, stopServer } from './embedded-postgres-process.ts';

export type EmbeddedPostgresOptions = {
  /** An absolute folder that holds (or will hold) `postgres/`, `postgres.log` and maybe a copy of the programs. */
  folder: string;
  /** The superuser's password; used when the database is made, and to sign in afterwards. */
  password: string;
  /** The port to listen on at 127.0.0.1; where it is taken, or none is given, a free one is chosen. */
  port?: number | undefined;
  /** Server settings beside our own, such as `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>;
  /** The folder of another release's package: for trying an older Postgres. */
  programs?: string | undefined;
};

export type EmbeddedPostgres = {
  pid: number;
  port: number;
  /** Where an earlier server of a killed Headwater was found and stopped first. */
  recovered: boolean;
  /** Resolves when the server ends without having been asked to. */
  died: Promise<void>;
  url(database: string, user?: string, password?: string): string;
  stop(): Promise<void>;
};

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Largest log that a start still appends to; beyond it the old one is put aside, once. */
const LOG_BYTES = 10 * 1024 * 1024;

/** Whether one can listen there; the error codes `despite` count as free (such as a kind of address not at hand). */
export function isPortFree(port: number, host = '127.0.0.1', despite: string[] = []): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(despite.includes(error.code ?? '')));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function run(program: string, options: string[], account: ServerAccount): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, {
      ...runAs(account),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const reason = errors.trim().split('\n').at(0) ?? `exit code ${code}`;
      reject(new StartRefusal(`The embedded Postgres could not make its database: ${reason}`));
    });
  });
}

/** Made beside its place and renamed, so that a start cut off half-way leaves nothing that looks whole. */
async function makeDatabase(binaries: Binaries, account: ServerAccount, options: EmbeddedPostgresOptions) {
  const target = join(options.folder, 'postgres');
  const partial = join(options.folder, 'postgres.partial');
  const passwordFile = join(options.folder, 'postgres.password.partial');
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (account.ids.uid !== undefined) {
    chownSync(partial, account.ids.uid, account.ids.gid);
    chownSync(passwordFile, account.ids.uid, account.ids.gid);
  }
  try {
    const durable = options.settings?.fsync === 'off' ? ['--no-sync'] : [];
    await run(
      binaries.initdb,
      [
        `--pgdata=${partial}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        ...localeOptions(binaries),
        '--no-instructions',
        ...durable,
      ],
      account,
    );
    renameSync(partial, target);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Order by bytes, letters by Unicode: by Postgres itself where it can, else (before 17) by the system's library. */
function localeOptions({ version }: Binaries): string[] {
  if (Number.parseInt(version, 10) < 17) return ['--locale=C.UTF-8'];
  return ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
}

function refuseOtherVersion(databaseFolder: string, binaries: Binaries): void {
  const found = readFileSync(join(databaseFolder, 'PG_VERSION'), 'utf8').trim();
  const ours = binaries.version.split('.')[0];
  if (found === ours) return;
  throw new StartRefusal(
    `The database in ${databaseFolder} was made by Postgres ${found} and this Headwater brings Postgres ${ours}; dump it with the older one, or choose another HEADWATER_DATA.`,
  );
}

function openLog(folder: string): { file: number; from: number; path: string } {
  const path = join(folder, 'postgres.log');
  if (existsSync(path) && statSync(path).size > LOG_BYTES) renameSync(path, `${path}.1`);
  const file = openSync(path, 'a', 0o600);
  return { file, from: statSync(path).size, path };
}

function launch(
  binaries: Binaries,
  account: ServerAccount,
  databaseFolder: string,
  settings: object,
  log: number,
) {
  const options = ['-D', databaseFolder];
  for (const [name, value] of Object.entries(settings)) options.push('-c', `${name}=${value}`);
  // Detached, because Ctrl-C reaches the whole foreground group and the server must outlive those who write to it.
  return spawn(binaries.postgres, options, {
    ...runAs(account),
    detached: true,
    stdio: ['ignore', log, log],
  });
}

/** Waits for the server to take connections; crash recovery of much data may take minutes. */
async function becomeReady(child: ChildProcess, databaseFolder: string): Promise<boolean> {
  const deadline = Date.now() + 10 * 60_000;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const postmaster = readPostmaster(databaseFolder);
    if (postmaster?.ready && postmaster.pid === child.pid) return true;
    await sleep(20);
  }
  return false;
}

/**
 * Starts the Postgres that npm installed, on 127.0.0.1, making its database first where there is none. A server left
 * behind by a killed Headwater on the same folder is stopped first. The caller holds the lock of the folder.
 * @throws StartRefusal with one sentence when it cannot.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const databaseFolder = join(options.folder, 'postgres');
  const account = serverAccount(databaseFolder);
  refuseClosedFolder(options.folder, account);
  const binaries = prepareBinaries(account, join(options.folder, 'programs'), options.programs);
  if (existsSync(databaseFolder)) refuseOtherVersion(databaseFolder, binaries);
  else await makeDatabase(binaries, account, options);
  const recovered = (await stopServer(binaries, account, databaseFolder)) === 'stopped';

  let port = options.port && (await isPortFree(options.port)) ? options.port : await freePort();
  for (let attempt = 1; ; attempt++) {
    const log = openLog(options.folder);
    const settings = { ...SETTINGS, ...options.settings, port };
    const child = launch(binaries, account, databaseFolder, settings, log.file);
    closeSync(log.file);
    if (await becomeReady(child, databaseFolder)) {
      return running(child, port, recovered, {
        binaries,
        account,
        databaseFolder,
        password: options.password,
      });
    }
    child.kill('SIGQUIT');
    const said = readFileSync(log.path).subarray(log.from).toString();
    const reason = /(?:FATAL|PANIC|ERROR): +(.*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? '';
    // Another program may take the port between the probe and the start; a killed server's last children take a moment to go.
    if (attempt >= 5 || !/could not (?:bind|create any TCP)|shared memory block/.test(said)) {
      throw new StartRefusal(`The embedded Postgres did not start: ${reason} (see ${log.path}).`);
    }
    await sleep(300);
    if (!/shared memory block/.test(said)) port = await freePort();
  }
}

function running(
  child: ChildProcess,
  port: number,
  recovered: boolean,
  own: { binaries: Binaries; account: ServerAccount; databaseFolder: string; password: string },
): EmbeddedPostgres {
  const pid = child.pid ?? 0;
  let asked = false;
  const died = new Promise<void>((resolve) => {
    child.once('exit', () => {
      if (!asked) resolve();
    });
  });
  // The server must not keep a finished command alive.
  child.unref();
  return {
    pid,
    port,
    recovered,
    died,
    url(database, user = 'postgres', password = own.password) {
      return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
    },
    async stop() {
      asked = true;
      if (isAlive(pid)) await stopServer(own.binaries, own.account, own.databaseFolder);
    },
  };
}
