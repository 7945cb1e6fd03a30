import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { isSameProcess, type ProcessIdentity } from './data-folder-process.ts';
import { StartRefusal } from './data-folder-refusal.ts';
import { readLock, takeLock } from './process-lock.ts';
import { writeOnce, writeWhole } from './whole-file.ts';

/** What a Headwater remembers of itself from one start to the next. */
export type Memory = { postgresPort?: number };

/** What a running Headwater tells the commands beside it. `databaseUrl` holds a password; the file is 0600. */
export type Running = { databaseUrl: string; apiUrl?: string; webUrl?: string };

export type DataFolder = {
  path: string;
  evidence: string;
  /** A secret of its own, made when first asked for and kept in `keys/`. */
  secret(name: string, bytes?: number): string;
  hasSecret(name: string): boolean;
  forgetSecret(name: string): void;
  /**
   * Writes what `change` makes of a secret, which is made first where it is missing. One process at a time: of two, the
   * second would lose what the first has written.
   * @throws StartRefusal naming the process that is at it.
   */
  changeSecret(name: string, change: (value: string) => string, bytes?: number): void;
  recall(): Memory;
  remember(more: Memory): void;
};

export type FolderLock = { announce(running: Running): void; release(): void };

/** The default is outside the checkout: for root /var/lib/headwater, for others the XDG folder of their data. */
export function defaultDataFolder(
  env: NodeJS.ProcessEnv,
  uid = process.getuid?.(),
  home = homedir(),
): string {
  if (uid === 0) return '/var/lib/headwater';
  const xdg = env.XDG_DATA_HOME;
  return xdg && isAbsolute(xdg) ? join(xdg, 'headwater') : join(home, '.local', 'share', 'headwater');
}

const KEYS = 'keys';
const EVIDENCE = 'evidence';

/** Whether a Headwater keeps its data in a folder: by what each of them holds from its first start on. */
export function isDataFolder(path: string): boolean {
  return [KEYS, EVIDENCE].every((name) => existsSync(join(path, name)));
}

/** Whether a path is that of the keys of a Headwater, or lies among them. */
export function isAmongKeys(path: string): boolean {
  const here = resolve(path);
  const above = dirname(here);
  return (basename(here) === KEYS && isDataFolder(above)) || (above !== here && isAmongKeys(above));
}

/** @throws StartRefusal when the folder cannot be made or written to. */
export function openDataFolder(location: string): DataFolder {
  const path = resolve(location);
  const root = process.getuid?.() === 0;
  const keys = join(path, KEYS);
  const evidence = join(path, EVIDENCE);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!statSync(path).isDirectory()) throw new Error('it is not a folder');
    // As root the server runs under another account, which has to pass through this folder and may not look around.
    // A folder that holds other things as well is left as it is.
    const isOurs = existsSync(keys) || readdirSync(path).length === 0;
    if (root && isOurs) chmodSync(path, (statSync(path).mode & 0o777) | 0o111);
    for (const folder of [keys, evidence]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeWhole(join(keys, '.writable'), '');
    // Others may be trying the same now.
    rmSync(join(keys, '.writable'), { force: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : (error as Error).message;
    throw new StartRefusal(
      `The data folder ${path} cannot be used: ${reason}; set HEADWATER_DATA to another one.`,
    );
  }
  const memory = join(path, 'headwater.json');
  const recall = (): Memory => {
    if (!existsSync(memory)) return {};
    try {
      return JSON.parse(readFileSync(memory, 'utf8')) as Memory;
    } catch {
      throw new StartRefusal(`The file ${memory} is not readable as JSON; put it right or remove it.`);
    }
  };
  const secret = (name: string, bytes = 32) => {
    const file = join(keys, name);
    if (!existsSync(file)) writeOnce(file, `${randomBytes(bytes).toString('base64url')}\n`);
    return readFileSync(file, 'utf8').trim();
  };
  return {
    path,
    evidence,
    recall,
    remember: (more) => writeWhole(memory, `${JSON.stringify({ ...recall(), ...more }, null, 2)}\n`),
    secret,
    hasSecret: (name) => existsSync(join(keys, name)),
    forgetSecret: (name) => rmSync(join(keys, name), { force: true }),
    changeSecret(name, change, bytes) {
      const file = join(keys, name);
      const lock = takeLock(`${file}.lock`, {
        taken: (pid) => `Process ${pid} is changing ${file}; try again when it is done.`,
        contested: `${file} could not be locked: others keep changing it.`,
      });
      try {
        writeWhole(file, `${change(secret(name, bytes))}\n`);
      } finally {
        lock.release();
      }
    },
  };
}

type LockFile = ProcessIdentity & { running?: Running };

function lockPath(folder: string): string {
  return join(folder, 'running.json');
}

/** The Headwater that runs on this folder now, or null; what it has announced is missing until it is up. */
export function findRunning(folder: string): { pid: number; running: Running | null } | null {
  const lock: LockFile | null = readLock(lockPath(resolve(folder)));
  return lock && isSameProcess(lock) ? { pid: lock.pid, running: lock.running ?? null } : null;
}

/** Whether the last Headwater on this folder ended without giving it back. */
export function wasKilled(folder: string): boolean {
  return existsSync(lockPath(resolve(folder))) && findRunning(folder) === null;
}

/** Takes the folder for this process, unless a StartRefusal names the one that has it. */
export function lockDataFolder(folder: string): FolderLock {
  const lock = takeLock(lockPath(folder), {
    taken: (pid) =>
      `Headwater is already running on the data folder ${folder} (process ${pid}); stop it first, or set HEADWATER_DATA to another folder.`,
    contested: `The data folder ${folder} could not be locked: other starts keep taking it.`,
  });
  return { ...lock, announce: (running) => lock.announce({ running }) };
}
