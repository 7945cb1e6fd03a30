// Large logs: what reading them takes, in memory and against inflating and parsing the same members whole.
//   npm run bench:import -- --mebibytes 2048 [--record]
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { DEFAULT_LIMITS } from '../../../api/src/interchange/inspect/limits.ts';
import { ZipMembers } from '../../../api/src/interchange/inspect/zip-members.ts';
import { atLeast, atMost, type Line } from '../measure.ts';
import { told } from '../record.ts';
import { writeJsonLog, writeZipLog } from './log-of-size.ts';

const MIB = 1024 * 1024;
const MOST_BYTES = 300 * MIB;
const { values } = parseArgs({
  options: { mebibytes: { type: 'string', default: '64' }, record: { type: 'boolean', default: false } },
});
const size = Number(values.mebibytes) * MIB;
if (!(size > 0)) throw new Error('--mebibytes takes the size of the logs, such as 2048.');

interface Took {
  samples: number;
  readMs: number;
  transcriptMs: number;
  peakBytes: number;
}

/** In a process of its own, so that its memory is what reading takes and nothing else. */
async function read(path: string): Promise<Took> {
  const script = join(import.meta.dirname, 'read-one.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, path]);
  return JSON.parse(stdout) as Took;
}

/** What nobody could do without holding each sample whole: inflate every sample and JSON.parse it. */
async function parseMembers(path: string): Promise<number> {
  const begun = performance.now();
  const zip = await ZipMembers.open(path, DEFAULT_LIMITS);
  const names: Parameters<typeof zip.read>[0][] = [];
  await zip.list((member) => names.push(member));
  for (const member of names) {
    const chunks: Uint8Array[] = [];
    await zip.read(member, (chunk) => chunks.push(Buffer.from(chunk)));
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
  }
  zip.close();
  return performance.now() - begun;
}

/** The samples of the JSON log one by one, each parsed whole; their places are known beforehand. */
async function parseWhole(path: string): Promise<number> {
  const begun = performance.now();
  let held = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: MIB })) {
    held = Buffer.concat([held, chunk as Buffer]);
    // A sample ends where the next begins; only these logs are written so.
    for (let at = held.indexOf('},{"id":'); at >= 0; at = held.indexOf('},{"id":')) {
      const from = held.indexOf('{"id":');
      JSON.parse(held.subarray(from, at + 1).toString('utf8'));
      held = held.subarray(at + 2);
    }
  }
  return performance.now() - begun;
}

const folder = await mkdtemp(join(tmpdir(), 'headwater-bench-import-'));
try {
  const lines: Line[] = [];
  for (const kind of ['json', 'eval'] as const) {
    const path = join(folder, `log.${kind}`);
    if (kind === 'json') await writeJsonLog(path, size);
    else await writeZipLog(path, size);
    const bytes = (await stat(path)).size;
    const took = await read(path);
    const floor = kind === 'json' ? await parseWhole(path) : await parseMembers(path);
    const mib = (bytes / MIB).toFixed(0);
    lines.push(
      {
        what: `${kind}, ${mib} MiB, ${took.samples} samples: peak memory`,
        measured: `${(took.peakBytes / MIB).toFixed(0)} MiB`,
        against: '–',
        figure: took.peakBytes / MIB,
        unit: ' MiB',
        goal: atMost(MOST_BYTES / MIB),
      },
      {
        what: `${kind}: reading all of it`,
        measured: `${(took.readMs / 1000).toFixed(2)} s`,
        against: `JSON.parse of every sample ${(floor / 1000).toFixed(2)} s`,
        figure: floor / took.readMs,
        unit: '×',
        // As a share of the speed of merely parsing, and inflating, the same samples.
        goal: atLeast(kind === 'eval' ? 0.7 : 0.25),
      },
      {
        what: `${kind}: the last transcript`,
        measured: `${took.transcriptMs.toFixed(1)} ms`,
        against: '–',
        figure: took.transcriptMs,
        unit: ' ms',
        goal: null,
      },
    );
    await rm(path);
  }
  told('import', { mebibytes: size / MIB }, lines, values.record);
} finally {
  await rm(folder, { recursive: true, force: true });
}
