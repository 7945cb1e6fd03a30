import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { isSameProcess, type ProcessIdentity, thisProcess } from './data-folder-process.ts';
import { StartRefusal } from './data-folder-refusal.ts';

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
  replaceSecret(name: string, value: string): void;
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

function writeWhole(path: string, text: string): void {
  const partial = `${path}.${process.pid}.partial`;
  writeFileSync(partial, text, { mode: 0o600 });
  renameSync(partial, path);
}

/** Of several processes that make the same file at once, one makes it, and nobody's is lost under another's. */
function writeOnce(path: string, text: string): void {
  const partial = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.partial`;
  writeFileSync(partial, text, { mode: 0o600 });
  try {
    linkSync(partial, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(partial, { force: true });
  }
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
    rmSync(join(keys, '.writable'));
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
  return {
    path,
    evidence,
    recall,
    remember: (more) => writeWhole(memory, `${JSON.stringify({ ...recall(), ...more }, null, 2)}\n`),
    secret(name, bytes = 32) {
      const file = join(keys, name);
      if (!existsSync(file)) writeOnce(file, `${randomBytes(bytes).toString('base64url')}\n`);
      return readFileSync(file, 'utf8').trim();
    },
    hasSecret: (name) => existsSync(join(keys, name)),
    forgetSecret: (name) => rmSync(join(keys, name), { force: true }),
    replaceSecret: (name, value) => writeWhole(join(keys, name), `${value}\n`),
  };
}

type LockFile = ProcessIdentity & { running?: Running };

function lockPath(folder: string): string {
  return join(folder, 'running.json');
}

function readLock(folder: string): LockFile | null {
  try {
    return JSON.parse(readFileSync(lockPath(folder), 'utf8')) as LockFile;
  } catch {
    return null;
  }
}

/** The Headwater that runs on this folder now, or null; what it has announced is missing until it is up. */
export function findRunning(folder: string): { pid: number; running: Running | null } | null {
  const lock = readLock(resolve(folder));
  return lock && isSameProcess(lock) ? { pid: lock.pid, running: lock.running ?? null } : null;
}

/** Whether the last Headwater on this folder ended without giving it back. */
export function wasKilled(folder: string): boolean {
  return existsSync(lockPath(resolve(folder))) && findRunning(folder) === null;
}

/**
 * Takes the folder for this process. What a killed process left behind is put aside first; of several processes that
 * find it at the same time, one gets the folder.
 * @throws StartRefusal naming the process that has it.
 */
export function lockDataFolder(folder: string): FolderLock {
  const path = lockPath(folder);
  const mine = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const identity = thisProcess();
  writeFileSync(mine, JSON.stringify(identity), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      const holder = readLock(folder);
      if (holder && isSameProcess(holder)) {
        throw new StartRefusal(
          `Headwater is already running on the data folder ${folder} (process ${holder.pid}); stop it first, or set HEADWATER_DATA to another folder.`,
        );
      }
      if (existsSync(path)) putAside(path, `${mine}.old`, holder);
      try {
        linkSync(mine, path);
        return heldLock(path, identity);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    throw new StartRefusal(`The data folder ${folder} could not be locked: other starts keep taking it.`);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Renaming takes exactly one file; when it proves to be a newer lock than the one judged dead, it is given back. */
function putAside(path: string, aside: string, judged: LockFile | null): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  try {
    const taken = JSON.parse(readFileSync(aside, 'utf8')) as LockFile;
    if (taken.pid !== judged?.pid || taken.began !== judged?.began) linkSync(aside, path);
  } catch {
    // An unreadable lock, or a place that has been taken meanwhile: nothing to give back.
  }
  rmSync(aside, { force: true });
}

function heldLock(path: string, identity: ProcessIdentity): FolderLock {
  return {
    announce: (running) => writeWhole(path, JSON.stringify({ ...identity, running })),
    release() {
      try {
        const held = JSON.parse(readFileSync(path, 'utf8')) as LockFile;
        if (held.pid === identity.pid && held.began === identity.began) rmSync(path, { force: true });
      } catch {
        // Already gone.
      }
    },
  };
}
