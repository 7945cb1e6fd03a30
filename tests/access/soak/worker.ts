// Compares the worlds that it is told of, one after the other, and tells what it finds.
import { watchedSchema } from '../ask/schema.ts';
import { compareJudging } from '../judging.ts';
import {
  alikeTogether,
  type Compared,
  compareChanging,
  compareReading,
  compareUnseen,
  digestOfRecorded,
  type Pair,
} from '../pair.ts';
import { worldDatabase } from '../world/database.ts';
import type { PrincipalName } from '../world/principals.ts';
import type { FromWorker, Phase, ToWorker } from './messages.ts';

type World = Extract<ToWorker, { kind: 'compare' }>;

// Ctrl-C reaches the whole foreground group; whoever runs the soak says what becomes of it.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());

let pair: Pair;

process.on('message', (told: ToWorker) => {
  const work = told.kind === 'begin' ? begin(told.server) : compareWorld(told);
  work.catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  });
});

const tell = (message: FromWorker) => process.send?.(message);

async function begin(server: Parameters<typeof worldDatabase>[0]): Promise<void> {
  const [recorded, never] = await Promise.all([worldDatabase(server), worldDatabase(server)]);
  pair = { watched: watchedSchema(), recorded, never };
  tell({ kind: 'ready', all: pair.watched.all });
}

async function compareWorld({ seed, readers, writers, unseen }: World): Promise<void> {
  const { watched } = pair;
  watched.hit.clear();
  watched.resolved = 0;
  if (readers.length > 0) await readWorld(seed, readers);
  for (const who of writers) await attempt(seed, who, 'changing', compareChanging);
  for (const who of unseen) await attempt(seed, who, 'unseen', compareUnseen);
  for (const who of readers) await attempt(seed, who, 'judging', compareJudging);
  tell({ kind: 'done', seed, hit: [...watched.hit], resolved: watched.resolved });
}

/** All readers ask the one recorded world: what holds for it before the first has to hold after the last. */
async function readWorld(seed: number, readers: readonly PrincipalName[]): Promise<void> {
  const before = await digestOfRecorded(pair, seed);
  for (const who of alikeTogether(readers, seed)) await attempt(seed, who, 'reading', compareReading);
  if ((await digestOfRecorded(pair, seed)) !== before)
    throw new Error(`Reading changed world ${seed}: its answers cannot be compared as they are.`);
}

type Compare = (pair: Pair, seed: number, who: PrincipalName) => Promise<Compared>;

async function attempt(seed: number, who: PrincipalName, phase: Phase, compare: Compare): Promise<void> {
  try {
    tell({ kind: 'compared', seed, who, phase, ...(await compare(pair, seed, who)) });
  } catch (error) {
    tell({ kind: 'failed', seed, who, phase, error: String(error instanceof Error ? error.stack : error) });
  }
}
