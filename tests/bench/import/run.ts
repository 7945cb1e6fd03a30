// Large logs: what reading them takes, in memory and in processor time, against inflating and parsing the same members.
//   npm run bench:import -- --mebibytes 2048 [--kind json] [--record]
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { atLeast, atMost, type Line } from '../measure.ts';
import { told } from '../record.ts';
import { writeJsonLog, writeZipLog } from './log-of-size.ts';

const MIB = 1024 * 1024;
const MOST_BYTES = 300 * MIB;
/** Of a larger document JSON.parse cannot hold the text. */
const LARGEST_PARSED = 512 * MIB;
const { values } = parseArgs({
  options: {
    mebibytes: { type: 'string', default: '64' },
    kind: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});
const size = Number(values.mebibytes) * MIB;
if (!(size > 0)) throw new Error('--mebibytes takes the size of the logs, such as 2048.');

/** Kinds of log, with the share of the speed of merely parsing it that reading must reach. */
const KINDS = {
  json: { file: 'log.json', name: '.json', goal: 0.25, write: writeJsonLog },
  eval: {
    file: 'log.eval',
    name: '.eval',
    goal: 0.7,
    write: (path: string, bytes: number) => writeZipLog(path, bytes, true),
  },
  bodies: {
    file: 'log.eval',
    name: '.eval without summaries',
    goal: 0.7,
    write: (path: string, bytes: number) => writeZipLog(path, bytes, false),
  },
};

interface Took {
  samples: number;
  readMs: number;
  transcriptMs: number;
  readPeakBytes: number;
}

/** In a process of its own, so that its memory and time are what the work takes and nothing else. */
async function inProcess<T>(script: string, path: string): Promise<T> {
  const file = join(import.meta.dirname, script);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', file, path]);
  return JSON.parse(stdout) as T;
}

async function linesOf(kind: keyof typeof KINDS, folder: string): Promise<Line[]> {
  const { file, name, goal, write } = KINDS[kind];
  const path = join(folder, file);
  await write(path, size);
  const bytes = (await stat(path)).size;
  const took = await inProcess<Took>('read-one.ts', path);
  const parsed =
    kind === 'json' && bytes > LARGEST_PARSED
      ? null
      : await inProcess<{ parseMs: number }>('parse-one.ts', path);
  await rm(path);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return [
    {
      what: `${name}, ${(bytes / MIB).toFixed(0)} MiB, ${took.samples} samples: peak memory`,
      measured: `${(took.readPeakBytes / MIB).toFixed(0)} MiB`,
      against: '–',
      figure: took.readPeakBytes / MIB,
      unit: ' MiB',
      goal: atMost(MOST_BYTES / MIB),
    },
    {
      what: `${name}: reading all of it, processor time`,
      measured: seconds(took.readMs),
      against:
        parsed === null
          ? '–'
          : `${kind === 'json' ? 'one JSON.parse' : 'JSON.parse of every sample'} ${seconds(parsed.parseMs)}`,
      figure: parsed === null ? Number.NaN : parsed.parseMs / took.readMs,
      unit: '×',
      goal: parsed === null ? null : atLeast(goal),
    },
    {
      what: `${name}: the last transcript`,
      measured: `${took.transcriptMs.toFixed(1)} ms`,
      against: '–',
      figure: took.transcriptMs,
      unit: ' ms',
      goal: null,
    },
  ];
}

const folder = await mkdtemp(join(tmpdir(), 'headwater-bench-import-'));
try {
  const lines: Line[] = [];
  for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[])
    if (values.kind === undefined || values.kind === kind) lines.push(...(await linesOf(kind, folder)));
  told('import', { mebibytes: size / MIB }, lines, values.record);
} finally {
  await rm(folder, { recursive: true, force: true });
}
