import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultDataFolder, findRunning, lockDataFolder, openDataFolder, wasKilled } from './data-folder.ts';
import { thisProcess } from './data-folder-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the data folder', () => {
  it('lies outside the checkout, where each kind of user expects it', () => {
    expect(defaultDataFolder({}, 0, '/root')).toBe('/var/lib/headwater');
    expect(defaultDataFolder({}, 1000, '/home/ada')).toBe('/home/ada/.local/share/headwater');
    expect(defaultDataFolder({ XDG_DATA_HOME: '/data' }, 1000, '/home/ada')).toBe('/data/headwater');
    expect(defaultDataFolder({ XDG_DATA_HOME: 'not/absolute' }, 1000, '/home/ada')).toBe(
      '/home/ada/.local/share/headwater',
    );
  });

  it('keeps a secret from one start to the next, readable by its owner alone', () => {
    const secret = openDataFolder(folder).secret('nextauth');
    expect(secret).toHaveLength(43);
    expect(openDataFolder(folder).secret('nextauth')).toBe(secret);
    expect(openDataFolder(folder).secret('another')).not.toBe(secret);
    expect(statSync(join(folder, 'keys', 'nextauth')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
  });

  it('remembers what it is told, and says which file is broken', () => {
    openDataFolder(folder).remember({ postgresPort: 5555 });
    expect(openDataFolder(folder).recall()).toEqual({ postgresPort: 5555 });
    writeFileSync(join(folder, 'headwater.json'), '{');
    expect(() => openDataFolder(folder).recall()).toThrow(/headwater\.json is not readable as JSON/);
  });

  it('refuses a place that is no folder in one sentence', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => openDataFolder(file)).toThrow(/^The data folder .*file cannot be used: .*HEADWATER_DATA/);
  });
});

describe('the lock of the data folder', () => {
  const lockFile = () => join(folder, 'running.json');

  it('lets one process have the folder, and names it to the next', () => {
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(
      `already running on the data folder ${folder} (process ${process.pid})`,
    );
    lock.release();
    lockDataFolder(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('shows what runs there, to its owner alone', () => {
    const lock = lockDataFolder(folder);
    expect(findRunning(folder)).toEqual({ pid: process.pid, running: null });
    lock.announce({ databaseUrl: 'postgresql://x' });
    expect(findRunning(folder)?.running).toEqual({ databaseUrl: 'postgresql://x' });
    expect(statSync(lockFile()).mode & 0o777).toBe(0o600);
    lock.release();
    expect(findRunning(folder)).toBeNull();
  });

  it('is taken over from a process that has gone, even when its number has a new owner', () => {
    writeFileSync(lockFile(), JSON.stringify({ pid: 2 ** 22 + 1, began: 'long ago' }));
    expect(wasKilled(folder)).toBe(true);
    lockDataFolder(folder).release();
    writeFileSync(lockFile(), JSON.stringify({ ...thisProcess(), began: 'long ago' }));
    expect(findRunning(folder)).toBeNull();
    const lock = lockDataFolder(folder);
    expect(wasKilled(folder)).toBe(false);
    lock.release();
  });

  it('is taken over when a crash left half of it', () => {
    writeFileSync(lockFile(), '{"pid": 1');
    lockDataFolder(folder).release();
    expect(existsSync(lockFile())).toBe(false);
  });

  it('is never released by one that has lost it', () => {
    const lock = lockDataFolder(folder);
    writeFileSync(lockFile(), JSON.stringify({ pid: 1, began: 'another' }));
    lock.release();
    expect(existsSync(lockFile())).toBe(true);
  });
});
