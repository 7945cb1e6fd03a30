import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefusal } from './data-folder-refusal.ts';
import { runAs, type ServerAccount } from './embedded-postgres-account.ts';
import type { Binaries } from './embedded-postgres-binaries.ts';

/** What the server writes into `postmaster.pid`. */
export type Postmaster = { pid: number; port: number; ready: boolean };

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function readPostmaster(databaseFolder: string): Postmaster | null {
  const path = join(databaseFolder, 'postmaster.pid');
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** A number in an old `postmaster.pid` may by now be anybody's process: only a server on this very folder is ours. */
export function isServerOf(pid: number, databaseFolder: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    const folder = realpathSync(databaseFolder);
    if (process.platform === 'linux') {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return /postgres$/.test(command[0] ?? '') && readlinkSync(`/proc/${pid}/cwd`) === folder;
    }
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('postgres') && (command.includes(databaseFolder) || command.includes(folder));
  } catch {
    return false;
  }
}

/**
 * Stops the server of this folder, if one runs: politely, then as for a crash, from which it recovers by itself.
 * An old `postmaster.pid` that names a process of somebody else's is removed.
 */
export async function stopServer(
  binaries: Binaries,
  account: ServerAccount,
  databaseFolder: string,
): Promise<'none' | 'stopped'> {
  const found = readPostmaster(databaseFolder);
  if (!found) return 'none';
  if (!isServerOf(found.pid, databaseFolder)) {
    if (isAlive(found.pid)) rmSync(join(databaseFolder, 'postmaster.pid'), { force: true });
    return 'none';
  }
  for (const mode of ['fast', 'immediate']) {
    const seconds = mode === 'fast' ? '30' : '10';
    const options = ['stop', '-D', databaseFolder, '-m', mode, '-w', '-t', seconds];
    const control = spawn(binaries.pgCtl, options, { ...runAs(account), stdio: 'ignore' });
    await new Promise((resolve) => control.once('close', resolve).once('error', resolve));
    if (!isServerOf(found.pid, databaseFolder)) return 'stopped';
  }
  throw new StartRefusal(
    `An earlier Postgres (process ${found.pid}) still holds ${databaseFolder} and does not stop; stop it and start again.`,
  );
}
