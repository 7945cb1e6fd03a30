// A file that one process holds at a time, and that tells which.
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isSameProcess, type ProcessIdentity, thisProcess } from './data-folder-process.ts';
import { StartRefusal } from './data-folder-refusal.ts';
import { writeWhole } from './whole-file.ts';

export interface ProcessLock {
  /** Tells more in the file, to whoever reads it. */
  announce(more: object): void;
  release(): void;
}

/** Who holds the lock, and what they announce; null where nobody took it. Whether they still run is not asked. */
export function readLock(path: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return null;
  }
}

/**
 * Takes the lock for this process. What a killed process left behind is put aside first; of several processes that
 * find it at the same time, one gets the lock.
 * @throws StartRefusal with the words of `refusal`: `taken` where another process has it.
 */
export function takeLock(
  path: string,
  refusal: { taken: (pid: number) => string; contested: string },
): ProcessLock {
  const mine = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const identity = thisProcess();
  writeFileSync(mine, JSON.stringify(identity), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      const holder = readLock(path);
      if (holder && isSameProcess(holder)) throw new StartRefusal(refusal.taken(holder.pid));
      if (existsSync(path)) putAside(path, `${mine}.old`, holder);
      try {
        linkSync(mine, path);
        return heldLock(path, identity);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    throw new StartRefusal(refusal.contested);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Renaming takes exactly one file; when it proves to be a newer lock than the one judged dead, it is given back. */
function putAside(path: string, aside: string, judged: ProcessIdentity | null): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  try {
    const taken = JSON.parse(readFileSync(aside, 'utf8')) as ProcessIdentity;
    if (taken.pid !== judged?.pid || taken.began !== judged?.began) linkSync(aside, path);
  } catch {
    // An unreadable lock, or a place that has been taken meanwhile: nothing to give back.
  }
  rmSync(aside, { force: true });
}

function heldLock(path: string, identity: ProcessIdentity): ProcessLock {
  return {
    announce: (more) => writeWhole(path, JSON.stringify({ ...identity, ...more })),
    release() {
      const held = readLock(path);
      if (held?.pid === identity.pid && held.began === identity.began) rmSync(path, { force: true });
    },
  };
}
