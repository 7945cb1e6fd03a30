// Where a benchmark's result is told, and kept for docs/performance.md where that was asked for.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Line, table } from './measure.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
export const RECORDS = join(REPOSITORY, 'docs/performance');

/** The result of one run of a benchmark. */
export interface BenchRecord {
  bench: string;
  /** What it was asked to do: sizes, seed. */
  asked: Record<string, number>;
  /** The commit that was measured. */
  commit: string;
  /** Something in the checkout was not of that commit. */
  changed: boolean;
  /** The day, RFC 3339, in UTC. */
  on: string;
  lines: Line[];
}

/**
 * Prints the table; with `record`, keeps it as `docs/performance/BENCH-SIZE.json` too, in place of an earlier one. Where
 * all benchmarks run, `HEADWATER_BENCH_RECORDS` says where they are gathered.
 */
export function told(bench: string, asked: Record<string, number>, lines: Line[], record: boolean): void {
  console.info(`\n${table(lines)}`);
  const folder = process.env.HEADWATER_BENCH_RECORDS || (record ? RECORDS : null);
  if (!folder) return;
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: REPOSITORY, encoding: 'utf8' }).trim();
  const kept: BenchRecord = {
    bench,
    asked,
    commit: git('rev-parse', '--short=12', 'HEAD'),
    changed: git('status', '--porcelain', '--', ':!docs/performance').length > 0,
    on: new Date().toISOString().slice(0, 10),
    lines,
  };
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${bench}-${Object.values(asked)[0] ?? 0}.json`);
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
  if (folder === RECORDS) console.info(`\nKept as ${path}; \`npm run bench:page\` draws it.`);
}
