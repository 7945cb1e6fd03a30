import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StartRefusal } from './data-folder-refusal.ts';

/** The system account that the server runs under; `ids` is empty where it is our own. */
export type ServerAccount = { ids: { uid: number; gid: number } | Record<string, never> };

/** Where programs and their libraries are found. */
const TOLD = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'TMPDIR'];

/**
 * How the server's programs are run under its account: told where things are and nothing else of our environment, which
 * may hold the keys that are never to be in the database. Whoever is its superuser reads what its processes were told.
 */
export function runAs({ ids }: ServerAccount) {
  const told = Object.fromEntries(
    TOLD.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  return { ...ids, cwd: '/', env: { ...told, LC_ALL: 'C' } as NodeJS.ProcessEnv };
}

function find(matches: (name: string, uid: number) => boolean): ServerAccount | null {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const line of lines) {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    if (uid !== '' && uid !== '0' && matches(name, Number(uid))) {
      return { ids: { uid: Number(uid), gid: Number(gid) } };
    }
  }
  return null;
}

/**
 * Postgres refuses to run as root, so for root another account is taken: the owner of the database if there is one
 * already, else `headwater` or `postgres`, else a new system account `headwater`.
 */
export function serverAccount(databaseFolder: string): ServerAccount {
  if (process.getuid?.() !== 0) return { ids: {} };
  if (existsSync(databaseFolder)) {
    const owner = statSync(databaseFolder).uid;
    const account = find((_, uid) => uid === owner);
    if (account) return account;
  }
  const existing = find((name) => name === 'headwater') ?? find((name) => name === 'postgres');
  if (existing) return existing;
  const options = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'headwater',
  ];
  spawnSync('useradd', options);
  const made = find((name) => name === 'headwater');
  if (made) return made;
  throw new StartRefusal(
    'Postgres does not run as root, and no system account "headwater" could be made for it; make one with useradd, or start as an ordinary user.',
  );
}

/**
 * As root the server runs under another account, which has to be able to pass through every folder above its own.
 * @throws StartRefusal naming the one that is closed; opening it is for its owner to decide.
 */
export function refuseClosedFolder(folder: string, account: ServerAccount): void {
  if (account.ids.uid === undefined) return;
  const enter = (path: string) =>
    spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', path], { ...runAs(account), stdio: 'ignore' }).status === 0;
  if (enter(folder)) return;
  let closed = resolve(folder);
  while (closed !== dirname(closed) && !enter(dirname(closed))) closed = dirname(closed);
  throw new StartRefusal(
    `Postgres does not run as root, and the account it runs under cannot pass through ${closed}; set HEADWATER_DATA to a folder outside it.`,
  );
}
