// Every benchmark runs, small: its answers are compared on the way, and a difference ends it. Its figures are of no
// use at this size, and none is looked at.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Benchmark, what it is asked for, and what each of its tables has to tell of. */
const SMALL: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'lineage/run.ts',
    ['--edges', '20000', '--rounds', '30'],
    [
      'upstream in SQL',
      'upstream in memory: the edges',
      'blast radius',
      'exposure',
      'load from the file of the last start',
      'load from the database',
      'bytes an edge, topology',
      'from commit to memory',
    ],
  ],
  [
    'http/run.ts',
    ['--edges', '20000', '--clients', '4', '--seconds', '0.3', '--rounds', '1'],
    ['upstream of an incident', '100 incidents'],
  ],
  [
    'http/processor-time.ts',
    ['--edges', '20000', '--requests', '20', '--turns', '1', '--warm', '20'],
    ['lineage, compiled', 'lineage, general', 'list, compiled', 'list, general'],
  ],
  ['writes/run.ts', ['--clients', '4', '--seconds', '0.3', '--rounds', '1'], ['incidents filed']],
  [
    'bulk/run.ts',
    ['--rows', '2000', '--edges', '20000', '--batch', '1000'],
    ['recorded last: resolved ids', 'between any two: text references'],
  ],
  [
    'handles/run.ts',
    ['--handles', '2000', '--batch', '1000', '--rounds', '5'],
    ['document handles loaded', 'look-up by digest', 'look-up by run'],
  ],
  [
    'import/run.ts',
    ['--mebibytes', '4'],
    ['peak memory', 'json: reading all of it', 'eval: reading all of it'],
  ],
  [
    'hostile.ts',
    ['--count', '60', '--seconds', '4', '--rate', '60'],
    ['refusals at', 'another client', 'refused with 4xx'],
  ],
];

describe('a benchmark, small', () => {
  it.each(SMALL)('%s runs, its answers alike', async (script, asked, tells) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', join('tests/bench', script), ...asked],
      { cwd: ROOT, maxBuffer: 2 ** 24 },
    );
    const rows = stdout.split('\n').filter((line) => line.startsWith('| '));
    for (const what of tells) expect(rows.join('\n')).toContain(what);
    // A row of the table that has no figure has measured nothing.
    for (const row of rows.slice(2)) expect(row.split(' | ')[3], row).toMatch(/^[\d.,]+/);
  });
});
