import { setTimeout } from 'node:timers/promises';
import { BusyRefusal } from '../platform/refusal.ts';

/** How long an import waits, again and again, for others to have changed what they are changing. */
const PAUSES_MS = [500, 2_000, 5_000];

/**
 * Makes a change of an import again, after a pause, where others were changing too much at once. What still finds no
 * turn then is a BusyRefusal, which ends no import: it is gone on with when the same bytes are sent again.
 */
export async function insist<T>(
  change: () => Promise<T>,
  pausesMs: readonly number[] = PAUSES_MS,
): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof BusyRefusal)) throw error;
    }
    await setTimeout(pause);
  }
  return change();
}

/** What the sender of a file is told of whose batches some are taken and the next found no turn. */
export const notNow = () =>
  new BusyRefusal(
    ['file'],
    'Too many changes are being made at once. What was taken of the file stays: send it again, and the import goes on where it stands.',
  );
