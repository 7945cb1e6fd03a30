import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { REPOSITORY } from './repository.ts';

/** Folders that hold what is made, not what it is made from. */
const MADE = new Set(['node_modules', '.next', 'generated']);

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) =>
      MADE.has(name) ||
      name.endsWith('.tsbuildinfo') ||
      name === 'next-env.d.ts' ||
      /\.test\.tsx?$/.test(name)
        ? []
        : filesUnder(join(path, name)),
    );
}

/** A digest of the names and bytes of all files under the paths, given from the root of the checkout. */
export function digestOf(paths: string[], root = REPOSITORY): string {
  const digest = createHash('sha256');
  for (const file of paths.flatMap((path) => filesUnder(join(root, path)))) {
    const bytes = readFileSync(file);
    digest.update(`${relative(root, file)}\n${bytes.length}\n`).update(bytes);
  }
  return digest.digest('hex');
}

/** Whether the stamp left beside the thing made tells of the same sources. */
export function isFresh(stamp: string, digest: string): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
}

export function markFresh(stamp: string, digest: string): void {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}
