// Reading a transcript takes memory and time: one at a time for each reader, and few at once for all.
import { Mutex, Semaphore, withTimeout } from 'async-mutex';
import type { Viewer } from '../access/viewer.ts';
import { AccessRefusal } from '../platform/refusal.ts';

const AT_ONCE = 2;
const LONGEST_WAIT_MS = 15_000;
const RETRY_SECONDS = 5;

const readers = new Map<string, { turn: Mutex; waiting: number }>();
const tooLong = () =>
  new AccessRefusal(
    'RATE_LIMITED',
    'Too many transcripts are being read: try again in a moment.',
    RETRY_SECONDS,
  );
const all = withTimeout(new Semaphore(AT_ONCE), LONGEST_WAIT_MS, tooLong());

/** Runs `work` when it is the viewer's turn; all who are not signed in are one. AccessRefusal where that takes too long. */
export async function inReadingTurn<T>(viewer: Viewer, work: () => Promise<T>): Promise<T> {
  const key = viewer.kind === 'anonymous' ? 'anonymous' : String(viewer.actorId);
  const own = readers.get(key) ?? { turn: new Mutex(), waiting: 0 };
  readers.set(key, own);
  own.waiting += 1;
  try {
    return await withTimeout(own.turn, LONGEST_WAIT_MS, tooLong()).runExclusive(() => all.runExclusive(work));
  } finally {
    own.waiting -= 1;
    if (own.waiting === 0) readers.delete(key);
  }
}
