// `npm run bench [-- --only lineage,bulk] [--small] [--record]`: the benchmarks one after the other, about half an hour
// of all of them, and what each target came to. One that fails is named at the end, and the others go on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PART_NAMES, PARTS, partsNamed } from './parts.ts';
import { RECORDS } from './record.ts';
import { readRecords, section, targetsMet } from './sections.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    small: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
const wanted = partsNamed(values.only);
if (!wanted) {
  process.stderr.write(`Name parts with --only, by commas, of: ${PART_NAMES.join(', ')}.\n`);
  process.exit(2);
}
if (values.small && values.record) {
  process.stderr.write('Figures of small runs are of no use: ask for --small or --record.\n');
  process.exit(2);
}

const kept = mkdtempSync(join(tmpdir(), 'headwater-bench-records-'));
let stopped = false;
// Ctrl-C reaches the part that runs, too; what the others found is told.
process.on('SIGINT', () => {
  stopped = true;
});
const failed: string[] = [];
try {
  for (const name of wanted) {
    const { script, asked, small } = PARTS[name];
    for (const words of values.small ? [small] : asked) {
      if (!stopped && !(await hasRun(script, words))) failed.push([name, ...words].join(' '));
      if (values.record) keep();
    }
  }
  const records = readRecords(kept);
  console.info(`\n${[...records.map(section), `${targetsMet(records)}.`].join('\n')}`);
} finally {
  rmSync(kept, { recursive: true, force: true });
}
if (values.record) await hasRun('page.ts', []);
for (const name of failed) process.stderr.write(`Failed: ${name}\n`);
process.exit(failed.length > 0 || stopped ? 1 : 0);

async function hasRun(script: string, words: readonly string[]): Promise<boolean> {
  console.info(`\n# ${[script, ...words].join(' ')}`);
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, script), ...words], {
    stdio: 'inherit',
    env: { ...process.env, HEADWATER_BENCH_RECORDS: kept },
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}

/** Part by part, so that what was measured is not lost where a later one is broken off. */
function keep(): void {
  mkdirSync(RECORDS, { recursive: true });
  for (const name of readdirSync(kept)) copyFileSync(join(kept, name), join(RECORDS, name));
}
