// Every benchmark runs, small: its answers are compared on the way, and a difference ends it. Its figures are of no
// use at this size, and none is looked at.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PART_NAMES } from './parts.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What the table of each has to tell of. */
const TELLS = {
  lineage: [
    'upstream in SQL',
    'upstream in memory: the edges',
    'blast radius',
    'exposure',
    'load from the file of the last start',
    'load from the database',
    'bytes an edge, topology',
    'from commit to memory',
  ],
  http: ['upstream of an incident', '100 incidents'],
  writes: ['incidents filed'],
  bulk: ['recorded last: resolved ids', 'between any two: text references'],
  handles: ['document handles loaded', 'look-up by digest', 'look-up by run'],
  import: ['peak memory', 'json: reading all of it', 'eval: reading all of it'],
  hostile: ['refusals at', 'another client', 'refused with 4xx'],
} as const;

async function rowsOf(words: readonly string[]): Promise<string[]> {
  const [script = '', ...asked] = words;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join('tests/bench', script), ...asked],
    { cwd: ROOT, maxBuffer: 2 ** 24 },
  );
  const rows = stdout.split('\n').filter((line) => /^\| (?!what |---)/.test(line));
  // A row of the table that has no figure has measured nothing.
  for (const row of rows) expect(row.split(' | ')[3], row).toMatch(/^[\d.,]+/);
  return rows;
}

describe('a benchmark, small', () => {
  it.each(Object.entries(TELLS))(
    '%s runs, its answers alike, and is told at the end',
    async (name, tells) => {
      const rows = await rowsOf(['all.ts', '--small', '--only', name]);
      // Once by itself, and once among all.
      for (const what of tells)
        expect(rows.filter((row) => row.includes(what)).length, what).toBeGreaterThanOrEqual(2);
    },
  );

  it('is each that `npm run bench` runs, but for the picture, which the browser’s tests move', () => {
    expect([...Object.keys(TELLS), 'picture'].sort()).toEqual([...PART_NAMES].sort());
  });

  it('of processor time runs, its answers alike', async () => {
    const asked = ['--edges', '20000', '--requests', '20', '--turns', '1', '--warm', '20'];
    const rows = await rowsOf(['http/processor-time.ts', ...asked]);
    for (const what of ['lineage, compiled', 'lineage, general', 'list, compiled', 'list, general'])
      expect(rows.join('\n')).toContain(what);
  });

  it('of another name is refused, with those that there are', async () => {
    await expect(rowsOf(['all.ts', '--only', 'lineages'])).rejects.toThrow(/of: http, writes, bulk/);
  });
});
