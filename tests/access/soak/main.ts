// `npm run soak:worlds -- --worlds 1000 [--from 1] [--writers 4|all] [--unseen 2] [--processes 2]`: many paired worlds,
// each read by everybody, and changed by some of the writers in turn or by all; some of the readers in turn read it once
// more when others did what they do not see. It goes on after a difference and tells all at the end; Ctrl-C ends it with
// what it has so far.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../../testkit/global-setup.ts';
import { inTurn, READERS, WRITERS } from '../askers.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { Tally } from './tally.ts';

const USAGE =
  'Say how many worlds: --worlds 1000, from which: --from 1, and how many in each write: --writers 4, or all, and read again: --unseen 2.';
const PROGRESS_MS = 15_000;
const STOPPED = 130;

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    writers: { type: 'string', default: '4' },
    unseen: { type: 'string', default: '2' },
    processes: { type: 'string', default: String(availableParallelism()) },
  },
});
const worlds = whole(values.worlds);
const from = whole(values.from);
const writers = values.writers === 'all' ? WRITERS.length : Math.min(whole(values.writers), WRITERS.length);
const unseen = Math.min(whole(values.unseen), READERS.length);
const processes = Math.min(whole(values.processes), worlds);

function whole(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}

const say = (line: string) => process.stdout.write(`${line}\n`);

const tally = new Tally(worlds);
const seeds = Array.from({ length: worlds }, (_, i) => from + i).values();
const running = new Set<ChildProcess>();
let stopped = false;

// What the processes leave when they end, however they end.
const left = mkdtempSync(join(tmpdir(), 'headwater-soak-'));
const { server, stop } = await launch({ autovacuum: 'off' });
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopped = true;
    for (const child of running) child.kill('SIGKILL');
  });
const progress = setInterval(() => say(tally.progress()), PROGRESS_MS);
try {
  if (!stopped) await Promise.all(Array.from({ length: processes }, () => work()));
} finally {
  clearInterval(progress);
  process.stdout.write(tally.report());
  await stop();
  rmSync(left, { recursive: true, force: true });
}
process.exit(tally.failed ? 1 : stopped ? STOPPED : 0);

/** Has seeds compared by a process of their own until none is left; a process that breaks is replaced. */
async function work(): Promise<void> {
  for (let next = seeds.next(); !next.done && !stopped; next = seeds.next()) {
    const broken = await runWorker(next.value);
    if (broken !== null && !stopped) say(tally.lost(broken, 'the process that compared it broke'));
  }
}

/** Answers, when the process ends, with the world that it had not finished; null where it had none left. */
function runWorker(first: number): Promise<number | null> {
  const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
    // Answers are many and short-lived: in a larger nursery, fewer outlive its emptying.
    execArgv: [...process.execArgv, '--max-semi-space-size=128'],
    // Without the checks that libraries make while one develops.
    env: { ...process.env, NODE_ENV: 'production', TMPDIR: left },
  });
  running.add(child);
  let current: number | null = first;
  const tell = (message: ToWorker) => child.send(message);
  const compare = (seed: number) =>
    tell({
      ...{ kind: 'compare', seed, readers: READERS },
      ...{ writers: inTurn(WRITERS, seed, writers), unseen: inTurn(READERS, seed, unseen) },
    });
  child.on('message', (found: FromWorker) => {
    for (const line of tally.add(found)) say(line);
    if (found.kind === 'ready' && current !== null) compare(current);
    if (found.kind !== 'done') return;
    const next = stopped ? { done: true as const } : seeds.next();
    current = next.done ? null : next.value;
    if (current === null) child.disconnect();
    else compare(current);
  });
  tell({ kind: 'begin', server });
  return new Promise((resolve) => {
    child.once('exit', () => {
      running.delete(child);
      resolve(current);
    });
  });
}
